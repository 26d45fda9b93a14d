import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LEVEL_NAMES, Refused, scopeOf, UNIT_LEVELS, type Actor, type Permission } from '@lib/kernel';
import { Clock, type Queryable, type Tx } from '@lib/platform';
import {
  ImportEffects,
  ImportKinds,
  type CheckedRow,
  type ColumnSpec,
  type ImportKind,
  type ImportQuestion,
  type ParsedRow,
  type RowVerdict,
} from '@lib/spreadsheets';
import { NOW } from './chains.sql.js';
import { TreeWriter, type TreeChange } from './tree-writer.js';
import { UnitLists } from './unit-lists.queries.js';
import { UnitTree } from './unit-tree.js';
import { UnitsImportUndo } from './units-import-undo.service.js';
import {
  judgeUnits,
  listedUnit,
  type KnownUnit,
  type ListedUnit,
  type PlannedParent,
  type UnitPlan,
} from './units-import.rules.js';
import { cut, type VersionChange } from './versions.rules.js';

/** The list of units below a unit: new ones, and new names, kinds and parents of those on record. */
@Injectable()
export class UnitsImport implements ImportKind, OnModuleInit {
  readonly kind = 'units';
  readonly title = 'Đơn vị';
  readonly permission: Permission = 'unit.change';
  readonly params = [];
  readonly maxRows = 20_000;
  readonly wholeFile = true;
  readonly duplicate = { column: 'code', advice: 'Mỗi mã đơn vị chỉ một dòng.' };

  constructor(
    private readonly clock: Clock,
    private readonly kinds: ImportKinds,
    private readonly effects: ImportEffects,
    private readonly tree: UnitTree,
    private readonly lists: UnitLists,
    private readonly writer: TreeWriter,
    private readonly undoing: UnitsImportUndo,
  ) {}

  onModuleInit(): void {
    this.kinds.register(this);
  }

  async columns(q: Queryable, actor: Actor, { importId }: ImportQuestion): Promise<ColumnSpec[]> {
    const choices = importId === 0 ? await this.lists.choices(q, scopeOf(actor, this.permission)) : [];
    return unitColumns(choices);
  }

  async check(
    q: Queryable,
    actor: Actor,
    { unitId }: ImportQuestion,
    rows: readonly ParsedRow[],
  ): Promise<RowVerdict[]> {
    const units = rows.map(listedUnit);
    const scope = scopeOf(actor, this.permission);
    const codes = units.map(({ code }) => code);
    const own = await this.tree.idsOf(q, codes, scope);
    const parentTexts = units.flatMap(({ parent }) => parent ?? []);
    const named = await this.lists.named(q, parentTexts, scope);
    const ids = [...own.values(), ...[...named.values()].flatMap((one) => (typeof one === 'object' ? one.id : []))];
    const known = await this.known(q, unitId === null ? ids : [...ids, unitId]);
    const parents = new Map<string, KnownUnit | 'unknown' | 'ambiguous'>();
    for (const [text, one] of named)
      parents.set(text, typeof one === 'object' ? (known.get(one.id) ?? 'unknown') : one);
    const byCode = new Map(
      [...own].flatMap(([code, id]) => (known.has(id) ? [[code, known.get(id) as KnownUnit]] : [])),
    );
    return judgeUnits(units, {
      byCode,
      parents,
      taken: await this.taken(q, codes, byCode),
      above: await this.above(q, [...known.keys()]),
      root: (unitId === null ? undefined : known.get(unitId)) ?? null,
      everywhere: actor.everywhere,
    });
  }

  async begin(tx: Tx): Promise<void> {
    await this.writer.lock(tx);
  }

  async write(tx: Tx, _actor: Actor, { importId }: ImportQuestion, rows: readonly CheckedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const planned = rows.map((row) => ({ unit: listedUnit(row), plan: row.plan as UnitPlan, row: row.row }));
    const founded = await this.found(tx, planned);
    const changes = [...this.foundings(planned, founded), ...(await this.changes(tx, planned, founded))];
    const written = await this.writer.store(tx, changes);
    const numbers = await tx.query<{ id: number; n: number }>(
      `SELECT unit_id AS id, max(n) AS n FROM unit_change WHERE n BETWEEN $1 AND $2 GROUP BY unit_id`,
      [written.first, written.last],
    );
    const numberOf = new Map(numbers.map(({ id, n }) => [id, n]));
    await this.effects.add(
      tx,
      importId,
      planned.map(({ unit, plan, row }) => {
        const recordId = plan.act === 'change' ? plan.id : (founded.get(unit.code) ?? 0);
        const version = numberOf.get(recordId) ?? null;
        const act = plan.act === 'change' ? 'CHANGED' : 'INSERTED';
        return { row, what: 'unit', recordId, act, before: null, version, fingerprint: null };
      }),
    );
  }

