import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

const HALF = 'from=2026-01-01&to=2026-06-30';
const DECISION = { number: '60/QĐ-TLĐ', day: '2026-06-15' };

let api: TestApi;
let officer: string;

/** TINH-A has launched a campaign that CS-A1 deployed; nobody else has reported. */
beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2026-07-10');
  await smallTree(api.app);
  await api.account('can-bo', [
    ['UNION_OFFICER', 'TLD'],
    ['UNIT_LEADER', 'TLD'],
  ]);
  officer = await api.signIn('can-bo');
  const { id } = await must('POST', 'campaigns', {
    name: 'Lao động giỏi (minh hoạ)',
    category: 'MOVEMENT',
    kind: 'THEMATIC',
    unit: 'TINH-A',
    from: '2026-01-01',
    to: '2026-12-31',
    launched: { number: '12/KH-LĐLĐ', day: '2026-01-05' },
    launchDay: '2026-01-05',
  });
  const report = { unit: 'CS-A1', status: 'DEPLOYED', since: '2026-02-01', plan: 'Kế hoạch của cơ sở' };
  await must('POST', `campaigns/${id}/deployments`, report);
});
afterAll(() => api?.close());

async function must(method: string, url: string, body?: object): Promise<TestAnswer['body']> {
  const answer = await api.inject(method, `/api/${url}`, { as: officer, ...(body ? { body } : {}) });
  if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}
interface Told {
  readonly campaigns: readonly { deployment: { deployed: number; notReported: number }; own: string | null }[];
  readonly coverage: readonly { level: string; deployed: number; expected: number }[];
}
/** Deployed and not reported of the campaign, what the unit itself reported, and its coverage; null: the summary does not know it. */
async function told(unit: string, lens: 'as-was' | 'as-is' = 'as-is'): Promise<string | null> {
  const url = `summaries?unit=${unit}&${HALF}&lens=${lens}`;
  await api.inject('GET', `/api/${url}`, { as: officer });
  await settle(api.app);
  const { campaigns, coverage }: Told = await must('GET', url);
  const [one] = campaigns;
  if (!one) return null;
  const covered = coverage.map(({ deployed, expected }) => ` ${deployed} of ${expected}`).join();
  return `${one.deployment.deployed}+${one.deployment.notReported} ${one.own}${covered}`;
}
const found = (code: string) => ({
  found: { code, name: `Liên đoàn ${code} (minh hoạ)`, level: 'PROVINCIAL_FEDERATION', parent: 'TLD' },
});
/** Applies it, looks, and takes it back. */
async function during(plan: object, to: string, look: () => Promise<void>): Promise<void> {
  const given = { title: 'Sắp xếp minh hoạ', from: '2026-07-01', decision: DECISION, units: ['TINH-A'], ...plan };
  const { id, version } = (await must('POST', 'reorganisations', given)).reorganisation;
  const outcomes = [
    { kind: 'CAMPAIGN', outcome: 'HAND_OVER', to },
    { kind: 'DEPLOYMENT', outcome: 'HAND_OVER', to },
  ];
  const decided = await must('PUT', `reorganisations/${id}/open-work`, { version, outcomes });
  const applied = await must('POST', `reorganisations/${id}/application`, { version: decided.reorganisation.version });
  await look();
  await must('POST', `reorganisations/${id}/reversal`, {
    version: applied.reorganisation.version,
    reason: 'Nhầm',
    decision: DECISION,
  });
  await unchanged();
  expect([await told('TLD'), await told('TINH-A'), await told('TINH-B'), await told('CS-A1')]).toEqual(BEFORE);
}
const BEFORE = ['1+1 null 1 of 3', '1+1 null 1 of 2', null, '0+0 DEPLOYED'];
const unchanged = async (): Promise<void> => {
  const was = [];
  for (const unit of ['TLD', 'TINH-A', 'TINH-B', 'CS-A1']) was.push(await told(unit, 'as-was'));
  expect(was).toEqual(BEFORE);
};

describe('a campaign and its coverage', () => {
  it('go on at the successor of a merger, above it, and below it', async () => {
    await unchanged();
    const plan = { kind: 'MERGE', units: ['TINH-A', 'TINH-B'], successors: [found('TINH-AB')] };
    await during(plan, 'TINH-AB', async () => {
      await unchanged();
      expect([await told('TLD'), await told('TINH-AB'), await told('CS-A1')]).toEqual([
        '1+2 null 1 of 3',
        '1+2 null 1 of 3',
        '0+0 DEPLOYED',
      ]);
    });
  });

  it('stand above the parts of a split, and where somebody of a part has deployed it', async () => {
    const subUnits = [
      { unit: 'CS-A1', to: 'TINH-X' },
      { unit: 'CS-A2', to: 'TINH-Y' },
    ];
    const plan = { kind: 'SPLIT', successors: [found('TINH-X'), found('TINH-Y')], subUnits };
    await during(plan, 'TINH-X', async () => {
      await unchanged();
      expect([await told('TLD'), await told('TINH-X'), await told('TINH-Y'), await told('CS-A1')]).toEqual([
        '1+1 null 1 of 3',
        '1+0 NOT_REPORTED 1 of 1',
        null,
        '0+0 DEPLOYED',
      ]);
    });
  });

  it('stand above what a dissolution left', async () => {
    const subUnits = [
      { unit: 'CS-A1', to: 'TINH-B' },
      { unit: 'CS-A2', to: 'TLD' },
    ];
    await during({ kind: 'DISSOLVE', subUnits }, 'TLD', async () => {
      await unchanged();
      expect([await told('TLD'), await told('TINH-B'), await told('CS-A1')]).toEqual([
        '1+1 null 1 of 3',
        '1+1 NOT_REPORTED 1 of 2',
        '0+0 DEPLOYED',
      ]);
    });
  });
});
