import { Injectable } from '@nestjs/common';
import { Refused, type Actor } from '@lib/kernel';
import { audit, Clock, type Tx } from '@lib/platform';
import { ImportEffects, type ImportEffect } from '@lib/spreadsheets';
import { NOW } from './chains.sql.js';
import { TreeWriter, type TreeChange } from './tree-writer.js';

/** Rows of these tables are the unit itself. */
const OWN = ['unit_version', 'unit_change', 'unit_chain', 'unit_path', 'unit_chain_as_is', 'unit_path_as_is'];
const CALLED: Readonly<Record<string, string>> = {
  account_grant: 'quyền của tài khoản',
  award_batch: 'đợt khen thưởng',
  award_line: 'dòng khen thưởng',
  import: 'lần nhập từ tệp',
  membership: 'đoàn viên',
  office: 'văn phòng, ban',
  person: 'đoàn viên',
  unit_event_unit: 'sự kiện tổ chức',
  unit_strength: 'số liệu đoàn viên, lao động',
};

interface Blocked {
  readonly row: number;
  readonly code: string;
  readonly what: string;
}

/** Takes a list of units back: by a further change of the tree, so that what was known before stays told. */
@Injectable()
export class UnitsImportUndo {
  constructor(
    private readonly clock: Clock,
    private readonly effects: ImportEffects,
    private readonly writer: TreeWriter,
  ) {}

  /** @throws Refused `units.import_built_on` naming lines, units and what stands on them */
  async undo(tx: Tx, actor: Actor, importId: number): Promise<void> {
    await this.writer.lock(tx);
    const effects = (await this.effects.of(tx, importId)).filter(({ what }) => what === 'unit');
    const blocked = [...(await this.changedSince(tx, importId)), ...(await this.standsOn(tx, importId))];
    if (blocked.length > 0) throw refusal(blocked);
    await this.writer.store(tx, await this.before(tx, effects));
    // A changed unit is again as the import before this one left it, under a new number.
    await tx.query(
      `UPDATE import_effect earlier SET version = (SELECT max(c.n) FROM unit_change c WHERE c.unit_id = earlier.record_id)
         FROM import_effect mine
        WHERE mine.import_id = $1 AND mine.what = 'unit' AND mine.act = 'CHANGED' AND earlier.what = 'unit' AND earlier.import_id <> $1
          AND earlier.record_id = mine.record_id
          AND earlier.version = (SELECT max(c.n) FROM unit_change c WHERE c.unit_id = mine.record_id AND c.n < mine.version)`,
      [importId],
    );
    await audit(tx, this.clock.now(), actor, 'units.import_undone', `import:${importId}`, { units: effects.length });
  }

  /** All changes of an import were numbered together, each unit once: what held before the first is what held before each. */
  private async before(tx: Tx, effects: readonly ImportEffect[]): Promise<TreeChange[]> {
    const first = Math.min(...effects.map(({ version }) => version ?? 0));
    const changed = effects.filter(({ act }) => act === 'CHANGED').map(({ recordId }) => recordId);
    const known = await this.writer.versionsBefore(tx, changed, first);
    return effects.map(({ recordId }) => {
      const versions = known.get(recordId) ?? [];
      return { unitId: recordId, versions, what: 'IMPORT_UNDONE', fromDay: versions[0]?.vfrom ?? '-infinity' };
    });
  }

  private changedSince(tx: Tx, importId: number): Promise<Blocked[]> {
    return tx.query<Blocked>(
      `SELECT e.row, u.code, 'đơn vị đã thay đổi sau đó' AS what FROM import_effect e JOIN unit u ON u.id = e.record_id
        WHERE e.import_id = $1 AND e.what = 'unit' AND EXISTS (SELECT 1 FROM unit_change c WHERE c.unit_id = u.id AND c.n > e.version)
        ORDER BY e.row LIMIT 20`,
      [importId],
    );
  }

  /** Units below those that would go, and rows of any table that name them. */
  private async standsOn(tx: Tx, importId: number): Promise<Blocked[]> {
    const added = `SELECT e.row, e.record_id AS id, u.code FROM import_effect e JOIN unit u ON u.id = e.record_id
                    WHERE e.import_id = $1 AND e.what = 'unit' AND e.act = 'INSERTED'`;
    const below = await tx.query<Blocked>(
      `WITH added AS (${added}) SELECT DISTINCT a.row, a.code, 'có đơn vị cấp dưới' AS what FROM added a
         JOIN unit_version v ON v.parent_id = a.id AND v.tto = ${NOW}
        WHERE NOT EXISTS (SELECT 1 FROM added own WHERE own.id = v.unit_id) ORDER BY a.row LIMIT 20`,
      [importId],
    );
    const tables = await tx.query<{ table: string; column: string }>(
      `SELECT c.conrelid::regclass::text AS table, a.attname AS column FROM pg_constraint c
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'unit'::regclass AND c.conparentid = 0 AND NOT c.conrelid::regclass::text = ANY($1) ORDER BY 1, 2`,
      [OWN],
    );
    const named = await tx.query<Blocked>(
      `WITH added AS MATERIALIZED (${added}) ${tables
        .map(
          ({ table, column }) =>
            `(SELECT DISTINCT a.row, a.code, '${table}' AS what FROM added a JOIN ${table} t ON t.${column} = a.id LIMIT 20)`,
        )
        .join(' UNION ')} ORDER BY 1 LIMIT 20`,
      [importId],
    );
    return [...below, ...named.map((one) => ({ ...one, what: `có ${CALLED[one.what] ?? 'hồ sơ khác'}` }))];
  }
}

function refusal(blocked: readonly Blocked[]): Refused {
  const shown = blocked.slice(0, 5).map(({ row, code, what }) => `dòng ${row} (${code}): ${what}`);
  const more = blocked.length > shown.length ? '; và những dòng khác' : '';
  return new Refused(
    'units.import_built_on',
    `Không hoàn tác được, vì công việc sau đó dựa vào lần nhập này: ${shown.join('; ')}${more}.`,
    null,
    'conflict',
  );
}
