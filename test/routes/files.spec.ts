import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { FILE_LIMIT, FileOwners, Files } from '@lib/files';
import { scopeOf, type Actor } from '@lib/kernel';
import { PLATFORM_SETTINGS, transact, type PlatformSettings } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const OLE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
/** The smallest DOCX: a zip with its content types. */
const DOCX = Buffer.from(
  'UEsDBBQAAAAIAKG4dV2WsN0u5AAAAHUBAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbJWQvVLDMAzHX8WnlUscGDiOS9KBjxEYygPobCXx1ZZ9llvat8dpoQMbo/3/+EnqN8fg1YGyuMgD3LYdKGITreN5gM/ta/MASgqyRR+ZBjiRwGbst6dEomqWZYCllPSotZiFAkobE3FVppgDlvrMs05odjiTvuu6e20iF+LSlLUDxv6ZJtz7ol6O9fsyRyYvoJ4uxpU1AKbkncFSdX1g+4fS/BDamjx7ZHFJbqoB9Ni/1wWzs6Q+MJc3DLVOf8VstY1mHyqiXY3/4sVpcoau+bUt5WhIpF4u+PaqBHT8O4c+n238BlBLAwQUAAAACAChuHVdK4QmEgYAAAAEAAAACwAAAF9yZWxzLy5yZWxzs6nQtwMAUEsDBBQAAAAIAKG4dV0rhCYSBgAAAAQAAAARAAAAd29yZC9kb2N1bWVudC54bWyzqdC3AwBQSwECFAMUAAAACAChuHVdlrDdLuQAAAB1AQAAEwAAAAAAAAAAAAAAgAEAAAAAW0NvbnRlbnRfVHlwZXNdLnhtbFBLAQIUAxQAAAAIAKG4dV0rhCYSBgAAAAQAAAALAAAAAAAAAAAAAACAARUBAABfcmVscy8ucmVsc1BLAQIUAxQAAAAIAKG4dV0rhCYSBgAAAAQAAAARAAAAAAAAAAAAAACAAUQBAAB3b3JkL2RvY3VtZW50LnhtbFBLBQYAAAAAAwADALkAAAB5AQAAAAA=',
  'base64',
);

let api: TestApi;
let lan: string;
let truong: string;
let binh: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('lan', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('truong', [['UNIT_LEADER', 'TINH-A']]);
  await api.account('binh', [['UNION_OFFICER', 'TINH-B']]);
  [lan, truong, binh] = [await api.signIn('lan'), await api.signIn('truong'), await api.signIn('binh')];
});
afterAll(() => api?.close());

interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly content: Buffer | string;
}

function upload(as: string, parts: readonly Part[]) {
  const boundary = 'ranh-gioi-thu-nghiem';
  const chunks = parts.flatMap(({ name, fileName, content }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  const payload = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
  return api.inject('POST', '/api/files', {
    as,
    payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
}

const send = (content: Buffer, fileName: string, as = lan) => upload(as, [{ name: 'file', fileName, content }]);
const read = (id: number, as: string) => api.inject('GET', `/api/files/${id}`, { as });
const stored = async () => {
  const { dataDir } = api.app.get<PlatformSettings>(PLATFORM_SETTINGS);
  const entries = await readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
};

describe('a stored paper', () => {
  it('is known by its hash, and says that secrets do not belong here', async () => {
    const answer = await send(PDF, 'Quyết định 05.pdf');
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(Number),
      name: 'Quyết định 05.pdf',
      mediaType: 'application/pdf',
      size: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      classification: 'INTERNAL',
      notice: 'Không đưa tài liệu mật vào hệ thống.',
    });
  });

  it('comes back as it was, always as a download', async () => {
    const { body } = await send(PDF, 'Quyết định (mới) 100%.pdf');
    const answer = await read(body.id, lan);
    expect(answer.bytes.equals(PDF)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(PDF.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''Quy%E1%BA%BFt/,
    );
  });

  it.each([
    ['PNG', PNG, 'a.png', 'image/png'],
    ['DOCX', DOCX, 'a.DOCX', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['DOC', OLE, 'a.doc', 'application/msword'],
    ['XLS', OLE, 'a.xls', 'application/vnd.ms-excel'],
  ])('may be %s', async (_, content, name, mediaType) => {
    expect((await send(content, name)).body.mediaType).toBe(mediaType);
  });

  it('is stored once, however often it is sent', async () => {
    const before = await stored();
    await Promise.all([send(PDF, 'a.pdf'), send(PDF, 'b.pdf'), send(PDF, 'c.pdf', binh)]);
    expect(await stored()).toBe(before);
  });

  it.each([
    ['a program', Buffer.from('MZ\x90\x00'), 'a.exe', 'files.type_not_allowed'],
    ['a page', Buffer.from('<html><script>alert(1)</script>'), 'a.html', 'files.type_not_allowed'],
    [
      'a picture with scripts',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'a.svg',
      'files.type_not_allowed',
    ],
    ['a name without type', PDF, 'quyetdinh', 'files.type_not_allowed'],
    ['a name from the prototype', PDF, 'a.constructor', 'files.type_not_allowed'],
    ['a page called PDF', Buffer.from('<html>'), 'a.pdf', 'files.signature_differs'],
    ['a PNG called PDF', PNG, 'a.pdf', 'files.signature_differs'],
    ['an empty file', Buffer.alloc(0), 'a.pdf', 'files.empty'],
  ])('is not %s: refused, and nothing is left on disk', async (_, content, name, code) => {
    const before = await stored();
    const answer = await send(content, name);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, code, 'file']);
    expect(await stored()).toBe(before);
  });

  it('is not larger than 25 MB', async () => {
    const before = await stored();
    const answer = await send(Buffer.concat([PDF, Buffer.alloc(FILE_LIMIT)]), 'to.pdf');
    expect([answer.status, answer.body.code]).toEqual([413, 'files.too_large']);
    expect(await stored()).toBe(before);
  });

  it('comes alone, with its classification and nothing else', async () => {
    const file = { name: 'file', fileName: 'a.pdf', content: PDF };
    const before = await stored();
    expect((await upload(lan, [file, { name: 'classification', content: 'PUBLIC' }])).body.classification).toBe(
      'PUBLIC',
    );
    expect((await upload(lan, [file, { name: 'classification', content: 'SECRET' }])).body).toMatchObject({
      code: 'input.not_allowed',
      field: 'classification',
    });
    expect((await upload(lan, [file, { name: 'owner', content: '1' }])).body).toMatchObject({
      code: 'input.unknown_property',
      field: 'owner',
    });
    expect((await upload(lan, [])).status).toBe(400);
    expect((await api.inject('POST', '/api/files', { as: lan, body: {} })).body.code).toBe('input.media_type');
    expect((await upload(lan, [file, file])).status).toBe(413);
    const cut = Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4 ...');
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await api.inject('POST', '/api/files', { as: lan, payload: cut, headers })).body.code).toBe(
      'files.incomplete',
    );
    expect(await stored()).toBe(before);
  });

  it('keeps only the last part of a name that pretends to be a path', async () => {
    expect((await send(PDF, '../../etc/passwd.pdf')).body.name).toBe('passwd.pdf');
  });
});

