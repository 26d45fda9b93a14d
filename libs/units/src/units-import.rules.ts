import type { Day, Level } from '@lib/kernel';
import { textOf, type ParsedRow, type RowChange, type RowProblem, type RowVerdict } from '@lib/spreadsheets';
import { outranks } from './levels.rules.js';
import { before } from './versions.rules.js';

/** A unit on record that a line names, or names as its parent. */
export interface KnownUnit {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly kind: string | null;
  readonly parentId: number | null;
  readonly born: Day | '-infinity';
  /** First day after its validity. */
  readonly ended: Day | 'infinity';
}

/** A line of the list; `parent` as written, null where the unit of the import is meant. */
export interface ListedUnit {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly kind: string | null;
  readonly parent: string | null;
  readonly from: Day | null;
}

/** By id where the parent is on record, by code where the list founds it. */
export type PlannedParent = { readonly id: number } | { readonly code: string } | null;
export type UnitPlan =
  | { readonly act: 'found'; readonly from: Day | '-infinity'; readonly parent: PlannedParent }
  | {
      readonly act: 'change';
      readonly id: number;
      readonly from: Day;
      readonly name: boolean;
      readonly kind: boolean;
      readonly parent: PlannedParent | 'same';
    };

/** What is known outside of the file. */
export interface UnitsOnRecord {
  /** Units of the scope that exist, by code. */
  readonly byCode: ReadonlyMap<string, KnownUnit>;
  /** Texts of the parent column that mean a unit on record, and what else they mean. */
  readonly parents: ReadonlyMap<string, KnownUnit | 'unknown' | 'ambiguous'>;
  /** Codes that stand for units outside of the scope. */
  readonly taken: ReadonlySet<string>;
  /** Unit → the next above it today, for all units on the way up from those above. */
  readonly above: ReadonlyMap<number, number>;
  /** The unit that the import is made for. */
  readonly root: KnownUnit | null;
  /** The operator may found a root. */
  readonly everywhere: boolean;
}

export function listedUnit({ row, values }: ParsedRow): ListedUnit {
  return {
    row,
    code: (textOf(values['code']) ?? '').toUpperCase(),
    name: textOf(values['name']) ?? '',
    level: (textOf(values['level']) ?? 'UNKNOWN') as Level,
    kind: textOf(values['kind']),
    parent: textOf(values['parent']),
    from: textOf(values['from']),
  };
}

const CODE = /^[A-Z0-9][A-Z0-9-]{1,39}$/;

/** All lines together: a parent may come later in the same file, and what hangs on a wrong line is wrong, too. */
export function judgeUnits(units: readonly ListedUnit[], known: UnitsOnRecord): RowVerdict[] {
  const byCode = new Map<string, ListedUnit>();
  for (const unit of units) if (!byCode.has(unit.code)) byCode.set(unit.code, unit);
  const judge = new Judge(byCode, known);
  return units.map((unit) => judge.verdict(unit));
}

class Judge {
  private readonly told = new Map<string, RowVerdict>();
  private readonly begun = new Set<string>();

  constructor(
    private readonly listed: ReadonlyMap<string, ListedUnit>,
    private readonly known: UnitsOnRecord,
  ) {}

  verdict(unit: ListedUnit): RowVerdict {
    // Named twice in the file: told as a duplicate by the key.
    if (this.listed.get(unit.code) !== unit) return { row: unit.row, verdict: 'NEW', keys: [unit.code] };
    const before = this.told.get(unit.code);
    if (before) return before;
    if (this.begun.has(unit.code)) return wrong(unit, 'parent', 'cycle', CYCLE);
    this.begun.add(unit.code);
    const now = this.judge(unit);
    this.told.set(unit.code, now);
    return now;
  }

  private judge(unit: ListedUnit): RowVerdict {
    if (!CODE.test(unit.code))
      return wrong(unit, 'code', 'code_format', 'Mã gồm 2–40 chữ cái không dấu, chữ số và dấu gạch nối: CDCS-01.');
    if (this.known.taken.has(unit.code)) return wrong(unit, 'code', 'code_taken', `Mã ${unit.code} đã được dùng.`);
    const existing = this.known.byCode.get(unit.code);
    if (existing && unit.parent === null) return this.change(unit, existing, 'same');
    const parent = this.parentOf(unit, existing ?? null);
    if ('problem' in parent) return parent.problem;
    return existing ? this.change(unit, existing, parent) : this.found(unit, parent);
  }

  private found(unit: ListedUnit, parent: Parent): RowVerdict {
    const from = unit.from ?? parent.born;
    if (before(from, parent.born) || !before(from, parent.ended))
      return wrong(
        unit,
        'from',
        'parent_not_valid',
        `Ngày ${unit.from ?? 'này'} đơn vị cấp trên chưa có hoặc đã kết thúc.`,
      );
    const plan: UnitPlan = { act: 'found', from, parent: parent.planned };
    return { row: unit.row, verdict: 'NEW', keys: [unit.code], plan };
  }

