import { printDay, Refused, type Day, type Warning } from '@lib/kernel';
import {
  UNIT_EVENT_NAMES,
  type EventPlan,
  type EventRequest,
  type EventWorld,
  type LaterEvent,
  type UnitEventRole,
} from './events.words.js';
import { outranks } from './levels.rules.js';
import { before, cut, cycle, joined, type Version, type VersionChange } from './versions.rules.js';

/** The tree as the event is making it: what was, and what has been changed so far. */
export class Draft {
  private readonly changed = new Map<number, readonly Version[]>();
  private readonly roles = new Map<string, { unit: number; role: UnitEventRole; founded: boolean }>();

  constructor(
    private readonly ask: EventRequest,
    private readonly world: EventWorld,
  ) {}

  /** @throws Refused `units.nothing_to_change`: a partial split that moves nobody. */
  plan(warnings: readonly Warning[]): EventPlan {
    if (this.changed.size === 0)
      throw new Refused('units.nothing_to_change', 'Sự kiện này không làm thay đổi đơn vị nào.', 'subUnits');
    return { changed: this.changed, roles: [...this.roles.values()], warnings };
  }

  role(unit: number, role: UnitEventRole, founded = false): void {
    this.roles.set(`${unit} ${role}`, { unit, role, founded });
  }

  nameOf(unit: number): string {
    return unit < 0 ? (this.ask.founded.find((one) => one.id === unit)?.name ?? '') : this.world.nameOf(unit);
  }

  of(unit: number): readonly Version[] {
    return this.changed.get(unit) ?? this.world.versions.get(unit) ?? [];
  }

  /** The unit's version on the event's day. */
  on(unit: number, day: Day = this.ask.from): Version | undefined {
    return this.of(unit).find((v) => !before(day, v.vfrom) && before(day, v.vto));
  }

  /** @throws Refused `units.event_before_another`, `units.already_ended`, `units.not_valid_then`. */
  checkAlive(unit: number, field: string): void {
    const { kind, from } = this.ask;
    const places = kind !== 'RENAME' && kind !== 'SUSPEND';
    const ends = kind === 'MERGE' || kind === 'SPLIT' || kind === 'DISSOLVE';
    const later = this.world.later.find(
      (one) =>
        one.unitId === unit &&
        (one.role === 'SUBJECT' ||
          one.role === 'PREDECESSOR' ||
          one.founded ||
          (one.role === 'MOVED' && places) ||
          (one.role === 'SUCCESSOR' && ends)),
    );
    if (later) throw this.beforeAnother(later, field);
    if (this.on(unit)) return;
    const ended = this.of(unit).every((v) => !before(from, v.vto));
    throw new Refused(
      ended ? 'units.already_ended' : 'units.not_valid_then',
      ended ? `${this.nameOf(unit)} đã chấm dứt trước ngày này.` : `${this.nameOf(unit)} chưa có vào ngày này.`,
      field,
    );
  }

  /** Whoever is to take something over may not end by an event that is already recorded. */
  checkTakesOver(unit: number, field: string): void {
    const ending = this.world.later.find((one) => one.unitId === unit && one.role === 'PREDECESSOR' && one.complete);
    if (ending) throw this.beforeAnother(ending, field);
  }

  /** Refuses where the same was changed from a later day on: the event would undo it without saying so. */
  checkNothingLater(unit: number, what: readonly (keyof VersionChange)[], field: string): void {
    const now = this.on(unit);
    const until = this.ask.until ?? 'infinity';
    const other = this.of(unit).find(
      (v) => before(this.ask.from, v.vfrom) && before(v.vfrom, until) && now && what.some((key) => v[key] !== now[key]),
    );
    if (other && !(this.ask.resumes && !other.suspended))
      throw new Refused(
        'units.event_before_another',
        `${this.nameOf(unit)} đã có thay đổi hiệu lực từ ngày ${printDay(other.vfrom)}, sau ngày này.`,
        field,
        'conflict',
      );
  }

  change(unit: number, until: Day | 'infinity', change: VersionChange, field: string): void {
    const now = this.on(unit);
    const versions = cut(this.of(unit), this.ask.from, until, change);
    if (!now || !versions) throw new Error('a unit that is not alive is changed');
    if ((Object.keys(change) as (keyof VersionChange)[]).every((key) => now[key] === change[key]))
      throw new Refused('units.nothing_to_change', `${this.nameOf(unit)} vốn đã như vậy.`, field);
    this.changed.set(unit, joined(versions));
  }

  /** The founded units, from the event's day on. */
  found(role: 'SUBJECT' | 'SUCCESSOR'): void {
    for (const { id, name, level, kind, parentId } of this.ask.founded) {
      const suspended = false;
      this.changed.set(id, [{ vfrom: this.ask.from, vto: 'infinity', parentId, level, kind, name, suspended }]);
      this.role(id, role, true);
    }
  }

  /** The unit's days from the event on are taken away; it must have had one before. */
  end(unit: number, field: string): void {
    const { from } = this.ask;
    const kept = this.of(unit).filter((v) => before(v.vfrom, from));
    if (kept.length === 0)
      throw new Refused('units.not_valid_then', `${this.nameOf(unit)} chỉ mới có từ ngày này.`, field);
    this.changed.set(
      unit,
      kept.map((v) => ({ ...v, vto: before(from, v.vto) ? from : v.vto })),
    );
  }