  undo(tx: Tx, actor: Actor, { importId }: ImportQuestion): Promise<void> {
    return this.undoing.undo(tx, actor, importId);
  }

  /** Rows for the new units; a code whose unit was taken back means that unit again. Code → id. */
  private async found(tx: Tx, planned: readonly { unit: ListedUnit; plan: UnitPlan }[]): Promise<Map<string, number>> {
    const given = planned.flatMap(({ unit, plan }) =>
      plan.act === 'found' ? [{ code: unit.code, from: plan.from }] : [],
    );
    const rows = await tx.query<{ id: number; code: string }>(
      `INSERT INTO unit (code, classification, born, ended, recorded_on)
       SELECT g.code, 'INTERNAL', g."from", 'infinity', $2 FROM jsonb_to_recordset($1::jsonb) AS g (code text, "from" date)
           ON CONFLICT (code) DO UPDATE SET born = EXCLUDED.born, ended = EXCLUDED.ended
        WHERE NOT EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = unit.id AND v.tto = ${NOW})
       RETURNING id, code`,
      [JSON.stringify(given), this.clock.today()],
    );
    if (rows.length < given.length)
      throw new Refused('units.code_taken', 'Một mã đơn vị trong tệp vừa được người khác dùng.', 'code', 'conflict');
    return new Map(rows.map(({ id, code }) => [code, id]));
  }

  private foundings(
    planned: readonly { unit: ListedUnit; plan: UnitPlan }[],
    founded: ReadonlyMap<string, number>,
  ): TreeChange[] {
    return planned.flatMap(({ unit, plan }) => {
      const unitId = founded.get(unit.code);
      if (plan.act !== 'found' || unitId === undefined) return [];
      const { name, level, kind } = unit;
      const parentId = idOf(plan.parent, founded);
      const version = { vfrom: plan.from, vto: 'infinity', parentId, level, kind, name, suspended: false };
      return [{ unitId, versions: [version], what: 'FOUND', fromDay: plan.from }];
    });
  }

  private async changes(
    tx: Tx,
    planned: readonly { unit: ListedUnit; plan: UnitPlan; row: number }[],
    founded: ReadonlyMap<string, number>,
  ): Promise<TreeChange[]> {
    const changed = planned.flatMap(({ unit, plan, row }) => (plan.act === 'change' ? [{ unit, plan, row }] : []));
    const versions = await this.writer.versionsOf(
      tx,
      changed.map(({ plan }) => plan.id),
    );
    return changed.map(({ unit, plan, row }) => {
      const change: VersionChange = {
        ...(plan.name ? { name: unit.name } : {}),
        ...(plan.kind ? { kind: unit.kind } : {}),
        ...(plan.parent === 'same' ? {} : { parentId: idOf(plan.parent, founded) }),
      };
      const after = cut(versions.get(plan.id) ?? [], plan.from, 'infinity', change);
      if (!after) throw new Refused('units.not_valid_then', `Dòng ${row}: đơn vị không tồn tại vào ngày này.`, 'from');
      return { unitId: plan.id, versions: after, what: 'CHANGE', fromDay: plan.from };
    });
  }

