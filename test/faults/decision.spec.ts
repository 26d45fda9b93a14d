import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESSION_COOKIE } from '@lib/access';
import { Recompute } from '@lib/figures';
import { Jobs } from '@lib/platform';
import { testApi, type TestApi } from '../support/api.js';
import {
  closeSitting,
  decided,
  foundCouncil,
  nominate,
  openOffice,
  openSitting,
  PASSED,
  planSitting,
  send,
  signature,
  type Office,
} from '../support/office.js';
import { Barrier, ProgramProcess, until } from '../support/processes.js';

/** Several processes, one after the other: on a busy machine each takes seconds to start. */
const PATIENCE_MS = 180_000;
const YEAR = 'unit=TINH-A&from=2026-01-01&to=2026-12-31';

/**
 * Processes of the built program are killed in the middle of a transaction: a barrier holds them there. What they were
 * doing is afterwards as if it had not begun, and is done, once, by the next one. The clock is the real one: theirs is, too.
 */
describe('killed between signing and the summary', () => {
  let api: TestApi;
  let office: Office;
  let jobs: Jobs;
  let dataDir: string;
  let id: number;
  let lines: number[];
  const processes: ProgramProcess[] = [];

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    dataDir = await mkdtemp(join(tmpdir(), 'so-vang-loi-'));
    office = await openOffice(api);
    lines = await nominate(
      api,
      office,
      ['Trần Thị Bình', 'Lê Văn Cường', 'Phạm Thị Dung'].map((personName, place) => ({
        recipient: { personName, birthYear: 1980 + place },
        form: 'BANG_KHEN',
        type: 'MERIT',
      })),
    );
    const sitting = await planSitting(api, office, (await foundCouncil(api, office)).id, '2026-11-08', lines);
    await openSitting(api, office, sitting);
    await closeSitting(api, office, sitting, PASSED);
    const decision = await decided(api, office, [
      { line: lines[0], outcome: 'AWARD', registerNumber: 'auto' },
      { line: lines[1], outcome: 'AWARD', registerNumber: 'auto' },
      { line: lines[2], outcome: 'DECLINE', reason: 'Rút đề nghị' },
    ]);
    id = decision.id;
    const given = await signature(api, office.clerk, '87');
    await send(api, office.clerk, 'POST', `commendations/${id}/signature`, { ...given, version: decision.version });
    jobs = await Jobs.connect({ databaseUrl: api.db.url, redisUrl: null });
  }, PATIENCE_MS);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.kill()));
    await jobs?.close();
    await api?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const worker = async (): Promise<ProgramProcess> => {
    const started = await ProgramProcess.worker(api.db.url, dataDir);
    processes.push(started);
    return started;
  };
  const state = async (): Promise<string> => (await send(api, office.clerk, 'GET', `commendations/${id}`)).state;
  const count = async (sql: string, ...params: unknown[]): Promise<number> =>
    Number((await api.db.source.query(`SELECT count(*) AS n ${sql}`, params))[0].n);
  const steps = (step: string): Promise<number> =>
    count(`FROM step_log WHERE what = 'commendation' AND record_id = $1 AND step = $2`, id, step);

  test(
    'a worker in the middle of preparing: still signed, and prepared once by the next one',
    async () => {
      const barrier = await Barrier.on(api.db, 'desk_task');
      const first = await worker();
      await jobs.wake('commendations.prepare');
      const pid = await barrier.stops('INSERT INTO desk_task');
      await first.kill();
      await barrier.lift(pid);
      expect([await state(), await steps('prepare')]).toEqual(['SIGNED', 0]);

      const second = await worker();
      await until(async () => (await state()) === 'PREPARED');
      await second.kill();
      expect([
        await steps('prepare'),
        await count(`FROM desk_task WHERE key = $1`, `commendation.issue:${id}`),
      ]).toEqual([1, 1]);
    },
    PATIENCE_MS,
  );

  test(
    'an API in the middle of issuing: nothing is in the register; issued again, each line is there once',
    async () => {
      const { version } = await send(api, office.clerk, 'GET', `commendations/${id}`);
      const issueAt = (url: string): Promise<Response> =>
        fetch(`${url}/api/commendations/${id}/issue`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: `${SESSION_COOKIE}=${office.clerk}` },
          body: JSON.stringify({ version }),
        });
      const first = await ProgramProcess.api(api.db.url, dataDir);
      processes.push(first);
      const barrier = await Barrier.on(api.db, 'desk_notice');
      const answer = issueAt(first.url).then(
        ({ status }) => status,
        () => 'no answer',
      );
      const pid = await barrier.stops('desk_notice');
      await first.kill();
      expect(await answer).toBe('no answer');
      await barrier.lift(pid);
      expect([
        await state(),
        await count(`FROM award_batch`),
        await count(`FROM golden_book`),
        await count(`FROM figure_inbox`),
      ]).toEqual(['PREPARED', 0, 0, 0]);
      expect(await count(`FROM nomination_line WHERE state = 'DECIDED'`)).toBe(3);

      const second = await ProgramProcess.api(api.db.url, dataDir);
      processes.push(second);
      // The officer presses the button twice, having had no answer the first time.
      const answers = await Promise.all([issueAt(second.url), issueAt(second.url)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      await second.kill();
      expect([
        await state(),
        await count(`FROM award_batch`),
        await count(`FROM award_line`),
        await count(`FROM golden_book`),
      ]).toEqual(['ISSUED', 1, 2, 2]);
      expect([await steps('issue'), await count(`FROM nomination_line WHERE state = 'AWARDED'`)]).toEqual([1, 2]);
    },
    PATIENCE_MS,
  );

  test(
    'a worker in the middle of bringing the figures up to date: they count each line once, and the summary is fresh',
    async () => {
      const barrier = await Barrier.on(api.db, 'figure_cell');
      const first = await worker();
      await jobs.wake('figures.apply');
      const pid = await barrier.stops('DELETE FROM figure_inbox');
      await first.kill();
      await barrier.lift(pid);
      expect([await count(`FROM figure_inbox`), await count(`FROM figure_entry`)]).toEqual([2, 0]);

      await worker();
      await until(async () => (await send(api, office.leader, 'GET', `summaries?${YEAR}`)).freshness === 'FRESH');
      const { awards } = await send(api, office.leader, 'GET', `summaries?${YEAR}`);
      expect([awards.total.collectives, awards.total.individuals]).toEqual([0, 2]);
      expect([await count(`FROM figure_inbox`), await count(`FROM figure_entry`)]).toEqual([0, 2]);
      expect(await api.app.get(Recompute).verify()).toEqual({ ledger: 0, cells: 0 });
    },
    PATIENCE_MS,
  );
});
