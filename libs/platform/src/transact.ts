import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { DataSource, QueryFailedError, type EntityManager, type QueryRunner } from 'typeorm';

/** A transaction in progress. Services open it with {@link transact} and hand it on; there is no ambient one. */
export interface Tx {
  readonly manager: EntityManager;
  /** Plain SQL inside the transaction; rows as objects. */
  query<Row = unknown>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs once the transaction has committed, never after a rollback: queue a wake-up, tell a socket. */
  afterCommit(effect: () => Promise<void> | void): void;
}

/** PostgreSQL ends one of two transactions that wait for each other: it has done nothing and may be done again. */
const WAITED_FOR_EACH_OTHER = '40P01';
const TRIES = 3;

/**
 * One command, one transaction. Effects registered with `afterCommit` run in order after the commit; one that fails is
 * reported on stderr and does not undo what is stored (sweeps make up for lost wake-ups). `work` may run again after a
 * deadlock, so outside the transaction it changes nothing.
 */
export async function transact<Result>(db: DataSource, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const effects: (() => Promise<void> | void)[] = [];
    try {
      const result = await db.transaction((manager) =>
        work({
          manager,
          query: (sql, parameters) => rowsOf(runnerOf(manager), sql, parameters),
          afterCommit: (effect) => void effects.push(effect),
        }),
      );
      await runEffects(effects);
      return result;
    } catch (error) {
      if (attempt === TRIES || !isDeadlock(error)) throw error;
    }
  }
}

class TakenBack<Result> extends Error {
  constructor(readonly result: Result) {
    super('rehearsed');
  }
}

/**
 * Does the work in a transaction and always takes it back: what a command would do is measured inside it. Nothing is stored,
 * and effects after the commit never run. Locks are held until `work` ends, so it ends soon.
 */
export async function rehearse<Result>(db: DataSource, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  try {
    return await transact<never>(db, async (tx) => {
      throw new TakenBack(await work(tx));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.result as Result;
    throw error;
  }
}

function isDeadlock(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === WAITED_FOR_EACH_OTHER;
}

async function runEffects(effects: readonly (() => Promise<void> | void)[]): Promise<void> {
  for (const effect of effects) {
    try {
      await effect();
    } catch (error) {
      process.stderr.write(`after commit: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

function runnerOf({ queryRunner }: EntityManager): QueryRunner {
  if (!queryRunner) throw new Error('a transaction without a connection');
  return queryRunner;
}

/** Rows whatever the statement: TypeORM's plain answer to UPDATE and DELETE is a pair of rows and their number. */
async function rowsOf<Row>(runner: QueryRunner, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  const { records } = await runner.query(sql, [...parameters], true);
  return records as Row[];
}

/** Reads outside a command: the pool itself, same `query` as in a transaction. */
export function reader(db: DataSource): Pick<Tx, 'query'> {
  return { query: <Row>(sql: string, parameters: readonly unknown[] = []) => db.query<Row[]>(sql, [...parameters]) };
}

/**
 * Reads that every request makes: each text is planned once per connection, not once per call. The text must be the same
 * every time; what varies goes into the parameters.
 */
export function prepared(db: DataSource): Queryable {
  const { master } = db.driver as unknown as { readonly master: Pool };
  return {
    query: async <Row>(text: string, parameters: readonly unknown[] = []) => {
      const name = createHash('sha1').update(text).digest('base64');
      const { rows } = await master.query({ name, text, values: [...parameters] });
      return rows as Row[];
    },
  };
}

/** Either of the two: what a query function needs. */
export type Queryable = Pick<Tx, 'query'>;

/** Several reads of one moment: all statements inside see the same snapshot. */
export async function snapshot<Result>(db: DataSource, work: (q: Queryable) => Promise<Result>): Promise<Result> {
  return db.transaction('REPEATABLE READ', (manager) =>
    work({ query: (sql, parameters) => rowsOf(runnerOf(manager), sql, parameters) }),
  );
}
