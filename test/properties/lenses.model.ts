import type { Day } from '@lib/kernel';
import type { Lens } from '@lib/units';

interface Fact {
  readonly unit: string;
  readonly giver: string;
  readonly day: Day;
  readonly count: number;
}

/** Where a unit stands from a day on; null: it has ended. */
interface Step {
  readonly from: Day;
  readonly parent: string | null;
  readonly ended: boolean;
}

/** A tree that changes, and what was given in it: nothing but steps and heirs, followed one by one. */
export class Past {
  facts: Fact[] = [];
  private steps = new Map<string, Step[]>();
  private heirs = new Map<string, string>();

  constructor(public today: Day) {}

  copy(): Past {
    const copy = new Past(this.today);
    copy.facts = [...this.facts];
    copy.treeOf(this);
    return copy;
  }

  /** The tree of another past, with one's own facts. */
  treeOf(other: Past): void {
    this.steps = new Map([...other.steps].map(([unit, steps]) => [unit, [...steps]]));
    this.heirs = new Map(other.heirs);
  }

  place(unit: string, parent: string | null): void {
    this.add(unit, { from: this.today, parent, ended: false });
  }

  end(unit: string, heir: string): void {
    this.add(unit, { from: this.today, parent: null, ended: true });
    this.heirs.set(unit, heir);
  }

  private add(unit: string, step: Step): void {
    this.steps.set(unit, [...(this.steps.get(unit) ?? []), step]);
  }

  everybody(): string[] {
    return [...this.steps.keys()];
  }

  private on(unit: string, day: Day): Step | undefined {
    return this.steps.get(unit)?.findLast((step) => step.from <= day);
  }

  unitsOn(day: Day): string[] {
    return this.everybody().filter((unit) => this.on(unit, day)?.ended === false);
  }

  lives(unit: string): boolean {
    return this.on(unit, this.today)?.ended === false;
  }

  knows({ unit, giver, day }: Fact): boolean {
    return [unit, giver].every((one) => this.on(one, day)?.ended === false);
  }

  parentOf(unit: string): string | null {
    return this.on(unit, this.today)?.parent ?? null;
  }

  below(unit: string): string[] {
    return this.unitsOn(this.today).filter((one) => this.parentOf(one) === unit);
  }

  /** The way up on the day of a fact, or through the heirs of today. */
  private way(unit: string, lens: Lens, day: Day): string[] {
    const way = [unit];
    for (;;) {
      const last = way.at(-1) ?? unit;
      const up = lens === 'as-was' ? this.on(last, day)?.parent : (this.heirs.get(last) ?? this.parentOf(last));
      if (!up) return way;
      way.push(up);
    }
  }

  total(unit: string, lens: Lens, to: Day): number {
    return this.facts
      .filter(({ day }) => day <= to)
      .filter((fact) => [fact.unit, fact.giver].some((one) => this.way(one, lens, fact.day).includes(unit)))
      .reduce((sum, { count }) => sum + count, 0);
  }

  /** What was received below each direct sub-unit. */
  parts(unit: string, lens: Lens, to: Day): Record<string, number> {
    const parts: Record<string, number> = {};
    for (const { unit: at, day, count } of this.facts) {
      const way = this.way(at, lens, day);
      const part = way[way.indexOf(unit) - 1];
      if (day <= to && part !== undefined) parts[part] = (parts[part] ?? 0) + count;
    }
    return parts;
  }
}
