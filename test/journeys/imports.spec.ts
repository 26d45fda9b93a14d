import { testApi, type TestApi } from '../support/api.js';
import { accepted, dryRun, openWorkbook, workbook, type CellGiven } from '../support/tables.js';
import { smallTree } from '../support/tree.js';

/** As it comes from a province: titles above, a header of two lines with merged cells, a number line, a total, a signature. */
const MESSY: readonly (readonly CellGiven[])[] = [
  ['LIÊN ĐOÀN LAO ĐỘNG TỈNH A', null, null, null, null, null, null],
  ['DANH SÁCH ĐOÀN VIÊN ĐỀ NGHỊ CẬP NHẬT', null, null, null, null, null, null],
  [],
  ['STT', 'Họ và tên', 'Thông tin cá nhân', null, 'Đơn vị', 'Số thẻ đoàn viên', 'Ghi chú'],
  [null, null, 'Năm sinh', 'Giới tính', null, null, null],
  ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)'],
  [1, 'Nguyễn Văn Minh'.normalize('NFD'), '12/05/1980', 'nam', 'CS-A1', '0001', null],
  [2, '  Trần\u00a0Thị   Hoạ ', 1985, 'Nữ', 'Công đoàn cơ sở A2', null, 'ok'],
  [],
  [3, 'Lê Văn Sai', 'tám lăm', 'Nam', 'CS-A1', null, null],
  [4, 'Phạm Thị Lạc', 1990, 'Nữ', 'CS-B1', null, null],
  [5, 'Tống Văn Cộng', 1979, 'Nam', 'CS-A1 – Công đoàn cơ sở A1', '0002', null],
  ['Tổng cộng: 5 người', null, null, null, null, null, null],
  [null, null, null, null, 'Tỉnh A, ngày 06 tháng 12 năm 2023', null, null],
  [null, null, null, null, 'NGƯỜI LẬP BIỂU', null, null],
];