describe('reading a paper', () => {
  const owned = new Map<number, string>();

  beforeAll(() => {
    const tree = api.app.get(UnitTree);
    api.app.get(FileOwners).register('test', async (q, actor, fileId) => {
      const code = owned.get(fileId);
      if (!code) return false;
      return tree.idOf(q, code, scopeOf(actor, 'award.read')).then(
        () => true,
        () => false,
      );
    });
  });

  const attach = (id: number, as: Actor) =>
    transact(api.app.get(DataSource), (tx) => api.app.get(Files).attach(tx, as, id));
  const actorOf = async (username: string): Promise<Actor> => {
    const [{ id }] = await api.db.source.query('SELECT id FROM account WHERE username = $1', [username]);
    return { accountId: id, name: username, grants: [], everywhere: false };
  };

  it('is for its uploader alone until a record holds it, and then for whoever may read the record', async () => {
    const { body } = await send(PDF, 'a.pdf');
    expect([
      (await read(body.id, lan)).status,
      (await read(body.id, truong)).status,
      (await read(body.id, binh)).status,
    ]).toEqual([200, 404, 404]);
    owned.set(body.id, 'CS-A1');
    await attach(body.id, await actorOf('lan'));
    expect([
      (await read(body.id, lan)).status,
      (await read(body.id, truong)).status,
      (await read(body.id, binh)).status,
    ]).toEqual([200, 200, 404]);
  });

  it('cannot be had by attaching a guessed number to a record of one’s own', async () => {
    const { body } = await send(PDF, 'a.pdf');
    owned.set(body.id, 'CS-B1');
    await expect(attach(body.id, await actorOf('binh'))).rejects.toMatchObject({
      code: 'file.not_found',
      field: 'fileId',
    });
    expect((await read(body.id, binh)).status).toBe(404);
    owned.delete(body.id);
  });

  it('that is restricted needs the permission for restricted records', async () => {
    const { body } = await upload(lan, [
      { name: 'classification', content: 'RESTRICTED' },
      { name: 'file', fileName: 'a.pdf', content: PDF },
    ]);
    owned.set(body.id, 'CS-A1');
    await attach(body.id, await actorOf('lan'));
    expect([(await read(body.id, lan)).status, (await read(body.id, truong)).status]).toEqual([404, 200]);
  });

  it('leaves a line in the trail', async () => {
    const lines = await api.db.source.query(`SELECT subject FROM audit WHERE action = 'file.read'`);
    expect(lines.length).toBeGreaterThan(0);
  });

  it('that no record took over within a day is gone; its content stays while another upload holds it', async () => {
    const lonely = (await send(Buffer.concat([PDF, Buffer.from('một mình')]), 'a.pdf')).body.id;
    const shared = (await send(PDF, 'a.pdf')).body.id;
    const kept = [...owned.keys()][0]!;
    const before = await stored();
    await api.db.source.query(`UPDATE file SET uploaded_at = uploaded_at - interval '25 hours'`);
    expect(await api.app.get(Files).sweep()).toBeGreaterThanOrEqual(2);
    expect([
      (await read(lonely, lan)).status,
      (await read(shared, lan)).status,
      (await read(kept, lan)).status,
    ]).toEqual([404, 404, 200]);
    expect(await stored()).toBeLessThan(before);
  });
});
