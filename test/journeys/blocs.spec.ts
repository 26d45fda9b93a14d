import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

let api: TestApi;
let officer: string;
let grassroots: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2022-03-25');
  await smallTree(api.app);
  await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('co-so', [['UNION_OFFICER', 'CS-A1']]);
  officer = await api.signIn('can-bo');
  grassroots = await api.signIn('co-so');
});
afterAll(() => api?.close());

const bloc = (over: object = {}) => ({
  organiser: 'TINH-A',
  kind: 'BLOCK',
  number: 4,
  year: 2022,
  theme: 'Chăm lo đời sống đoàn viên',
  representative: { name: 'Người Minh Hoạ', rank: 'Thiếu tá', post: 'Chủ tịch' },
  members: [{ unit: 'CS-A1', role: 'HEAD' }, { unit: 'CS-A2' }],
  ...over,
});
const create = (over: object = {}, as = officer) => api.inject('POST', '/api/blocs', { as, body: bloc(over) });

describe('blocs of a year', () => {
  let id: number;

  it('the organiser forms a bloc; its name comes from its key', async () => {
    const answer = await create();
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      name: 'Khối thi đua số 4 năm 2022, Liên đoàn Lao động tỉnh A',
      head: { code: 'CS-A1' },
      members: 2,
      representative: { name: 'Người Minh Hoạ', rank: 'Thiếu tá', post: 'Chủ tịch' },
      may: ['edit', 'copy'],
      version: 1,
    });
    ({ id } = answer.body);
  });

  it('the same key twice is refused; a cụm, a year and an organiser of their own stand beside it', async () => {
    const twice = await create();
    expect([twice.status, twice.body.code, twice.body.field]).toEqual([409, 'blocs.key_taken', 'number']);
    const cluster = await create({ kind: 'CLUSTER' });
    expect([cluster.status, cluster.body.name]).toEqual([201, 'Cụm thi đua số 4 năm 2022, Liên đoàn Lao động tỉnh A']);
    expect((await create({ year: 2021 })).status).toBe(201);
    const list = await api.inject('GET', '/api/blocs?year=2022', { as: officer });
    expect(list.body.items.map((one: { kind: string }) => one.kind)).toEqual(['BLOCK', 'CLUSTER']);
    const first = await api.inject('GET', '/api/blocs?limit=2', { as: officer });
    const rest = await api.inject('GET', `/api/blocs?limit=2&after=${first.body.next}`, { as: officer });
    expect(rest.body).toMatchObject({ items: [{ year: 2021 }], next: null });
    const byOrganiser = await api.inject('GET', '/api/blocs?organiser=TINH-A', { as: officer });
    expect(byOrganiser.body.items).toHaveLength(3);
  });

  it.each([
    ['a member twice', { members: [{ unit: 'CS-A1' }, { unit: 'CS-A1' }] }, 'blocs.member_twice', 'members[1].unit'],
    [
      'two heads',
      {
        members: [
          { unit: 'CS-A1', role: 'HEAD' },
          { unit: 'CS-A2', role: 'HEAD' },
        ],
      },
      'blocs.two_heads',
      'members[1].role',
    ],
    [
      'a head that is no member any more',
      { members: [{ unit: 'CS-A1', role: 'HEAD', leftOn: '2022-02-01' }] },
      'blocs.head_has_left',
      'members[0].role',
    ],
    [
      'a day of another year',
      { members: [{ unit: 'CS-A1', joined: '2021-12-31' }] },
      'blocs.day_outside_year',
      'members[0].joined',
    ],
    ['a unit of another branch', { members: [{ unit: 'CS-B1' }] }, 'unit.not_found', 'members[0].unit'],
    ['an organiser of another branch', { organiser: 'TINH-B' }, 'unit.not_found', 'organiser'],
    ['a kind that does not exist', { kind: 'TEAM' }, 'input.not_allowed', 'kind'],
    ['number nought', { number: 0 }, 'input.too_small', 'number'],
    ['members that are no list', { members: 'CS-A1' }, 'input.not_list', 'members'],
  ])('%s is refused', async (_, over, code, field) => {
    const answer = await create({ number: 9, ...over });
    expect([answer.status >= 400 && answer.status < 500, answer.body.code, answer.body.field]).toEqual([
      true,
      code,
      field,
    ]);
  });

  it('two people editing at once lose nothing', async () => {
    const { organiser: _, kind: __, number: ___, year: ____, ...facts } = bloc();
    const edit = (version: number, theme: string) =>
      api.inject('PUT', `/api/blocs/${id}`, { as: officer, body: { ...facts, theme, version } });
    const saved = await edit(1, 'Chủ đề mới');
    expect([saved.status, saved.body.theme, saved.body.version]).toEqual([200, 'Chủ đề mới', 2]);
    const late = await edit(1, 'Chủ đề khác');
    expect([late.status, late.body.code]).toEqual([409, 'blocs.changed_meanwhile']);
  });

  it('next year: members carried over, the head is elected anew', async () => {
    const copied = await api.inject('POST', `/api/blocs/${id}/copies`, { as: officer });
    expect(copied.body).toMatchObject({ year: 2023, head: null, members: 2, theme: null });
    const again = await api.inject('POST', `/api/blocs/${id}/copies`, { as: officer });
    expect([again.status, again.body.code]).toEqual([409, 'blocs.key_taken']);
  });

  it('a member unit sees its bloc and may not keep it', async () => {
    const seen = await api.inject('GET', `/api/blocs/${id}`, { as: grassroots });
    expect(seen.body).toMatchObject({ id, may: [] });
    expect(seen.body.memberUnits.map((one: { unit: { code: string } }) => one.unit.code)).toEqual(['CS-A1', 'CS-A2']);
    expect((await create({ number: 5 }, grassroots)).status).toBe(404);
    expect((await api.inject('POST', `/api/blocs/${id}/copies`, { as: grassroots })).status).toBe(404);
  });
});