  /** The units as they stand today, or on their last or first day. */
  private async known(q: Queryable, ids: readonly number[]): Promise<Map<number, KnownUnit>> {
    const rows = await q.query<KnownUnit>(
      `SELECT u.id, u.code, v.name, v.level, v.kind, v.parent_id AS "parentId", u.born, u.ended FROM unit u
         JOIN unit_version v ON v.unit_id = u.id AND v.tto = ${NOW}
          AND v.vfrom <= least(greatest($2::date, u.born), u.ended - 1) AND v.vto > least(greatest($2::date, u.born), u.ended - 1)
        WHERE u.id = ANY($1)`,
      [ids, this.clock.today()],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Codes that stand for units which the actor may not change. */
  private async taken(q: Queryable, codes: readonly string[], own: ReadonlyMap<string, unknown>): Promise<Set<string>> {
    const rows = await q.query<{ code: string }>(
      `SELECT u.code FROM unit u WHERE u.code = ANY($1) AND EXISTS (SELECT 1 FROM unit_version v WHERE v.unit_id = u.id AND v.tto = ${NOW})`,
      [codes],
    );
    return new Set(rows.map(({ code }) => code).filter((code) => !own.has(code)));
  }

  private async above(q: Queryable, ids: readonly number[]): Promise<Map<number, number>> {
    const above = new Map<number, number>();
    for (const { chain } of (await this.tree.onDay(q, ids, this.clock.today())).values())
      chain.forEach((id, place) => {
        const next = chain[place + 1];
        if (next !== undefined) above.set(id, next);
      });
    return above;
  }
}

function idOf(parent: PlannedParent, founded: ReadonlyMap<string, number>): number | null {
  if (parent === null) return null;
  if ('id' in parent) return parent.id;
  const id = founded.get(parent.code);
  if (id === undefined)
    throw new Refused('units.parent_left_out', 'Đơn vị cấp trên trong tệp không được nhập.', 'parent', 'conflict');
  return id;
}

/** Columns of the list; `units` are offered by the template as parents. */
export function unitColumns(units: readonly { value: string; label: string }[]): ColumnSpec[] {
  return [
    {
      name: 'code',
      header: 'Mã đơn vị',
      synonyms: ['Mã', 'Mã CĐCS', 'Mã công đoàn'],
      required: true,
      type: 'CODE',
      longest: 40,
      example: 'CDCS-MINH-HOA',
      explanation: '2–40 chữ cái không dấu, chữ số và dấu gạch nối. Mã đã có: dòng này sửa đơn vị đó.',
    },
    {
      name: 'name',
      header: 'Tên đơn vị',
      synonyms: ['Tên', 'Tên công đoàn', 'Tên CĐCS', 'Đơn vị'],
      required: true,
      type: 'TEXT',
      example: 'Công đoàn cơ sở (Đơn vị minh hoạ)',
      explanation: 'Tên đầy đủ.',
    },
    {
      name: 'level',
      header: 'Cấp',
      synonyms: ['Cấp công đoàn', 'Cấp đơn vị', 'Loại cấp'],
      required: true,
      type: 'CHOICE',
      choices: UNIT_LEVELS.map((level) => ({ value: level, label: LEVEL_NAMES[level] })),
      example: LEVEL_NAMES.GRASSROOTS_UNION,
      explanation: 'Cấp không đổi được từ tệp: nâng cấp, hạ cấp là sự kiện tổ chức.',
    },
    {
      name: 'parent',
      header: 'Mã đơn vị cấp trên',
      synonyms: ['Cấp trên', 'Đơn vị cấp trên', 'Trực thuộc', 'Cấp trên trực tiếp', 'Đơn vị quản lý'],
      required: false,
      type: 'CODE',
      choices: units,
      example: '',
      explanation:
        'Mã hoặc tên; có thể là đơn vị ở dòng khác của tệp. Để trống: đơn vị mới trực thuộc đơn vị đã chọn khi gửi tệp, đơn vị đã có giữ cấp trên.',
    },
    {
      name: 'kind',
      header: 'Loại hình',
      synonyms: ['Loại hình đơn vị', 'Loại'],
      required: false,
      type: 'TEXT',
      longest: 100,
      example: 'Cơ quan',
      explanation: 'Cơ quan, đơn vị sự nghiệp, doanh nghiệp… Để trống: giữ như đã ghi.',
    },
    {
      name: 'from',
      header: 'Hiệu lực từ',
      synonyms: ['Ngày thành lập', 'Có hiệu lực từ', 'Từ ngày', 'Ngày hiệu lực'],
      required: false,
      type: 'DAY',
      example: '1/7/2025',
      explanation: 'Đơn vị mới: ngày thành lập; để trống: từ khi có đơn vị cấp trên. Thay đổi: ngày bắt đầu, phải ghi.',
    },
  ];
}