  private change(unit: ListedUnit, existing: KnownUnit, parent: Parent | 'same'): RowVerdict {
    if (unit.level !== existing.level)
      return wrong(unit, 'level', 'level_differs', 'Đơn vị đã có ở cấp khác: nâng cấp, hạ cấp bằng sự kiện tổ chức.');
    const planned = parent === 'same' ? null : parent.planned;
    const moves =
      parent !== 'same' &&
      (planned === null ? existing.parentId !== null : !('id' in planned) || planned.id !== existing.parentId);
    const renames = unit.name !== existing.name;
    const rekinds = unit.kind !== null && unit.kind !== existing.kind;
    const keys = [unit.code];
    if (!moves && !renames && !rekinds) return { row: unit.row, verdict: 'UNCHANGED', keys };
    if (unit.from === null)
      return wrong(unit, 'from', 'from_required', 'Đơn vị đã có: hãy ghi ngày mà thay đổi bắt đầu có hiệu lực.');
    if (before(unit.from, existing.born) || !before(unit.from, existing.ended))
      return wrong(unit, 'from', 'not_valid_then', 'Đơn vị không tồn tại vào ngày này.');
    if (parent !== 'same' && moves && before(unit.from, parent.born))
      return wrong(unit, 'from', 'parent_not_valid', 'Ngày này đơn vị cấp trên chưa có.');
    if (moves && planned && 'id' in planned && this.standsBelow(planned.id, existing.id))
      return wrong(unit, 'parent', 'cycle', CYCLE);
    const changes: RowChange[] = [
      ...(renames ? [{ column: 'name', before: existing.name }] : []),
      ...(rekinds ? [{ column: 'kind', before: existing.kind }] : []),
      ...(moves ? [{ column: 'parent', before: this.codeOf(existing.parentId) }] : []),
    ];
    const plan: UnitPlan = {
      act: 'change',
      id: existing.id,
      from: unit.from,
      name: renames,
      kind: rekinds,
      parent: moves ? planned : 'same',
    };
    return { row: unit.row, verdict: 'CHANGED', keys, changes, plan };
  }

  private parentOf(unit: ListedUnit, existing: KnownUnit | null): Parent | { problem: RowVerdict } {
    const problem = (code: string, message: string) => ({ problem: wrong(unit, 'parent', code, message) });
    const { root, everywhere, parents } = this.known;
    if (unit.parent === null) {
      if (root) return onRecord(root);
      return everywhere
        ? { planned: null, born: '-infinity', ended: 'infinity' }
        : problem('parent_required', 'Ghi mã đơn vị cấp trên trực tiếp.');
    }
    const code = unit.parent.toUpperCase();
    if (code === unit.code) return problem('cycle', CYCLE);
    const inFile = this.listed.get(code);
    const found = parents.get(unit.parent) ?? 'unknown';
    if (typeof found === 'object') {
      if (outranks(unit.level, found.level))
        return problem('level_above_parent', 'Cấp của đơn vị cao hơn đơn vị cấp trên.');
      if (inFile && this.loops(unit, inFile)) return problem('cycle', CYCLE);
      return onRecord(found);
    }
    if (found === 'ambiguous') return problem('parent_ambiguous', `Có nhiều đơn vị tên “${unit.parent}”: hãy ghi mã.`);
    if (!inFile)
      return problem(
        'parent_unknown',
        `Không có đơn vị “${unit.parent}” trong tệp hoặc trong phạm vi của lần nhập này.`,
      );
    const above = this.verdict(inFile);
    if (above.verdict === 'WRONG' || !isFounding(above.plan))
      return problem('parent_wrong', `Đơn vị cấp trên ở dòng ${inFile.row} chưa đúng.`);
    if (outranks(unit.level, inFile.level))
      return problem('level_above_parent', 'Cấp của đơn vị cao hơn đơn vị cấp trên.');
    if (existing && this.loops(unit, inFile)) return problem('cycle', CYCLE);
    return { planned: { code }, born: above.plan.from, ended: 'infinity' };
  }

  /** Going up from `above`, by the file first, one comes back to `unit`. */
  private loops(unit: ListedUnit, above: ListedUnit): boolean {
    const seen = new Set<string>();
    let at: ListedUnit | undefined = above;
    while (at && !seen.has(at.code)) {
      if (at.code === unit.code) return true;
      seen.add(at.code);
      at = at.parent === null ? undefined : this.listed.get(at.parent.toUpperCase());
    }
    return false;
  }

  private standsBelow(id: number, ancestor: number): boolean {
    let at: number | undefined = id;
    for (let steps = 0; at !== undefined && steps < 50; steps += 1) {
      if (at === ancestor) return true;
      at = this.known.above.get(at);
    }
    return false;
  }

  private codeOf(id: number | null): string | null {
    for (const unit of this.known.parents.values()) if (typeof unit === 'object' && unit.id === id) return unit.code;
    for (const unit of this.known.byCode.values()) if (unit.id === id) return unit.code;
    return this.known.root?.id === id ? (this.known.root?.code ?? null) : null;
  }
}

interface Parent {
  readonly planned: PlannedParent;
  readonly born: Day | '-infinity';
  readonly ended: Day | 'infinity';
}

const CYCLE = 'Đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.';

function onRecord({ id, born, ended }: KnownUnit): Parent {
  return { planned: { id }, born, ended };
}

function isFounding(plan: unknown): plan is Extract<UnitPlan, { act: 'found' }> {
  return typeof plan === 'object' && plan !== null && 'act' in plan && plan.act === 'found';
}

function wrong({ row }: ListedUnit, column: string, code: string, message: string): RowVerdict {
  const problem: RowProblem = { column, code: `units.${code}`, message };
  return { row, verdict: 'WRONG', problems: [problem] };
}
