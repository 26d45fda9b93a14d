import * as fc from 'fast-check';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

const PERIOD = { from: '2026-01-01', to: '2026-12-31' };
const LENSES = ['as-was', 'as-is'] as const;

interface Told {
  readonly unit: { readonly code: string };
  readonly from: string;
  readonly before: { readonly individuals: number };
  readonly after: { readonly individuals: number };
}

let api: TestApi;
let boss: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2026-07-10');
  await smallTree(api.app);
  await api.account('tong', [
    ['UNION_OFFICER', 'TLD'],
    ['UNIT_LEADER', 'TLD'],
  ]);
  boss = await api.signIn('tong');
  for (const [unit, day, individuals] of [
    ['CS-A1', '2026-02-02', 5],
    ['CS-A1', '2026-07-03', 7],
    ['CS-A2', '2026-07-04', 11],
    ['CS-B1', '2026-07-05', 13],
    ['TINH-A', '2026-07-06', 17],
  ] as const)
    await must('POST', 'award-batches', {
      kind: 'AWARD',
      form: 'BANG_KHEN',
      unit,
      conferring: [{ unit: 'TLD' }],
      when: { from: day, to: day, basis: 'DECISION' },
      stated: { individuals },
    });
  await settle(api.app);
});
afterAll(() => api?.close());

const ask = (method: string, url: string, body?: object): Promise<TestAnswer> =>
  api.inject(method, `/api/${url}`, { as: boss, ...(body ? { body } : {}) });
async function must(method: string, url: string, body?: object): Promise<TestAnswer['body']> {
  const answer = await ask(method, url, body);
  if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}
async function prepare(plan: object): Promise<{ id: number; version: number }> {
  const decision = { number: '9', day: '2026-06-30' };
  const given = { title: 'Sắp xếp tổ chức', from: '2026-07-01', decision, ...plan };
  return (await must('POST', 'reorganisations', given)).reorganisation;
}
const KEYS = ['TINH-A', 'TINH-B', 'CS-A2', 'TLD'].flatMap((unit) => LENSES.map((lens) => `${unit} ${lens}`));
/** Individuals honoured in the year, by unit and lens. */
async function totals(): Promise<Record<string, number>> {
  const url = (key: string) => {
    const [unit, lens] = key.split(' ');
    return `summaries?unit=${unit}&from=${PERIOD.from}&to=${PERIOD.to}&lens=${lens}`;
  };
  for (const key of KEYS) await ask('GET', url(key));
  await settle(api.app);
  const found: Record<string, number> = {};
  for (const key of KEYS) found[key] = (await must('GET', url(key))).awards.total.individuals;
  return found;
}

describe('many hands', () => {
  it('two who apply at once apply it once', async () => {
    const { id, version } = await prepare({ kind: 'RENAME', units: ['CS-B1'], name: 'CĐCS B1 mới' });
    const answers = await Promise.all(
      [1, 2, 3].map(() => ask('POST', `reorganisations/${id}/application`, { version })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const [count] = await api.db.source.query(`SELECT count(*)::int AS n FROM unit_event`);
    expect(count.n).toBe(1);
  });

  it('what the database refuses in the middle leaves nothing', async () => {
    const plan = { kind: 'MERGE', units: ['CS-A2'], successors: [{ code: 'CS-A1' }] };
    const { id, version } = await prepare(plan);
    const before = await api.db.source.query(
      `SELECT (SELECT max(n) FROM unit_change) AS n, (SELECT count(*) FROM unit_event) AS events`,
    );
    await api.db.source.query(`ALTER TABLE step_log ADD CONSTRAINT full_disk CHECK (step <> 'apply') NOT VALID`);
    expect((await ask('POST', `reorganisations/${id}/application`, { version })).status).toBe(500);
    await api.db.source.query(`ALTER TABLE step_log DROP CONSTRAINT full_disk`);
    expect(await must('GET', `reorganisations/${id}`)).toMatchObject({ state: 'DRAFT', version });
    const after = await api.db.source.query(
      `SELECT (SELECT max(n) FROM unit_change) AS n, (SELECT count(*) FROM unit_event) AS events`,
    );
    expect(after).toEqual(before);
  });
});

describe('a rehearsal', () => {
  const PLANS = [
    { kind: 'MERGE', units: ['TINH-A'], successors: [{ code: 'TINH-B' }] },
    { kind: 'MERGE', units: ['CS-A1'], successors: [{ code: 'CS-A2' }] },
    { kind: 'TRANSFER', units: ['CS-A1'], parent: 'TINH-B' },
    { kind: 'DISSOLVE', units: ['CS-B1'] },
    {
      kind: 'DISSOLVE',
      units: ['TINH-A'],
      subUnits: [
        { unit: 'CS-A1', to: 'TINH-B' },
        { unit: 'CS-A2', to: 'TLD' },
      ],
    },
  ];

  it('tells of every summary what it becomes when it is applied', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PLANS), fc.constantFrom('2026-07-01', '2026-07-04'), async (plan, from) => {
        const before = await totals();
        const { id, version } = await prepare({ ...plan, from });
        const rehearsal = await must('POST', `reorganisations/${id}/rehearsal`);
        const told: Record<string, number> = { ...before };
        for (const lens of LENSES)
          for (const one of rehearsal[lens === 'as-was' ? 'asWas' : 'asIs'].items as Told[])
            if (one.from === PERIOD.from) {
              const key = `${one.unit.code} ${lens}`;
              expect([key, one.before.individuals]).toEqual([key, before[key] ?? one.before.individuals]);
              if (key in told) told[key] = one.after.individuals;
            }
        await must('POST', `reorganisations/${id}/application`, { version });
        expect([plan, await totals()]).toEqual([plan, told]);
        const { version: now } = await must('GET', `reorganisations/${id}`);
        const decision = { number: '10', day: '2026-07-09' };
        await must('POST', `reorganisations/${id}/reversal`, { version: now, reason: 'thử', decision });
        expect([plan, await totals()]).toEqual([plan, before]);
      }),
      { numRuns: 3, seed: 2026, endOnFailure: true },
    );
  });
});
