import type { Day } from '@lib/kernel';
import { CLASSES, isStated, NOTHING, plus, remainder, total, type Stated, type Vector } from './counts.model.js';
import { TreeModel } from './tree.model.js';

/** A conferring body: a unit, the body outside the tree, or a level somewhere within a unit. */
export type Giver = { readonly unit: number } | { readonly outside: true } | { readonly within: number };

export interface Facts {
  readonly kind: 'AWARD' | 'RECOGNITION';
  readonly unit: number;
  readonly from: Day;
  readonly to: Day;
  readonly reason: string | null;
  readonly givers: readonly Giver[];
  readonly stated: Stated;
}

export interface NewLine {
  readonly cls: (typeof CLASSES)[number];
  readonly unit: number;
  readonly gender: 'FEMALE' | 'MALE' | null;
  /** Identifies a person; null: a name only, nobody is counted as a person. */
  readonly person: number | null;
}

export type Op =
  | { do: 'place'; unit: number; parent: number | null; from: Day; until: Day }
  | { do: 'record'; facts: Facts; lines: readonly NewLine[]; partOf: number | null }
  | { do: 'addLines'; id: number; lines: readonly NewLine[] }
  | { do: 'correct'; id: number; changes: Partial<Omit<Facts, 'kind'>> }
  | { do: 'link'; id: number; partOf: number | null }
  | { do: 'removeLine'; id: number; line: number }
  | { do: 'revokeLine'; id: number; line: number }
  | { do: 'revokeCounts'; id: number; counts: Stated }
  | { do: 'revokeWhole'; id: number };

export interface Batch {
  facts: Facts;
  partOf: number | null;
  live: boolean;
  lines: (NewLine & { state: 'LIVE' | 'REVOKED' | 'REMOVED' })[];
  revoked: Vector;
}

/** One row of the counting book as the records say it now. `line` is null for the remainder of a stated figure. */
export interface Posting extends Vector {
  readonly batch: number;
  readonly line: number | null;
  readonly unit: number;
  readonly person: number | null;
  readonly facts: Facts;
}

/**
 * The register and the tree as an officer would keep them on paper. Nothing is kept incrementally: every figure is
 * worked out from the records, and the past is what had been written by then.
 */
export class World {
  readonly tree = new TreeModel();
  readonly batches: Batch[] = [];
  readonly written: { on: Day; op: Op }[] = [];

  constructor(public today: Day) {}

  /** The world as it stood at the end of a day. */
  asOf(day: Day): World {
    const past = new World(day);
    for (const { on, op } of this.written) if (on <= day) past.write(op, on);
    return past;
  }

  /** The same world, to be written in on trial. */
  copy(): World {
    const copy = new World(this.today);
    for (const { on, op } of this.written) {
      copy.written.push({ on, op });
      if (op.do === 'place') copy.tree.say({ ...op, on });
    }
    for (const batch of this.batches) copy.batches.push({ ...batch, lines: batch.lines.map((line) => ({ ...line })) });
    return copy;
  }

  write(op: Op, on: Day = this.today): void {
    this.written.push({ on, op });
    if (op.do === 'place') return this.tree.say({ ...op, on });
    if (op.do === 'record') {
      const lines = op.lines.map((line) => ({ ...line, state: 'LIVE' as const }));
      return void this.batches.push({ facts: op.facts, partOf: op.partOf, live: true, lines, revoked: NOTHING });
    }
    const batch = this.batch(op.id);
    if (op.do === 'addLines') batch.lines.push(...op.lines.map((line) => ({ ...line, state: 'LIVE' as const })));
    else if (op.do === 'correct') batch.facts = { ...batch.facts, ...op.changes };
    else if (op.do === 'link') batch.partOf = op.partOf;
    else if (op.do === 'removeLine') batch.lines[op.line]!.state = 'REMOVED';
    else if (op.do === 'revokeLine') batch.lines[op.line]!.state = 'REVOKED';
    else if (op.do === 'revokeWhole') batch.live = false;
    else batch.revoked = plus(batch.revoked, revokedVector(op.counts));
  }

  batch(id: number): Batch {
    return this.batches[id]!;
  }

  partsOf(id: number): number[] {
    return [...this.batches.keys()].filter((part) => this.batch(part).partOf === id);
  }

  /** The batch and what contains it, innermost first. */
  upFrom(id: number | null): number[] {
    return id === null ? [] : [id, ...this.upFrom(this.batch(id).partOf)];
  }

  /** The batch and all it contains. */
  downFrom(id: number): number[] {
    return [id, ...this.partsOf(id).flatMap((part) => this.downFrom(part))];
  }

  /** Lines and parts of a batch. What was revoked had been among those stated; what was entered by mistake never was. */
  contained(id: number): Vector {
    const lines = this.batch(id).lines.filter((line) => line.state !== 'REMOVED');
    return total([...lines.map(lineVector), ...this.partsOf(id).map((part) => this.said(part))]);
  }

  /** All that a batch says, by itself and by what it contains, before any revocation. */
  said(id: number): Vector {
    const contained = this.contained(id);
    return plus(contained, remainder(this.batch(id).facts.stated, contained));
  }

  /** What one batch contributes to the counting book, its parts not included. */
  postingsOf(id: number): Posting[] {
    const { facts, live, lines, revoked } = this.batch(id);
    if (!live) return [];
    const postings: Posting[] = [];
    if (isStated(facts.stated)) {
      const left = plus(remainder(facts.stated, this.contained(id)), revoked, -1);
      postings.push({ ...left, batch: id, line: null, unit: facts.unit, person: null, facts });
    }
    for (const [line, { unit, person, ...rest }] of lines.entries())
      if (rest.state === 'LIVE')
        postings.push({ ...lineVector({ unit, person, ...rest }), batch: id, line, unit, person, facts });
    return postings;
  }

  get postings(): Posting[] {
    return [...this.batches.keys()].flatMap((id) => this.postingsOf(id));
  }
}

export function lineVector({ cls, gender }: NewLine): Vector {
  const individual = cls === 'indiv' ? 1 : 0;
  const known = gender === null ? 0 : individual;
  return { ...NOTHING, [cls]: 1, women: gender === 'FEMALE' ? known : 0, womenOf: known };
}

/** A revocation that does not tell women apart leaves their number as it was: how many are left is then unknown. */
export function revokedVector({ coll, indiv, hh, unsplit, women }: Stated): Vector {
  const told = women === null ? { women: 0, womenOf: 0 } : { women, womenOf: indiv ?? 0 };
  return { coll: coll ?? 0, indiv: indiv ?? 0, hh: hh ?? 0, unsplit: unsplit ?? 0, ...told };
}
