import { DataSource } from 'typeorm';
import { systemActor } from '@lib/kernel';
import { People, type NamedPerson } from '@lib/people';
import { transact } from '@lib/platform';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
let officerA: string;
let officerB: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  await api.account('lan', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('binh', [['UNION_OFFICER', 'TINH-B']]);
  await api.account('truong', [['UNIT_LEADER', 'TINH-B']]);
  officerA = await api.signIn('lan');
  officerB = await api.signIn('binh');
});
afterAll(() => api?.close());

const record = (as: string, body: object) => api.inject('POST', '/api/people', { as, body });
const names = async (as: string, query: string) =>
  (await api.inject('GET', `/api/people?${query}`, { as })).body.items.map((one: { name: string }) => one.name);

describe('people', () => {
  it('stand in Vietnamese order: given name, then family and middle name; đ after d, tones within their letter', async () => {
    const given = [
      'Nguyễn Văn Ân',
      'Trần Thị Ánh',
      'Lê Văn An',
      'Đỗ Văn An',
      'Dương Văn An',
      'Phạm Thị Đào',
      'Vũ Thị Dung',
      'Hồ Văn Ăn',
      'Y Ban',
    ];
    for (const name of given) expect((await record(officerA, { name, unit: 'CS-A1' })).status).toBe(201);
    expect(await names(officerA, 'unit=CS-A1')).toEqual([
      'Dương Văn An',
      'Đỗ Văn An',
      'Lê Văn An',
      'Trần Thị Ánh',
      'Hồ Văn Ăn',
      'Nguyễn Văn Ân',
      'Y Ban',
      'Vũ Thị Dung',
      'Phạm Thị Đào',
    ]);
  });

  it('are read page by page without gap or repetition, in the same order', async () => {
    const whole = await names(officerA, 'limit=200');
    const paged: string[] = [];
    let after = '';
    do {
      const { body } = await api.inject('GET', `/api/people?limit=2${after && `&after=${after}`}`, { as: officerA });
      paged.push(...body.items.map((one: { name: string }) => one.name));
      after = body.next;
    } while (after);
    expect(paged).toEqual(whole);
    expect((await api.inject('GET', '/api/people?after=abc', { as: officerA })).body.code).toBe(
      'people.cursor_unknown',
    );
  });

  it('are found without accents, by any words of the name', async () => {
    expect(await names(officerA, 'q=do%20van')).toEqual(['Đỗ Văn An']);
    expect(await names(officerA, `q=${encodeURIComponent('ĐÀO phạm')}`)).toEqual(['Phạm Thị Đào']);
    expect(await names(officerA, 'q=an')).toEqual([
      'Dương Văn An',
      'Đỗ Văn An',
      'Lê Văn An',
      'Trần Thị Ánh',
      'Hồ Văn Ăn',
      'Nguyễn Văn Ân',
    ]);
    expect(await names(officerA, `q=${encodeURIComponent('%_%')}`)).toHaveLength(9);
  });

  it('of other units do not exist', async () => {
    expect(
      (await record(officerB, { name: 'Lê Văn An', birthYear: 1980, unit: 'CS-B1', memberCard: 'B-1' })).status,
    ).toBe(201);
    expect(await names(officerB, '')).toEqual(['Lê Văn An']);
    expect(await names(officerA, 'limit=200')).toHaveLength(9);
    expect((await api.inject('GET', '/api/people?unit=CS-B1', { as: officerA })).status).toBe(404);
    expect((await record(officerA, { name: 'Kẻ Lạ', unit: 'CS-B1' })).body).toMatchObject({
      code: 'unit.not_found',
      field: 'unit',
    });
  });

  it('that are restricted are seen only with the permission for it', async () => {
    await record(officerB, { name: 'Trần Văn Kín', unit: 'CS-B1', classification: 'RESTRICTED' });
    expect(await names(officerB, 'q=kin')).toEqual([]);
    expect(await names(await api.signIn('truong'), 'q=kin')).toEqual(['Trần Văn Kín']);
  });

  it('with a name the unit already has are recorded, with a warning', async () => {
    const answer = await record(officerB, { name: 'LÊ  VĂN AN', birthYear: 1990, unit: 'CS-B1' });
    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toEqual([
      {
        code: 'people.similar_exists',
        field: 'name',
        message: 'Đơn vị đã có 1 người cùng họ tên (1980). Hãy kiểm tra có trùng người không.',
      },
    ]);
    const hidden = await record(officerB, { name: 'Trần Văn Kín', unit: 'CS-B1' });
    expect(hidden.body.warnings).toEqual([]);
  });

  it('have a member card of their own', async () => {
    const answer = await record(officerB, { name: 'Ai Đó', unit: 'CS-B1', memberCard: 'B-1' });
    expect([answer.status, answer.body.code]).toEqual([409, 'people.card_taken']);
  });
});

describe('the person a register line means', () => {
  const find = (named: Partial<NamedPerson>) =>
    transact(api.app.get(DataSource), async (tx) => {
      const [{ id }] = (await tx.query<{ id: number }>(`SELECT id FROM unit WHERE code = 'CS-A2'`)) as [{ id: number }];
      return api.app.get(People).findOrCreate(tx, systemActor('test'), {
        name: 'Hoàng Thị Hoà',
        birthYear: 1975,
        gender: 'FEMALE',
        unitId: id,
        field: 'lines[0]',
        ...named,
      });
    });

  it('is the same by name, birth year and unit; never by the name alone', async () => {
    const first = await find({});
    expect(first.created).toBe(true);
    expect(await find({ name: 'hoàng  thị HOÀ' })).toMatchObject({ id: first.id, created: false });
    expect(await find({ birthYear: 1976 })).toMatchObject({ created: true });
    expect(await find({ birthYear: null })).toMatchObject({ created: true });
    expect(await find({ birthYear: null })).toMatchObject({ created: true });
    expect(await find({ name: 'Hoàng Thị Hoa' })).toMatchObject({ created: true });
  });

  it('is made once when two lines arrive together', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => find({ name: 'Bùi Văn Song', birthYear: 1969 })));
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it('must be chosen where several people share all three', async () => {
    await api.db.source.query(
      `INSERT INTO person (full_name, given_name, name_folded, birth_year, unit_id, recorded_on)
       SELECT 'Bùi Văn Song', 'Song', 'bui van song', 1969, unit_id, now() FROM person WHERE full_name = 'Bùi Văn Song'`,
    );
    await expect(find({ name: 'Bùi Văn Song', birthYear: 1969 })).rejects.toMatchObject({
      code: 'people.ambiguous',
      field: 'lines[0]',
    });
  });
});