  /** Direct sub-units of the predecessors go where the event says, or to the heir. */
  moveSubUnits(predecessors: ReadonlySet<number>, heir: number | null): void {
    const below = new Set([...predecessors].flatMap((unit) => this.world.children.get(unit) ?? []));
    for (const [index, [unit, to]] of [...this.ask.subUnits].entries()) {
      const field = `subUnits[${index}]`;
      if (!below.has(unit) || predecessors.has(unit))
        throw new Refused(
          'units.not_a_sub_unit',
          `${this.nameOf(unit)} không phải cấp dưới trực tiếp của đơn vị trong sự kiện.`,
          `${field}.unit`,
        );
      if (predecessors.has(to) && this.ask.complete)
        throw new Refused('units.successor_not_valid', `${this.nameOf(to)} chấm dứt từ ngày này.`, `${field}.to`);
      if (to >= 0) this.checkTakesOver(to, `${field}.to`);
    }
    const staying: number[] = [];
    for (const unit of below) {
      if (predecessors.has(unit)) continue;
      const to = this.ask.subUnits.get(unit) ?? heir;
      if (to === null) staying.push(unit);
      else this.move(unit, predecessors, to);
    }
    if (this.ask.complete && staying.length > 0) throw this.withoutOutcome(staying);
  }

  private withoutOutcome(units: readonly number[]): Refused {
    const names = units.slice(0, 5).map((unit) => this.nameOf(unit));
    const rest = units.length > names.length ? ` và ${units.length - names.length} đơn vị khác` : '';
    return new Refused(
      'units.sub_unit_without_outcome',
      `Chưa nêu nơi chuyển đến của đơn vị cấp dưới: ${names.join('; ')}${rest}.`,
      'subUnits',
    );
  }

  private move(unit: number, predecessors: ReadonlySet<number>, to: number): void {
    const { from } = this.ask;
    const versions = this.of(unit).flatMap((v) => {
      if (v.parentId === null || !predecessors.has(v.parentId) || !before(from, v.vto)) return [v];
      return cut([v], from, 'infinity', { parentId: to }) ?? [];
    });
    this.changed.set(unit, joined(versions));
    this.role(unit, 'MOVED');
  }

  /** True when the unit lies below one of `tops`, or is one, on a day of the event or later. */
  climbs(unit: number, tops: ReadonlySet<number>): boolean {
    return this.walk(unit, this.ask.from, 'infinity', [], (at) => tops.has(at));
  }

  private walk(
    unit: number,
    from: Version['vfrom'],
    until: Version['vto'],
    walked: readonly number[],
    stops: (at: number, walked: readonly number[]) => boolean,
  ): boolean {
    if (stops(unit, walked)) return true;
    if (walked.includes(unit)) return false;
    return this.of(unit).some(
      (v) =>
        v.parentId !== null &&
        before(v.vfrom, until) &&
        before(from, v.vto) &&
        this.walk(
          v.parentId,
          before(v.vfrom, from) ? from : v.vfrom,
          before(v.vto, until) ? v.vto : until,
          [...walked, unit],
          stops,
        ),
    );
  }

  /** Every changed unit stands, on all its days from the event on, under a unit that lives and does not rank below it. */
  checkPlaces(): void {
    const { from } = this.ask;
    for (const [unit, versions] of this.changed) {
      if (this.walk(unit, from, 'infinity', [], (at, walked) => walked.includes(at))) throw cycle(this.fieldOf(unit));
      for (const v of versions) {
        if (v.parentId === null || !before(from, v.vto)) continue;
        const days = { from: before(v.vfrom, from) ? from : v.vfrom, until: v.vto };
        const uppers = this.cover(v.parentId, days.from, days.until);
        if (!uppers)
          throw new Refused(
            'units.parent_not_valid',
            `${this.nameOf(v.parentId)} không tồn tại trong suốt thời gian hiệu lực của ${this.nameOf(unit)}.`,
            this.fieldOf(unit),
          );
        if (uppers.some((upper) => outranks(v.level, upper.level)))
          throw new Refused(
            'units.level_above_parent',
            `${this.nameOf(unit)} có cấp cao hơn đơn vị cấp trên ${this.nameOf(v.parentId)}.`,
            this.fieldOf(unit),
          );
      }
      this.checkBelow(unit);
    }
  }

  /** The parent's versions of the days, when it lives on all of them. */
  private cover(parent: number, from: string, until: string): readonly Version[] | null {
    const parts = this.of(parent).filter((v) => before(from, v.vto) && before(v.vfrom, until));
    let at = from;
    for (const v of parts) {
      if (before(at, v.vfrom)) return null;
      at = v.vto;
    }
    return parts.length > 0 && !before(at, until) ? parts : null;
  }

  private checkBelow(unit: number): void {
    const level = this.ask.level;
    if (level === null || !this.ask.units.includes(unit)) return;
    for (const child of this.world.children.get(unit) ?? []) {
      const below = this.on(child);
      if (below?.parentId === unit && outranks(below.level, level))
        throw new Refused(
          'units.level_below_sub_unit',
          `Cấp mới thấp hơn cấp của ${this.nameOf(child)} trực thuộc.`,
          'level',
        );
    }
  }

  private fieldOf(unit: number): string {
    const founded = this.ask.founded.find((one) => one.id === unit);
    if (founded) return `${founded.field}.parent`;
    if (this.ask.parentId !== null) return 'parent';
    const index = [...this.ask.subUnits.keys()].indexOf(unit);
    if (index >= 0) return `subUnits[${index}].to`;
    return this.ask.level === null ? 'successors' : 'level';
  }

  private beforeAnother({ unitId, kind, from, decision }: LaterEvent, field: string): Refused {
    const by = decision === null ? '' : ` theo quyết định ${decision}`;
    return new Refused(
      'units.event_before_another',
      `${this.nameOf(unitId)} đã có sự kiện sau ngày này: ${UNIT_EVENT_NAMES[kind]}${by}, hiệu lực từ ${printDay(from)}.`,
      field,
      'conflict',
    );
  }
}
