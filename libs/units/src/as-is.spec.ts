import { DataSource } from 'typeorm';
import { systemActor } from '@lib/kernel';
import { Clock, transact, type Tx } from '@lib/platform';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { program } from '../../../test/properties/program.js';
import type { INestApplicationContext } from '@nestjs/common';
import { buildAsIs, refreshAsIs, refreshPassedDays } from './as-is.sql.js';
import { NOW } from './chains.sql.js';
import { UnitsService } from './units.service.js';

const OFFICER = systemActor('thử');

/** The way up by today's organisation, of a small tree. */
describe('the tree of today', () => {
  const clock = new Clock();
  let db: TestDatabase;
  let app: INestApplicationContext;

  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    clock.setTo('2025-01-10');
    app = await program(db.url, clock);
    const units = app.get(UnitsService);
    const found = (code: string, parent: string | null, validTo: string | null = null): Promise<string> =>
      units.create(OFFICER, { code, name: code, level: 'GRASSROOTS_UNION', parent, validTo });
    await found('TOP', null);
    await found('P', 'TOP');
    await found('Q', 'TOP');
    await found('A', 'P', '2025-03-01');
    await found('B', 'P', '2025-03-01');
    await found('C', 'P');
    await found('OLD', 'A', '2024-05-01');
  });
  afterAll(async () => {
    await app?.close();
    await db?.drop();
  });

  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transact(app.get(DataSource), work);

  async function ways(table = 'chain'): Promise<Record<string, string>> {
    const rows = await app.get(DataSource).query<{ code: string; way: string }[]>(
      table === 'chain'
        ? `SELECT u.code, concat_ws(' ', (SELECT string_agg(a.code, '<' ORDER BY s.place) FROM unnest(c.chain) WITH ORDINALITY AS s (id, place) JOIN unit a ON a.id = s.id), c.carried) AS way
             FROM unit_chain_as_is c JOIN unit u ON u.id = c.unit_id WHERE c.tto = ${NOW}`
        : `SELECT u.code, string_agg(a.code, '<' ORDER BY p.depth) AS way FROM unit_path_as_is p JOIN unit u ON u.id = p.unit_id JOIN unit a ON a.id = p.ancestor_id
            WHERE p.tto = ${NOW} GROUP BY u.code`,
    );
    return Object.fromEntries(rows.map((row) => [row.code, row.way]));
  }

  async function event(kind: string, from: string, predecessor: string, successors: string[]): Promise<void> {
    await inTx(async (tx) => {
      const [change] = await tx.query<{ n: number }>(`SELECT max(n) AS n FROM unit_change`);
      const [made] = await tx.query<{ id: number }>(
        `INSERT INTO unit_event (kind, from_day, first_change, last_change, recorded_on) VALUES ($1, $2, $3, $3, $2) RETURNING id`,
        [kind, from, change!.n],
      );
      const roles = [[predecessor, 'PREDECESSOR'], ...successors.map((code) => [code, 'SUCCESSOR'])];
      for (const [code, role] of roles)
        await tx.query(`INSERT INTO unit_event_unit SELECT $1, id, $3 FROM unit WHERE code = $2`, [
          made!.id,
          code,
          role,
        ]);
      const [unit] = await tx.query<{ id: number }>(`SELECT id FROM unit WHERE code = $1`, [predecessor]);
      await refreshAsIs(tx, [unit!.id], change!.n);
    });
  }

  it('keeps an ended unit below the one that was above it, until something else is told of it', async () => {
    expect(await ways()).toMatchObject({ OLD: 'OLD<A<P<TOP DISSOLVED', A: 'A<P<TOP', C: 'C<P<TOP' });
    clock.setTo('2025-03-01');
    expect(await inTx((tx) => refreshPassedDays(tx, '2025-01-10', '2025-03-01'))).toBe(2);
    expect(await inTx((tx) => refreshPassedDays(tx, '-infinity', '2025-03-01'))).toBe(0);
    expect(await ways()).toMatchObject({
      A: 'A<P<TOP DISSOLVED',
      B: 'B<P<TOP DISSOLVED',
      OLD: 'OLD<A<P<TOP DISSOLVED',
    });
  });

  it('carries a merged unit to its successor, a split one to the unit above', async () => {
    await event('MERGE', '2025-03-01', 'A', ['C']);
    await event('SPLIT', '2025-03-01', 'B', ['C', 'Q']);
    expect(await ways()).toMatchObject({
      A: 'A<C<P<TOP MERGED',
      OLD: 'OLD<A<C<P<TOP DISSOLVED',
      B: 'B<P<TOP UNALLOCATED',
    });
    await app.get(UnitsService).change(OFFICER, 'C', { parent: 'Q', from: '2025-03-01' });
    expect(await ways()).toMatchObject({ A: 'A<C<Q<TOP MERGED', C: 'C<Q<TOP', OLD: 'OLD<A<C<Q<TOP DISSOLVED' });
  });

  it('is the same when it is built anew, and what was known before stays', async () => {
    const kept = await ways();
    const paths = await ways('path');
    expect(paths).toEqual(Object.fromEntries(Object.entries(kept).map(([code, way]) => [code, way.split(' ')[0]])));
    const [before] = await app
      .get(DataSource)
      .query(`SELECT count(*)::int AS rows FROM unit_chain_as_is WHERE tto < ${NOW}`);
    expect(before.rows).toBeGreaterThan(5);
    await inTx(async (tx) => {
      const [change] = await tx.query<{ n: number }>(`SELECT max(n) AS n FROM unit_change`);
      await buildAsIs(tx, change!.n);
    });
    expect(await ways()).toEqual(kept);
    expect(await ways('path')).toEqual(paths);
  });
});
