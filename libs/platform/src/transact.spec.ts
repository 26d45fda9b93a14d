import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { rehearse, transact } from './transact.js';

describe('a transaction', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    await db.source.query(
      `CREATE TABLE two (id int PRIMARY KEY, n int NOT NULL); INSERT INTO two VALUES (1, 0), (2, 0)`,
    );
  });
  afterAll(() => db.drop());

  const numbers = (): Promise<number[]> =>
    db.source.query(`SELECT n FROM two ORDER BY id`).then((rows: { n: number }[]) => rows.map((row) => row.n));

  test('answers UPDATE and DELETE with their rows', async () => {
    const rows = await transact(db.source, (tx) => tx.query(`UPDATE two SET n = n WHERE id = 1 RETURNING id, n`));
    expect(rows).toEqual([{ id: 1, n: 0 }]);
  });

  test('runs its effects after the commit, and none after a rollback', async () => {
    const told: string[] = [];
    await transact(db.source, async (tx) => {
      tx.afterCommit(() => void told.push('committed'));
    });
    const failed = transact(db.source, async (tx) => {
      tx.afterCommit(() => void told.push('never'));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(told).toEqual(['committed']);
  });

  test('that is rehearsed answers what it found, and leaves nothing', async () => {
    const told: string[] = [];
    const found = await rehearse(db.source, async (tx) => {
      tx.afterCommit(() => void told.push('never'));
      await tx.query(`UPDATE two SET n = 7`);
      return tx.query<{ n: number }>(`SELECT n FROM two ORDER BY id`);
    });
    expect(found).toEqual([{ n: 7 }, { n: 7 }]);
    expect(await numbers()).toEqual([0, 0]);
    expect(told).toEqual([]);
    await expect(rehearse(db.source, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test('is done again when two waited for each other, and each counts once', async () => {
    const arrived: (() => void)[] = [];
    const both = new Promise<void>((go) => arrived.push(go));
    let first = 0;
    const add = (order: readonly number[]): Promise<void> =>
      transact(db.source, async (tx) => {
        await tx.query(`UPDATE two SET n = n + 1 WHERE id = $1`, [order[0]]);
        first += 1;
        if (first === 2) arrived[0]?.();
        await both;
        await tx.query(`UPDATE two SET n = n + 1 WHERE id = $1`, [order[1]]);
      });
    await Promise.all([add([1, 2]), add([2, 1])]);
    expect(await numbers()).toEqual([2, 2]);
  });
});
