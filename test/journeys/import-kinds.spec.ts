import { Recompute } from '@lib/figures';
import { testApi, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';
import { accepted, dryRun, workbook, type CellGiven } from '../support/tables.js';
import { smallTree } from '../support/tree.js';

const FORM = {
  kind: 'RECOGNITION',
  conferring: [{ unit: 'TINH-A' }],
  when: { from: '2024-05-20', to: '2024-05-20', basis: 'PRESENTATION' },
};

describe('lists of recipients and of results come in', () => {
  let api: TestApi;
  let officer: string;
  let batch: number;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    api.clock.setTo('2024-07-16');
    await smallTree(api.app);
    await api.account('can-bo', [
      ['UNION_OFFICER', 'TINH-A'],
      ['DECISION_MAKER', 'TINH-A'],
    ]);
    officer = await api.signIn('can-bo');
    batch = (
      await ok('POST', 'award-batches', {
        ...FORM,
        unit: 'TINH-A',
        campaign: 'Tháng Công nhân 2024',
        stated: { individuals: 1067 },
      })
    ).batch.id;
  });
  afterAll(() => api?.close());

  const ask = (method: string, url: string, body?: object) =>
    api.inject(method, `/api/${url}`, { as: officer, ...(body ? { body } : {}) });
  async function ok(method: string, url: string, body?: object) {
    const answer = await ask(method, url, body);
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
  const rows = async (id: number, verdict: string) => (await ok('GET', `imports/${id}/rows?verdict=${verdict}`)).items;
  const undo = (done: { id: number; version: number }) =>
    ask('POST', `imports/${done.id}/undo`, { version: done.version, reason: 'Nhập nhầm tệp' });
  async function recognised(): Promise<[number, number, number]> {
    await settle(api.app);
    await ask('GET', 'summaries?unit=TINH-A&from=2024-05-01&to=2024-05-31');
    await settle(api.app);
    const { recognitions } = await ok('GET', 'summaries?unit=TINH-A&from=2024-05-01&to=2024-05-31');
    const { itemised } = recognitions.lines[0];
    return [recognitions.total.individuals, itemised.individuals, recognitions.total.women];
  }
  const exact = async () => expect(await api.app.get(Recompute).verify()).toEqual({ ledger: 0, cells: 0 });

  describe('recipients of a batch (DR-55: 1.067 names)', () => {
    const HEADER = ['STT', 'Họ và tên', 'Năm sinh', 'Giới tính', 'Đơn vị', 'Nhóm chức vụ', 'Thành tích'];
    const fields = () => ({ kind: 'award-lines', unit: 'TINH-A', params: JSON.stringify({ batch: String(batch) }) });
    const list = (count: number): CellGiven[][] =>
      Array.from({ length: count }, (_, place) => [
        place + 1,
        `Người Lao Động Số ${place + 1}`,
        1970 + (place % 30),
        place % 3 === 0 ? 'Nữ' : 'Nam',
        place % 2 === 0 ? 'CS-A1' : 'Công đoàn cơ sở A2',
        'Người trực tiếp công tác, lao động',
        null,
      ]);
    let content: Buffer;

    test('the dry run tells new people, wrong cells and namesakes; nothing is written', async () => {
      await ok('POST', 'people', { name: 'Trần Thị Đã Biết', birthYear: 1980, unit: 'CS-A1' });
      const messy = await workbook([
        ['DANH SÁCH LAO ĐỘNG GIỎI'],
        HEADER,
        [1, 'Trần Thị Đã Biết', 1980, 'Nữ', 'CS-A1', null, 'Sáng kiến'],
        [2, 'Lê Văn Mới', 1990, 'Nam', 'CS-A2', null, null],
        [3, 'Phạm Văn Ngoài', 1991, 'Nam', 'CS-B1', null, null],
        [4, 'Đỗ Văn Tương Lai', 2050, 'Nam', 'CS-A1', null, null],
        [5, 'Hoàng Không Năm', null, null, 'CS-A1', null, null],
        [6, 'Hoàng Không Năm', null, null, 'CS-A1', null, null],
      ]);
      const seen = await dryRun(api, officer, 'khen.xlsx', messy, fields());
      expect(seen.counts).toEqual({ NEW: 3, CHANGED: 0, UNCHANGED: 0, DUPLICATE: 1, WRONG: 2 });
      expect(await rows(seen.id, 'WRONG')).toMatchObject([
        { row: 5, problems: [{ column: 'unit', code: 'awards.line_outside_unit' }] },
        { row: 6, problems: [{ column: 'birthYear', code: 'people.birth_year_impossible' }] },
      ]);
      // Known: said nothing of; new: told as such. Without a year nobody is told apart, so nobody is made.
      expect((await rows(seen.id, 'NEW')).map(({ changes }: { changes: object[] }) => changes)).toEqual([
        [],
        [{ column: 'name', before: null }],
        [],
      ]);
      expect((await ok('GET', `award-batches/${batch}`)).lines).toEqual([]);
    });

    test('all 1.067 names fill what was stated, in one go; the same file again changes nothing', async () => {
      content = await workbook([['DANH SÁCH TUYÊN DƯƠNG'], [], HEADER, ...list(1067)]);
      const seen = await dryRun(api, officer, 'lao-dong-gioi.xlsx', content, fields());
      expect(seen.counts).toEqual({ NEW: 1067, CHANGED: 0, UNCHANGED: 0, DUPLICATE: 0, WRONG: 0 });
      expect(await recognised()).toEqual([1067, 0, null]);
      const done = await accepted(api, officer, seen);
      expect(done.state).toBe('ACCEPTED');
      expect(await recognised()).toEqual([1067, 1067, 356]);
      const view = await ok('GET', `award-batches/${batch}`);
      expect([view.lines.length, view.remainder.individuals]).toEqual([1067, 0]);
      expect((await dryRun(api, officer, 'lao-dong-gioi.xlsx', content, fields())).counts).toMatchObject({
        UNCHANGED: 1067,
        NEW: 0,
      });
      await exact();
      const back = await undo(done);
      expect(back.status).toBe(200);
      expect(await recognised()).toEqual([1067, 0, null]);
      expect(await api.db.source.query(`SELECT full_name FROM person`)).toEqual([{ full_name: 'Trần Thị Đã Biết' }]);
      await exact();
    });

    test('what was built on a line is named, and nothing is undone', async () => {
      const small = await workbook([HEADER, ...list(3)]);
      const done = await accepted(api, officer, await dryRun(api, officer, 'ba-nguoi.xlsx', small, fields()));
      const [line] = (await ok('GET', `award-batches/${batch}`)).lines.filter(
        ({ state }: { state: string }) => state === 'LIVE',
      );
      await ok('POST', `award-batches/${batch}/revocations`, {
        reason: 'Kê khai gian dối',
        ground: 'FRAUD',
        lineId: line.id,
      });
      const refused = await undo(done);
      expect([refused.status, refused.body.code]).toEqual([409, 'awards.import_built_upon']);
      expect(refused.body.message).toMatch(/dòng 2/);
      expect((await ok('GET', `award-batches/${batch}`)).lines.length).toBe(3);
    });

    test('a change of a line is told and taken back', async () => {
      const before = await dryRun(
        api,
        officer,
        'sua.xlsx',
        await workbook([HEADER, [1, 'Người Lao Động Số 2', 1971, 'Nam', 'CS-A2', null, 'Sáng kiến cấp tỉnh']]),
        fields(),
      );
      expect(before.counts).toMatchObject({ CHANGED: 1, NEW: 0 });
      expect((await rows(before.id, 'CHANGED'))[0].changes).toEqual([{ column: 'reason', before: null }]);
      const done = await accepted(api, officer, before);
      const reason = async () =>
        (await ok('GET', `award-batches/${batch}`)).lines.find(({ name }: { name: string }) => name.endsWith('Số 2'))
          .reason;
      expect(await reason()).toBe('Sáng kiến cấp tỉnh');
      expect((await undo(done)).status).toBe(200);
      expect(await reason()).toBeNull();
    });

    test('somebody else’s batch does not exist', async () => {
      await api.account('nguoi-khac', [['UNION_OFFICER', 'TINH-B']]);
      const other = await api.signIn('nguoi-khac');
      const { uploadList } = await import('../support/tables.js');
      const answer = await uploadList(api, other, 'a.xlsx', content, { ...fields(), unit: 'TINH-B' });
      expect([answer.status, answer.body.code]).toEqual([404, 'award.not_found']);
    });
  });

  describe('results of a period', () => {
    const HEADER = ['Đơn vị', 'Chỉ tiêu', 'Số lượng', 'Số tiền', 'Tình trạng', 'Phạm vi'];
    const fields = {
      kind: 'results',
      unit: 'TINH-A',
      params: JSON.stringify({ from: '2024-01-01', to: '2024-06-30', source: 'Báo cáo 6 tháng' }),
    };
    const gifts = async () => {
      await settle(api.app);
      await ask('GET', 'summaries?unit=TINH-A&from=2024-01-01&to=2024-06-30');
      await settle(api.app);
      const { indicators } = await ok('GET', 'summaries?unit=TINH-A&from=2024-01-01&to=2024-06-30');
      return indicators.map(({ code, count, money }: Record<string, unknown>) => [code, count, money]);
    };
    const both = (cs1: string): CellGiven[][] => [
      ['CS-A1', 'Suất quà', cs1, 'gần 1,4 tỷ', null, null],
      ['CS-A2', 'QUA', 1000, 250_000_000, 'Đã thực hiện', 'Riêng đơn vị'],
    ];

    beforeAll(() =>
      ok('POST', 'indicators', {
        code: 'QUA',
        name: 'Suất quà',
        unitOfMeasure: 'suất',
        nature: 'FLOW',
        measures: 'COUNT_AND_MONEY',
        owner: 'TINH-A',
      }),
    );

    test('they come in as they were stated, are corrected by the next list, and taken back one by one', async () => {
      const first = await accepted(
        api,
        officer,
        await dryRun(api, officer, 'kq.xlsx', await workbook([HEADER, ...both('hơn 2.400')]), fields),
      );
      const stated = [['QUA', { value: 3400, qualifier: 'OVER' }, { value: 1_650_000_000, qualifier: 'NEARLY' }]];
      expect(await gifts()).toEqual(stated);
      const seen = await dryRun(api, officer, 'kq2.xlsx', await workbook([HEADER, ...both('2.450')]), fields);
      expect(seen.counts).toMatchObject({ NEW: 0, CHANGED: 1, UNCHANGED: 1 });
      expect((await rows(seen.id, 'CHANGED'))[0].changes).toEqual([{ column: 'count', before: 'hơn 2.400' }]);
      const second = await accepted(api, officer, seen);
      expect((await gifts())[0][1]).toEqual({ value: 3450, qualifier: 'EXACT' });
      const refused = await undo(first);
      expect([refused.status, refused.body.code]).toEqual([409, 'results.import_built_upon']);
      expect((await undo(second)).status).toBe(200);
      expect(await gifts()).toEqual(stated);
      await exact();
    });

    test('rules of a typed report are told at the cells', async () => {
      const seen = await dryRun(
        api,
        officer,
        'sai.xlsx',
        await workbook([
          HEADER,
          ['CS-A1', 'Suất quà', null, null, 'Đề xuất', null],
          ['CS-B1', 'Suất quà', 1, null, null, null],
          ['CS-A1', 'Không có', 1, null, null, null],
        ]),
        fields,
      );
      expect(
        (await rows(seen.id, 'WRONG')).map(({ problems }: { problems: { column: string; code: string }[] }) => [
          problems[0]!.column,
          problems[0]!.code,
        ]),
      ).toEqual([
        ['count', 'results.nothing_stated'],
        ['unit', 'unit.not_found'],
        ['indicator', 'imports.not_a_choice'],
      ]);
    });

    test('a period is asked for before the file is kept', async () => {
      const { uploadList } = await import('../support/tables.js');
      const answer = await uploadList(api, officer, 'kq.xlsx', await workbook([HEADER]), { ...fields, params: '{}' });
      expect([answer.status, answer.body.details?.[0]?.field ?? answer.body.field]).toEqual([400, 'from']);
    });
  });
});
