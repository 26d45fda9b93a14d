import { DEMO_PASSWORD } from '@lib/access';
import { testApi, type TestApi } from '../support/api.js';

describe('the bloc of the document of 25/03/2022, in the demonstration', () => {
  let demo: TestApi;
  let cand: string;
  beforeAll(async () => {
    demo = await testApi({ template: 'demo' });
    cand = await demo.signIn('cdcand', DEMO_PASSWORD);
  });
  afterAll(() => demo?.close());
  const get = (path: string) => demo.inject('GET', `/api${path}`, { as: cand });

  it('stands as record: organiser, head, who stands for it, theme; members that nobody listed are not invented', async () => {
    const { items } = (await get('/blocs?year=2022')).body;
    expect(items).toMatchObject([
      { name: 'Khối thi đua số 4 năm 2022, Công đoàn CAND', head: { code: 'CDCAND-CTDCTCT' } },
    ]);
    const { body } = await get(`/blocs/${items[0].id}`);
    expect(body.representative).toEqual({
      name: 'Trần Xuân Lịch',
      rank: 'Thiếu tá',
      post: 'Chủ tịch Công đoàn Cục Công tác Đảng và công tác chính trị',
    });
    expect(body.theme).toMatch(/^Chăm lo đời sống cán bộ, đoàn viên .* Nghị quyết Đại hội V Công đoàn CAND$/);
    expect([body.memberUnits.length, body.note]).toEqual([1, expect.stringContaining('chưa có danh sách')]);
    expect(body.recordedOn).toBe('2022-03-25');
  });

  it('its programme was adopted after opinions, its agreement confirmed by the head without a scan', async () => {
    const [agreement, programme] = (await get('/agreements?year=2022')).body.items;
    expect([programme.kind, programme.stateName]).toEqual(['PROGRAMME', 'Đã thông qua']);
    const adopted = (await get(`/agreements/${programme.id}`)).body.history;
    expect(adopted.map((one: { name: string }) => one.name)).toEqual(['Đưa ra lấy ý kiến', 'Thông qua']);
    const { body } = await get(`/agreements/${agreement.id}`);
    expect(body).toMatchObject({ kind: 'AGREEMENT', state: 'SIGNING', members: 1, signed: 1 });
    expect(body.memberUnits).toMatchObject([
      { unit: { code: 'CDCAND-CTDCTCT' }, late: false, confirmation: { day: '2022-03-25', fileId: null } },
    ]);
    expect(body.commitments).toHaveLength(3);
  });

  it('“Cụm thi đua số 4” of the same organiser stands beside it', async () => {
    const body = { organiser: 'CDCAND', kind: 'CLUSTER', number: 4, year: 2022, members: [] };
    const created = await demo.inject('POST', '/api/blocs', { as: cand, body });
    expect([created.status, created.body.name]).toEqual([201, 'Cụm thi đua số 4 năm 2022, Công đoàn CAND']);
    expect((await get('/blocs?year=2022')).body.items).toHaveLength(2);
  });
});
