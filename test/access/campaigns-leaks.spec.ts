import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

/** Stands in everything that branch B launches, holds and reports; nobody of branch A may ever read it. */
const MARK = 'Phong Trào Kín Của B';

let api: TestApi;
let mine: string;
let siblings: string;
let campaign: number;
let shared: number;
let event: number;

const post = async (as: string, url: string, body: object): Promise<{ id: number; phases?: { id: number }[] }> => {
  const answer = await api.inject('POST', url, { as, body });
  if (answer.status !== 201) throw new Error(`${url}: ${answer.text}`);
  return answer.body;
};

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  await smallTree(api.app);
  for (const [name, unit] of [
    ['cua-a', 'TINH-A'],
    ['cua-b', 'TINH-B'],
    ['tren', 'TLD'],
  ] as const)
    await api.account(name, [
      ['UNION_OFFICER', unit],
      ['UNIT_LEADER', unit],
    ]);
  [mine, siblings] = [await api.signIn('cua-a'), await api.signIn('cua-b')];
  const above = await api.signIn('tren');
  const facts = { name: MARK, category: 'MOVEMENT', plan: MARK, launched: { number: '1' } };
  campaign = (await post(siblings, '/api/campaigns', { ...facts, unit: 'TINH-B' })).id;
  shared = (await post(above, '/api/campaigns', { ...facts, name: 'Chung', plan: null, unit: 'TLD' })).id;
  await post(siblings, `/api/campaigns/${campaign}/phases`, { name: MARK });
  await post(siblings, `/api/campaigns/${campaign}/contests`, { name: MARK });
  const report = { status: 'DEPLOYED', since: '2024-01-01', plan: MARK, target: MARK, source: MARK };
  await post(siblings, `/api/campaigns/${shared}/deployments`, { ...report, unit: 'TINH-B' });
  await post(siblings, `/api/campaigns/${shared}/deployments`, { ...report, unit: 'CS-B1' });
  const occasion = (await post(siblings, '/api/occasions', { unit: 'TINH-B', kind: 'OTHER', name: MARK })).id;
  event = (
    await post(siblings, '/api/events', {
      unit: 'TINH-B',
      name: MARK,
      purposes: ['OTHER'],
      from: '2024-01-01',
      to: '2024-01-01',
      campaigns: [campaign, shared],
      occasions: [occasion],
    })
  ).id;
});
afterAll(() => api?.close());

describe('a campaign of a sibling', () => {
  const readings = (): string[] => [
    '/api/campaigns?limit=200',
    '/api/campaigns?q=kin+cua+b',
    '/api/campaigns?from=ABOVE',
    `/api/campaigns/${campaign}`,
    `/api/campaigns/${campaign}/deployments`,
    `/api/campaigns/${campaign}/prizes`,
    `/api/campaigns/${shared}`,
    `/api/campaigns/${shared}/deployments`,
    `/api/campaigns/${shared}/deployments?unit=TINH-B`,
    `/api/campaigns/${shared}/deployments?unit=TLD`,
    `/api/campaigns/${shared}/deployments/TINH-B`,
    '/api/events',
    '/api/events?unit=TINH-B',
    '/api/occasions',
  ];

  it('is there, for those it belongs to', async () => {
    const seen = await Promise.all(readings().map((url) => api.inject('GET', url, { as: siblings })));
    expect(seen.filter(({ text }) => text.includes(MARK)).length).toBeGreaterThan(8);
  });

  it('reaches nobody else by reading: not found, or not in the list', async () => {
    for (const url of readings()) {
      const { status, text } = await api.inject('GET', url, { as: mine });
      expect([url, status === 200 || status === 404, text.includes(MARK)]).toEqual([url, true, false]);
    }
    for (const url of readings().slice(3, 6)) expect((await api.inject('GET', url, { as: mine })).status).toBe(404);
  });

  it('is counted without names where it is the upper unit’s campaign', async () => {
    const { body } = await api.inject('GET', `/api/campaigns/${shared}/deployments`, { as: mine });
    expect(body).toMatchObject({ overall: { deployed: 1, notReported: 1 }, counts: { deployed: 0, notReported: 1 } });
    expect(body.items.map((row: { unit: { code: string } }) => row.unit.code)).toEqual(['TINH-A']);
  });

  it.each([
    ['POST', () => `/api/campaigns/${campaign}/changes`, { version: 1, reason: 'x y z', changes: { name: 'Khác' } }],
    ['POST', () => `/api/campaigns/${campaign}/steps`, { step: 'close', version: 1 }],
    ['POST', () => `/api/campaigns/${campaign}/deployments`, { unit: 'CS-A1', status: 'PLANNED', since: '2024-01-01' }],
    ['POST', () => `/api/campaigns/${shared}/deployments`, { unit: 'CS-B1', status: 'PLANNED', since: '2024-01-01' }],
    ['POST', () => `/api/campaigns/${shared}/deployments/1/removal`, { reason: 'không phải của tôi' }],
    ['POST', () => `/api/campaigns/${campaign}/phases`, { name: 'Chen vào' }],
    ['POST', () => `/api/campaigns/${campaign}/phases/1/steps`, { step: 'review' }],
    ['DELETE', () => `/api/campaigns/${campaign}/phases/1`, undefined],
    ['POST', () => `/api/campaigns/${campaign}/contests`, { name: 'Chen vào' }],
    ['PUT', () => `/api/campaigns/${campaign}/contests/1`, { name: 'Chen vào' }],
    ['DELETE', () => `/api/campaigns/${campaign}/contests/1`, undefined],
    ['POST', () => `/api/campaigns/${campaign}/links`, { campaign: 1 }],
    ['DELETE', () => `/api/campaigns/${campaign}/links/${shared}`, undefined],
    ['DELETE', () => `/api/events/${event}`, undefined],
    ['POST', () => '/api/campaigns', { name: 'Chen', category: 'MOVEMENT', unit: 'CS-B1' }],
    ['POST', () => '/api/occasions', { unit: 'CS-B1', kind: 'OTHER', name: 'Chen' }],
  ])('does not exist for %s %p', async (method, url, body) => {
    const { status, text } = await api.inject(method, url(), { as: mine, body });
    expect([status, text.includes(MARK)]).toEqual([404, false]);
  });
});
