import { DEMO_PASSWORD } from '@lib/access';
import { Jobs } from '@lib/platform';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';

/** The whole way with the real queue and worker: nobody presses "recalculate". */
describe('freshness', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'demo', worker: true });
    officer = await api.signIn('mh-can-bo', DEMO_PASSWORD);
  });
  afterAll(() => api.close());

  const QUESTION = '/api/summaries?unit=MH-LDLD&from=2026-01-01&to=2026-12-31';
  const ask = (): Promise<TestAnswer> => api.inject('GET', QUESTION, { as: officer });

  /** Asks again until the answer is as wanted; gives up with the last answer. */
  const until = async (wanted: (answer: TestAnswer) => boolean): Promise<TestAnswer> => {
    const deadline = Date.now() + 30_000;
    let answer = await ask();
    while (!wanted(answer) && Date.now() < deadline) answer = await ask();
    return answer;
  };
  const fresh = (answer: TestAnswer): boolean => answer.status === 200 && answer.body.freshness === 'FRESH';

  const record = (individuals: number): Promise<TestAnswer> =>
    api.inject('POST', '/api/award-batches', {
      as: officer,
      body: {
        kind: 'AWARD',
        form: 'GIAY_KHEN',
        unit: 'MH-CDN-GD-CS2',
        conferring: [{ unit: 'MH-CDN-GD-CS2' }],
        when: { from: '2026-11-02', to: '2026-11-02', basis: 'DECISION' },
        reason: `Đợt ${individuals}`,
        stated: { individuals },
      },
    });

  test('a summary asked for the first time is computed by the worker while the reader is told so', async () => {
    const first = await ask();
    expect([first.status, first.body.freshness]).toEqual([202, 'COMPUTING']);
    expect(first.body.progress.waiting).toBeGreaterThan(0);
    expect(fresh(await until(fresh))).toBe(true);
  });

  test('an award landed is never behind a summary that calls itself fresh', async () => {
    const before = (await until(fresh)).body.awards.total.individuals;
    expect((await record(3)).status).toBe(201);
    const next = await ask();
    const counted = next.body.awards.total.individuals;
    expect([next.body.freshness, counted]).toEqual(
      next.body.freshness === 'FRESH' ? ['FRESH', before + 3] : ['STALE', counted],
    );
    expect((await until(fresh)).body.awards.total.individuals).toBe(before + 3);
  });

  test('twenty awards at once each count once', async () => {
    const before = (await until(fresh)).body.awards.total.individuals;
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => record(i + 1)));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect((await until(fresh)).body.awards.total.individuals).toBe(before + 210);
  });

  test('a lost wake-up is made up for by the sweep', async () => {
    const before = (await until(fresh)).body.awards.total.individuals;
    const jobs = api.app.get(Jobs);
    const wake = jobs.wake.bind(jobs);
    jobs.wake = () => Promise.resolve();
    expect((await record(4)).status).toBe(201);
    jobs.wake = wake;
    const swept = await until((answer) => fresh(answer) && answer.body.awards.total.individuals === before + 4);
    expect(swept.body.awards.total.individuals).toBe(before + 4);
  });
});
