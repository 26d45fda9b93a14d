import { Injectable } from '@nestjs/common';
import { fold, Refused, type Classification, type Day } from '@lib/kernel';
import { Clock, Jobs, type Queryable, type Tx } from '@lib/platform';
import { refreshAsIs } from './as-is.sql.js';
import { makesCycle, NOW, refreshChains } from './chains.sql.js';
import { refreshInherited } from './inherited.sql.js';
import { cycle, type Version } from './versions.rules.js';

/** New versions of a unit, all of them; none where a counter-event takes back its founding. */
export interface TreeChange {
  readonly unitId: number;
  readonly versions: readonly Version[];
  readonly what: string;
  readonly fromDay: Day | '-infinity';
}

/** Numbers of the changes of the tree that were written together. */
export interface WrittenChanges {
  readonly first: number;
  readonly last: number;
}

/** Units that would stand nowhere on some of their days. */
export class LeftWithoutParent extends Refused {
  constructor(readonly unitIds: readonly number[]) {
    super(
      'units.parent_not_valid',
      'Đơn vị cấp trên không tồn tại trong suốt thời gian hiệu lực của đơn vị cấp dưới.',
      'parent',
    );
  }
}

/** The only writer of the tree: versions under numbered changes, and the chains that follow from them. */
@Injectable()
export class TreeWriter {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /** Two changes of the tree at once could each be right and together a cycle. */
  async lock(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('units.tree'))`);
  }

  /** Versions that hold by today's knowledge, oldest first; a unit without any is missing. */
  async versionsOf(q: Queryable, unitIds: readonly number[]): Promise<Map<number, Version[]>> {
    return versionMap(q, `tto = ${NOW}`, unitIds, []);
  }

  /** Versions as they were known before change `n`. */
  async versionsBefore(q: Queryable, unitIds: readonly number[], n: number): Promise<Map<number, Version[]>> {
    return versionMap(q, `tfrom < $2 AND tto >= $2`, unitIds, [n]);
  }

  /**
   * A row for the unit; its versions follow with {@link store}. A code whose founding was taken back may be founded again:
   * it means the same unit.
   * @throws Refused `units.code_taken`.
   */
  async found(tx: Tx, code: string, classification: Classification, born: Day | '-infinity', field: string) {
    const [known] = await tx.query<{ id: number; lives: boolean }>(
      `SELECT u.id, EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = u.id AND v.tto = ${NOW}) AS lives FROM unit u WHERE u.code = $1`,
      [code],
    );
    if (known?.lives) throw new Refused('units.code_taken', `Mã đơn vị ${code} đã được dùng.`, field, 'conflict');
    const [unit] = known
      ? await tx.query<{ id: number }>(
          `UPDATE unit SET classification = $2, born = $3, ended = 'infinity' WHERE id = $1 RETURNING id`,
          [known.id, classification, born],
        )
      : await tx.query<{ id: number }>(
          `INSERT INTO unit (code, classification, born, ended, recorded_on) VALUES ($1, $2, $3, 'infinity', $4) RETURNING id`,
          [code, classification, born, this.clock.today()],
        );
    if (!unit) throw new Error('no unit id');
    return unit.id;
  }

  /** {@link write}, and the ways up by today's organisation, where no event row is still to come. */
  async store(tx: Tx, changes: readonly TreeChange[]): Promise<WrittenChanges> {
    const written = await this.write(tx, changes);
    const ids = changes.map((change) => change.unitId);
    const founding = changes.every((change) => change.what === 'FOUND');
    await this.settle(tx, ids, written, founding);
    return written;
  }

  /** What follows from versions and events together: today's ways up, and who reads whose history. */
  async settle(tx: Tx, unitIds: readonly number[], { last }: WrittenChanges, founding = false): Promise<void> {
    await refreshAsIs(tx, unitIds, last);
    if (!founding) await refreshInherited(tx, unitIds, this.clock.today());
  }

  /**
   * Writes the versions, one numbered change a unit, and brings the chains of all subtrees up to date once. The caller
   * holds the {@link lock}, and names each unit once.
   * @throws Refused `units.cycle`, `units.parent_not_valid` ({@link LeftWithoutParent}).
   */
  async write(tx: Tx, changes: readonly TreeChange[]): Promise<WrittenChanges> {
    const ids = changes.map((change) => change.unitId);
    const written = await tx.query<{ n: number; unitId: number }>(
      `INSERT INTO unit_change (unit_id, what, from_day, recorded_on)
       SELECT given.unit_id, given.what, given.from_day, $4
         FROM unnest($1::int[], $2::text[], $3::date[]) WITH ORDINALITY AS given (unit_id, what, from_day, place) ORDER BY place
       RETURNING n, unit_id AS "unitId"`,
      [ids, changes.map((c) => c.what), changes.map((c) => c.fromDay), this.clock.today()],
    );
    const numbers = new Map(written.map((row) => [row.unitId, row.n]));
    const [first, last] = [Math.min(...numbers.values()), Math.max(...numbers.values())];
    await tx.query(
      `UPDATE unit_version v SET tto = c.n FROM unnest($1::int[], $2::int[]) AS c (unit_id, n) WHERE v.unit_id = c.unit_id AND v.tto = ${NOW}`,
      [ids, ids.map((id) => numbers.get(id))],
    );
    const rows = changes.flatMap(({ unitId, versions }) =>
      versions.map((v) => ({ ...v, unitId, folded: fold(v.name), n: numbers.get(unitId) })),
    );
    await tx.query(
      `INSERT INTO unit_version (unit_id, parent_id, level, kind, name, name_folded, suspended, vfrom, vto, tfrom)
       SELECT * FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::date[], $9::date[], $10::int[])`,
      (['unitId', 'parentId', 'level', 'kind', 'name', 'folded', 'suspended', 'vfrom', 'vto', 'n'] as const).map(
        (key) => rows.map((row) => row[key]),
      ),
    );
    // A unit without versions keeps the days it had: no place, no list and no scope knows it any more.
    await tx.query(
      `UPDATE unit u SET born = s.born, ended = s.ended
         FROM (SELECT unit_id, min(vfrom) AS born, max(vto) AS ended FROM unit_version WHERE unit_id = ANY($1) AND tto = ${NOW} GROUP BY unit_id) s
        WHERE u.id = s.unit_id`,
      [ids],
    );
    if (await makesCycle(tx, ids)) throw cycle();
    const orphans = await refreshChains(tx, ids, last);
    if (orphans.length > 0) throw new LeftWithoutParent(orphans);
    tx.afterCommit(() => this.jobs.wake('figures.apply'));
    return { first, last };
  }
}

async function versionMap(
  q: Queryable,
  known: string,
  unitIds: readonly number[],
  params: readonly unknown[],
): Promise<Map<number, Version[]>> {
  const rows = await q.query<Version & { unitId: number }>(
    `SELECT unit_id AS "unitId", vfrom, vto, parent_id AS "parentId", level, kind, name, suspended
       FROM unit_version WHERE unit_id = ANY($1) AND ${known} ORDER BY vfrom`,
    [[...new Set(unitIds)], ...params],
  );
  const found = new Map<number, Version[]>();
  for (const { unitId, ...version } of rows) found.set(unitId, [...(found.get(unitId) ?? []), version]);
  return found;
}
