import { testApi, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';

/** A restricted unit is seen by those who hold it themselves, and from above only with the permission for restricted records. */
describe('restricted units', () => {
  let api: TestApi;
  let officer: string;
  let leader: string;
  let own: string;
  const NAME = 'Đơn vị Hạn Chế Xem Số Chín';

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    await api.account('mot-can-bo', [['UNION_OFFICER', 'MH-CDN-GD']]);
    await api.account('mot-lanh-dao', [['UNIT_LEADER', 'MH-CDN-GD']]);
    officer = await api.signIn('mot-can-bo');
    const made = await api.inject('POST', '/api/units', {
      as: officer,
      body: {
        code: 'MH-HAN-CHE',
        name: NAME,
        level: 'GRASSROOTS_UNION',
        parent: 'MH-CDN-GD',
        classification: 'RESTRICTED',
        validFrom: '2020-01-01',
      },
    });
    expect([404, 201]).toContain(made.status);
    await api.account('chinh-don-vi', [['UNION_OFFICER', 'MH-HAN-CHE']]);
    [leader, own] = [await api.signIn('mot-lanh-dao'), await api.signIn('chinh-don-vi')];
    const recorded = await api.inject('POST', '/api/award-batches', {
      as: own,
      body: {
        kind: 'AWARD',
        form: 'GIAY_KHEN',
        unit: 'MH-HAN-CHE',
        conferring: [{ unit: 'MH-HAN-CHE' }],
        when: { from: '2026-10-05', to: '2026-10-05', basis: 'DECISION' },
        lines: [{ recipient: { personName: 'Minh Hoạ Kín Đáo', birthYear: 1981 } }],
      },
    });
    expect(recorded.status).toBe(201);
  });
  afterAll(() => api.close());

  const SUMMARY = '/api/summaries?unit=MH-CDN-GD&from=2026-10-01&to=2026-10-31';
  const PLACES = [
    '/api/units?parent=MH-CDN-GD',
    `/api/units/search?q=${encodeURIComponent('han che xem so chin')}`,
    '/api/award-batches',
    '/api/awards?q=kin',
    '/api/people?q=kin',
    SUMMARY,
    '/api/summaries/records?unit=MH-CDN-GD&from=2026-10-01&to=2026-10-31',
  ];

  test('the unit and what happened in it are named to nobody without clearance, and still counted', async () => {
    await api.inject('GET', SUMMARY, { as: officer });
    await settle(api.app);
    for (const place of PLACES) {
      const answer = await api.inject('GET', place, { as: officer });
      expect([place, answer.status]).toEqual([place, 200]);
      expect([place, /Hạn Chế Xem Số Chín|Kín Đáo|MH-HAN-CHE/.test(answer.text)]).toEqual([place, false]);
    }
    const summary = await api.inject('GET', SUMMARY, { as: officer });
    expect(summary.body.awards.total.individuals).toBe(1);
    expect(summary.body.children.map((child: { unit: { name: string } }) => child.unit.name)).toContain(
      'Các đơn vị hạn chế xem',
    );
    expect((await api.inject('GET', '/api/units/MH-HAN-CHE', { as: officer })).status).toBe(404);
  });

  test('a leader with clearance above it and its own officer see it', async () => {
    for (const who of [leader, own]) {
      expect((await api.inject('GET', '/api/units/MH-HAN-CHE', { as: who })).body.name).toBe(NAME);
      expect((await api.inject('GET', '/api/awards?q=kin', { as: who })).body.items).toHaveLength(1);
    }
  });
});
