import * as fc from 'fast-check';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { AskService, ComputeService } from '@lib/summaries';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { concrete, FIRST_DAY, founding, histories, type Try } from './history.js';
import { applierOf, Officer, OFFICER, plantOutsideBody, program } from './program.js';
import { refusal } from './rules.model.js';
import { World } from './world.model.js';

/** fast-check prints the seed and the shrunk history of a failure. */
const SEED = 20_240_716;
const RUNS = 6;
const LONGEST = 20;
const TIME = { testMs: 600_000, enoughMs: 550_000 };

/** Whole months, in which most is kept from one computing to the next, and a period with edges, in which nothing is. */
const PERIODS = [
  { from: '2021-01-01', to: '2021-12-31' },
  { from: '2021-03-01', to: '2021-06-30' },
  { from: '2020-11-12', to: '2021-05-20' },
] as const;

describe('a summary kept fresh, against the same computed anew', () => {
  const clock = new Clock();
  let db: TestDatabase;
  let app: INestApplicationContext;
  let q: Queryable;
  let history = 0;

  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    clock.setTo(FIRST_DAY);
    app = await program(db.url, clock);
    await plantOutsideBody(app);
    q = reader(app.get(DataSource));
  });

  afterAll(async () => {
    await app?.close();
    await db?.drop();
  });

  it(
    'is the same text after any history',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories(LONGEST), async ({ parents, tries }) => {
          const officer = new Officer(app, `K${(history += 1)}`);
          const world = new World(FIRST_DAY);
          clock.setTo(FIRST_DAY);
          for (const op of founding(parents)) {
            expect(await officer.tryOut(op, world)).toBeNull();
            world.write(op);
          }
          await ask(world, officer);
          for (const attempt of tries) await carryOut(world, officer, attempt);
          await freshen();
          const kept = await texts(officer);
          expect(kept.size).toBeGreaterThan(0);
          await q.query(
            `UPDATE summary SET computed_book = -1, computed_wide = -1, computed_other = -1, freshness = 'STALE'`,
          );
          await app.get(ComputeService).run();
          expect(await texts(officer)).toEqual(kept);
        }),
        { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: TIME.enoughMs, markInterruptAsFailure: true },
      );
    },
    TIME.testMs,
  );

  /** Every change is computed by itself, so that what is kept is kept over many small steps. */
  async function carryOut(world: World, officer: Officer, attempt: Try): Promise<void> {
    if (attempt.do === 'wait') clock.setTo((world.today = addDays(world.today, attempt.days)));
    if (attempt.do === 'apply' || attempt.do === 'wait') return freshen();
    const op = concrete(world, attempt);
    if (!op || refusal(world, op) !== null) return;
    expect(await officer.tryOut(op, world)).toBeNull();
    world.write(op);
    await freshen();
  }

  async function freshen(): Promise<void> {
    await applierOf(app).run();
    await app.get(ComputeService).run();
  }

  async function ask(world: World, officer: Officer): Promise<void> {
    await q.query(`DELETE FROM summary`);
    for (const unit of world.tree.units)
      for (const period of PERIODS) await app.get(AskService).ask(OFFICER, { unit: officer.code(unit), ...period });
  }

  /** By unit and period, without what tells only when it was computed. */
  async function texts(officer: Officer): Promise<Map<string, unknown>> {
    const rows = await q.query<{ key: string; body: string }>(
      `SELECT concat_ws(' ', u.code, s.from_day, s.to_day) AS key, s.body FROM summary s JOIN unit u ON u.id = s.unit_id
        WHERE u.code LIKE $1 ORDER BY s.id`,
      [`${officer.prefix}-%`],
    );
    return new Map(rows.map(({ key, body }) => [key, { ...(JSON.parse(body) as object), seq: null }]));
  }
});
