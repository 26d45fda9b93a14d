import type { Day } from '@lib/kernel';

/** Days before and after all others. */
export const BEGINNING: Day = '0000-01-01';
export const END: Day = '9999-12-31';

/** A unit stands under `parent` on the days [from, until), so somebody said on day `on`. The first word founds the unit. */
export interface Placing {
  readonly unit: number;
  readonly parent: number | null;
  readonly from: Day;
  readonly until: Day;
  readonly on: Day;
}

/**
 * The dated tree in the plainest form: what was said, in the order it was said. For any day the last word holds. A unit
 * exists on the days of its founding word and on no others.
 */
export class TreeModel {
  private readonly words: Placing[] = [];

  say(word: Placing): void {
    this.words.push(word);
  }

  get units(): number[] {
    return [...new Set(this.words.map((word) => word.unit))];
  }

  exists(unit: number, day: Day, known: Day = END): boolean {
    const founding = this.words.find((word) => word.unit === unit);
    return founding !== undefined && founding.on <= known && founding.from <= day && day < founding.until;
  }

  /** The unit itself first, the root last; empty when the unit did not exist on the day. */
  chain(unit: number, day: Day, known: Day = END): number[] {
    const chain: number[] = [];
    for (let at: number | null = unit; at !== null; at = this.parent(at, day, known)) {
      if (!this.exists(at, day, known) || chain.includes(at)) return [];
      chain.push(at);
    }
    return chain;
  }

  /** Why a word cannot be said: it would touch no day of the unit, close a circle, or leave a unit without its parent. */
  refuses(word: Placing): string | null {
    if (word.from >= word.until) return 'empty';
    const founding = this.words.find((one) => one.unit === word.unit);
    if (founding && (word.until <= founding.from || founding.until <= word.from)) return 'not valid then';
    this.words.push(word);
    try {
      const days = [BEGINNING, ...this.words.flatMap((one) => [one.from, one.until])];
      const lost = this.units.some((unit) =>
        days.some((day) => this.exists(unit, day) && this.chain(unit, day).length === 0),
      );
      return lost ? 'circle or orphan' : null;
    } finally {
      this.words.pop();
    }
  }

  private parent(unit: number, day: Day, known: Day): number | null {
    return (
      this.words.findLast((word) => word.unit === unit && word.on <= known && word.from <= day && day < word.until)
        ?.parent ?? null
    );
  }
}