describe('an officer’s messy list comes in, is corrected and undone', () => {
  let api: TestApi;
  let officer: string;
  let first: { id: number; version: number };

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    await smallTree(api.app);
    await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
    officer = await api.signIn('can-bo');
  });
  afterAll(() => api?.close());

  const get = async (url: string) => (await api.inject('GET', `/api/${url}`, { as: officer })).body;
  const people = async (): Promise<string[]> =>
    (await api.db.source.query(`SELECT full_name || ' ' || birth_year AS who FROM person ORDER BY id`)).map(
      ({ who }: { who: string }) => who,
    );

  test('the dry run says line by line what would happen, and writes nothing', async () => {
    const content = await workbook(MESSY, (sheet) => {
      sheet.mergeCells('A1:G1');
      sheet.mergeCells('C4:D4');
      sheet.mergeCells('B4:B5');
    });
    const seen = await dryRun(api, officer, 'doan-vien.xlsx', content, { kind: 'people', unit: 'TINH-A' });
    expect(seen).toMatchObject({
      state: 'CHECKED',
      kindTitle: 'Đoàn viên',
      unit: { code: 'TINH-A' },
      sheet: 'Danh sách',
    });
    expect(seen.counts).toEqual({ NEW: 3, CHANGED: 0, UNCHANGED: 0, DUPLICATE: 0, WRONG: 2 });
    expect(seen.notes.map(({ code }: { code: string }) => code)).toEqual([
      'imports.unknown_columns',
      'imports.totals',
      'imports.signature',
      'imports.column_numbers',
    ]);
    expect(seen.steps.map(({ step }: { step: string }) => step)).toEqual(['accept', 'recheck', 'abandon']);
    const { items } = await get(`imports/${seen.id}/rows?verdict=WRONG`);
    expect(items).toMatchObject([
      {
        row: 10,
        cells: { name: 'Lê Văn Sai', birthYear: 'tám lăm' },
        problems: [{ column: 'birthYear', code: 'imports.not_a_year' }],
      },
      { row: 11, problems: [{ column: 'unit', code: 'people.unit_unknown' }] },
    ]);
    expect(await people()).toEqual([]);
    first = seen;
  });

  test('wrong lines are not passed over in silence', async () => {
    const { id, version } = first;
    const refused = await api.inject('POST', `/api/imports/${id}/acceptance`, { as: officer, body: { version } });
    expect([refused.status, refused.body.code]).toEqual([409, 'imports.wrong_rows']);
    expect(await people()).toEqual([]);
  });

  test('the own workbook comes back: wrong cells filled, a comment in each, all else as it was sent', async () => {
    const { answerFile } = await get(`imports/${first.id}`);
    expect(answerFile.name).toBe('doan-vien - cần sửa.xlsx');
    const answer = await api.inject('GET', `/api/files/${answerFile.fileId}`, { as: officer });
    expect(String(answer.headers['content-disposition'])).toMatch(/^attachment;/);
    const sheet = (await openWorkbook(answer.bytes)).getWorksheet('Danh sách');
    const noteAt = (place: string): string => JSON.stringify(sheet?.getCell(place).note ?? null);
    expect(noteAt('C10')).toContain('không phải một năm');
    expect(noteAt('E11')).toContain('Không có đơn vị “CS-B1”');
    expect(noteAt('C7')).toBe('null');
    expect(sheet?.getCell('C10').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(sheet?.getCell('C7').fill).toBeUndefined();
    expect([sheet?.getCell('A2').value, sheet?.getCell('D4').isMerged]).toEqual([
      'DANH SÁCH ĐOÀN VIÊN ĐỀ NGHỊ CẬP NHẬT',
      true,
    ]);
  });

  test('corrected in that workbook and sent again, all of it is written at once', async () => {
    const { answerFile } = await get(`imports/${first.id}`);
    const book = await openWorkbook(
      (await api.inject('GET', `/api/files/${answerFile.fileId}`, { as: officer })).bytes,
    );
    const sheet = book.getWorksheet('Danh sách')!;
    sheet.getCell('C10').value = 1985;
    sheet.getCell('E11').value = 'CS-A2';
    const content = Buffer.from(await book.xlsx.writeBuffer());
    const seen = await dryRun(api, officer, 'doan-vien-sua.xlsx', content, { kind: 'people', unit: 'TINH-A' });
    expect([seen.counts.NEW, seen.counts.WRONG, seen.answerFile]).toEqual([5, 0, null]);
    const done = await accepted(api, officer, seen);
    expect([done.state, done.history.map(({ step }: { step: string }) => step)]).toEqual([
      'ACCEPTED',
      ['read', 'checked', 'accept', 'write'],
    ]);
    expect(await people()).toEqual([
      'Nguyễn Văn Minh 1980',
      'Trần Thị Hoạ 1985',
      'Lê Văn Sai 1985',
      'Phạm Thị Lạc 1990',
      'Tống Văn Cộng 1979',
    ]);
    const again = await dryRun(api, officer, 'doan-vien-sua.xlsx', content, { kind: 'people', unit: 'TINH-A' });
    expect([again.counts, again.sameFile.importId]).toEqual([
      { NEW: 0, CHANGED: 0, UNCHANGED: 5, DUPLICATE: 0, WRONG: 0 },
      done.id,
    ]);
    const nothing = await api.inject('POST', `/api/imports/${again.id}/acceptance`, {
      as: officer,
      body: { version: again.version },
    });
    expect([nothing.status, nothing.body.code]).toEqual([409, 'imports.nothing_new']);
    first = done;
  });

  test('a later list changes what it says, and shows what stood there', async () => {
    const content = Buffer.from(
      '\ufeffHọ và tên;Năm sinh;Mã đơn vị;Mã đoàn viên\r\nNguyễn Văn Minh;1981;;0001\r\nTrần Thị Hoạ;1985;CS-A2;0003\r\n',
    );
    const seen = await dryRun(api, officer, 'sua.csv', content, { kind: 'people', unit: 'CS-A1' });
    // CS-A2 is not below the unit that this list is made for.
    expect(seen.counts).toEqual({ NEW: 0, CHANGED: 1, UNCHANGED: 0, DUPLICATE: 0, WRONG: 1 });
    const { items } = await get(`imports/${seen.id}/rows?verdict=CHANGED`);
    expect(items[0].changes).toEqual([{ column: 'birthYear', before: '1980' }]);
    const done = await accepted(api, officer, seen, { skipWrong: true });
    expect(done).toMatchObject({ state: 'ACCEPTED', skipWrong: true });
    expect(done.history.at(-1).reason).toBe('Bỏ qua 1 dòng sai hoặc trùng');

    const undo = (id: number, version: number) =>
      api.inject('POST', `/api/imports/${id}/undo`, { as: officer, body: { version, reason: 'Nhầm tệp' } });
    const early = await undo(first.id, first.version);
    expect([early.status, early.body.code]).toEqual([409, 'people.import_built_on']);
    expect(early.body.message).toContain('dòng 7 (Nguyễn Văn Minh): hồ sơ đã được sửa sau đó');
    expect((await undo(done.id, done.version)).body.state).toBe('UNDONE');
    expect((await people())[0]).toBe('Nguyễn Văn Minh 1980');
  });

  test('what later work stands on is not taken away, and the answer says which', async () => {
    const [{ id }] = await api.db.source.query(`SELECT id FROM person WHERE full_name = 'Phạm Thị Lạc'`);
    const [{ id: accountId }] = await api.db.source.query(`SELECT id FROM account LIMIT 1`);
    await api.db.source.query(`INSERT INTO account_person (account_id, person_id) VALUES ($1, $2)`, [accountId, id]);
    const undo = () =>
      api.inject('POST', `/api/imports/${first.id}/undo`, {
        as: officer,
        body: { version: first.version, reason: 'Nhầm tệp' },
      });
    const refused = await undo();
    expect(refused.body.message).toContain('dòng 11 (Phạm Thị Lạc): có tài khoản');
    await api.db.source.query(`DELETE FROM account_person`);
    expect((await undo()).body.state).toBe('UNDONE');
    expect(await people()).toEqual([]);
    expect((await api.db.source.query(`SELECT count(*)::int AS n FROM membership`))[0].n).toBe(0);
  });

  test('members with their day of admission are taken back, too; what was known of it stays told', async () => {
    const content = Buffer.from('Họ và tên;Năm sinh;Mã đơn vị;Ngày kết nạp\r\nVõ Thị Kết Nạp;1995;CS-A1;26/3/2020\r\n');
    const done = await accepted(
      api,
      officer,
      await dryRun(api, officer, 'ket-nap.csv', content, { kind: 'people', unit: 'TINH-A' }),
    );
    expect(done.state).toBe('ACCEPTED');
    const body = { version: done.version, reason: 'Nhầm tệp' };
    const undone = await api.inject('POST', `/api/imports/${done.id}/undo`, { as: officer, body });
    expect([undone.status, undone.body.state, await people()]).toEqual([200, 'UNDONE', []]);
    const rows = await api.db.source.query(`SELECT day, removed_on IS NOT NULL AS removed FROM person_admission`);
    expect(rows).toEqual([{ day: '2020-03-26', removed: true }]);
  });
});
