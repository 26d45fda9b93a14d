import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './embedded/supervisor.js';
import { readEnv } from './env.js';
import { Jobs } from './jobs.js';

describe('settings', () => {
  it.each(['abc', '-1', '65536', '0x50', '3000.5', ' 3000'])('PORT=%s is refused by name', (PORT) =>
    expect(() => readEnv({ PORT })).toThrow('Biến môi trường không hợp lệ: PORT'),
  );

  it.each([
    [undefined, 3000],
    ['', 3000],
    ['0', 0],
    ['8080', 8080],
  ])('PORT=%s is %d', (PORT, port) => expect(readEnv({ PORT }).port).toBe(port));

  const MAIL = { SMTP_URL: 'smtp://thu.test:25', MAIL_FROM: 'so-vang@thu.test', PUBLIC_URL: 'https://so-vang.test/' };

  it('mail leaves where a server, a sender and the address of the page are given', () => {
    expect(readEnv({}).mail).toBeNull();
    expect(readEnv({ MAIL_FROM: MAIL.MAIL_FROM, PUBLIC_URL: MAIL.PUBLIC_URL }).mail).toBeNull();
    expect(readEnv(MAIL).mail).toEqual({
      smtpUrl: 'smtp://thu.test:25',
      from: 'so-vang@thu.test',
      publicUrl: 'https://so-vang.test',
    });
  });

  it.each([
    [{ SMTP_URL: 'http://thu.test' }, 'SMTP_URL'],
    [{ SMTP_URL: 'smtp://' }, 'SMTP_URL'],
    [{ MAIL_FROM: '' }, 'MAIL_FROM'],
    [{ MAIL_FROM: 'Sổ Vàng <a@b.vn>' }, 'MAIL_FROM'],
    [{ PUBLIC_URL: '' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'so-vang.test' }, 'PUBLIC_URL'],
  ])('%j is refused by name, and its value not told', (wrong, name) =>
    expect(() => readEnv({ ...MAIL, ...wrong })).toThrow(new Error(`Biến môi trường không hợp lệ: ${name}`)),
  );

  it('a data folder that is a file is told in words, with its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'so-vang-'));
    const dataDir = join(folder, 'data');
    writeFileSync(dataDir, '');
    await expect(startEmbeddedPostgres({ dataDir, durable: false, log: () => undefined })).rejects.toThrow(
      /không ghi được vào đó .*ENOTDIR/,
    );
    rmSync(folder, { recursive: true });
  });

  it('a Redis that does not answer is told at once, with the setting to look at', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((ready) => closed.once('listening', ready));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    await expect(
      Jobs.connect({ databaseUrl: 'postgres://unused', redisUrl: `redis://127.0.0.1:${port}` }),
    ).rejects.toThrow(/Không kết nối được Redis \(xem biến REDIS_URL\): .*ECONNREFUSED/);
  });
});
