import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { testApi, type TestApi } from '../support/api.js';

let api: TestApi;
let webRoot: string;

beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'so-vang-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Sổ Vàng</title>');
  await writeFile(join(webRoot, 'assets', 'main-abc123.js'), `console.log('${'x'.repeat(2000)}')`);
  api = await testApi({ template: 'empty', webRoot });
});
afterAll(async () => {
  await api?.close();
  await rm(webRoot, { recursive: true, force: true });
});

describe('the web page', () => {
  it('answers every address of a screen, and is asked for anew each time', async () => {
    for (const path of ['/', '/so-vang/12', '/tong-hop?tu=2020-01-01']) {
      const answer = await api.inject('GET', path);
      expect([answer.status, answer.headers['cache-control'], answer.text]).toEqual([
        200,
        'no-cache',
        '<!doctype html><title>Sổ Vàng</title>',
      ]);
    }
  });

  it('has assets that are compressed, kept for good, and missing when they are missing', async () => {
    const asset = await api.inject('GET', '/assets/main-abc123.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(asset.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
    expect(gunzipSync(asset.bytes).toString()).toContain('console.log');
    const again = await api.inject('GET', '/assets/main-abc123.js', {
      headers: { 'if-none-match': String(asset.headers['etag']) },
    });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    expect((await api.inject('GET', '/assets/old-000.js')).status).toBe(404);
    expect((await api.inject('GET', '/../package.json')).text).not.toContain('so-vang');
  });

  it('does not swallow addresses of the API', async () => {
    const answer = await api.inject('GET', '/api/khong-co');
    expect([answer.status, answer.body.code]).toEqual([404, 'route.not_found']);
  });
});

describe('the contract', () => {
  it('is shown without anything inline and without asking anyone else', async () => {
    const page = (await api.inject('GET', '/api/docs')).text;
    expect(page).not.toMatch(/<style|style=|<script>|https?:/);
    for (const [, path] of page.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await api.inject('GET', path!)).status).toBe(200);
  });
});
