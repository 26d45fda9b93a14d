import { LEVEL_NAMES, LEVELS, type Day, type Level } from '@lib/kernel';
import type { Block, BodyLabel, Counts, Dim, FigureLine } from '@lib/figures';
import type { ContestPrizes, FormRow, LevelRow, Line, PrizeLine, Totals, TypeRow } from './body.js';

/** Figures, with their dimensions and bodies, ready to be laid out. */
export interface Figures {
  readonly lines: readonly FigureLine[];
  readonly dims: ReadonlyMap<number, Dim>;
  readonly givers: ReadonlyMap<number, readonly BodyLabel[]>;
  readonly formNames: ReadonlyMap<string, string>;
  readonly days: ReadonlyMap<string, { from: Day; to: Day }>;
  readonly people: ReadonlyMap<Block, number>;
}

export function keyOf(line: FigureLine): string {
  return `${line.dim}.${line.giver}.${line.relation}`;
}

const counts = ({ collectives, individuals, households, unsplit }: Counts): Counts => ({
  collectives,
  individuals,
  households,
  unsplit,
});

export function sumOf(lines: readonly Counts[]): Counts {
  const total = { collectives: 0, individuals: 0, households: 0, unsplit: 0 };
  for (const line of lines) {
    total.collectives += line.collectives;
    total.individuals += line.individuals;
    total.households += line.households;
    total.unsplit += line.unsplit;
  }
  return total;
}

/** Women are printed only where the gender of every individual counted is known. */
export function womenOf(lines: readonly FigureLine[]): number | null {
  const individuals = lines.reduce((sum, line) => sum + line.individuals, 0);
  const known = lines.reduce((sum, line) => sum + line.womenOf, 0);
  const unsplit = lines.reduce((sum, line) => sum + line.unsplit, 0);
  return known === individuals && unsplit === 0 ? lines.reduce((sum, line) => sum + line.women, 0) : null;
}

/** True where distinct people can be counted: every individual is a named person, and nothing is unsplit. */
export function allNamed(lines: readonly FigureLine[]): boolean {
  return (
    lines.every((line) => line.unsplit === 0) &&
    lines.reduce((sum, line) => sum + line.individuals - line.named, 0) === 0
  );
}

export function linesOf(figures: Figures, block: Block): FigureLine[] {
  return figures.lines.filter((line) => figures.dims.get(line.dim)?.block === block);
}

export function totalsOf(figures: Figures, block: Block): Totals {
  const lines = linesOf(figures, block);
  const named = allNamed(lines);
  return {
    ...counts(sumOf(lines)),
    women: womenOf(lines),
    persons: named ? { value: figures.people.get(block) ?? 0, qualifier: 'EXACT' } : null,
    personsReason: named ? null : 'Có cá nhân chưa kê tên và năm sinh, hoặc chưa tách tập thể với cá nhân.',
  };
}

export function layLines(figures: Figures, block: Block): Line[] {
  return linesOf(figures, block)
    .map((line) => layLine(figures, line))
    .sort(
      (a, b) =>
        levelRank(a) - levelRank(b) ||
        b.collectives + b.individuals - a.collectives - a.individuals ||
        a.key.localeCompare(b.key),
    );
}

function layLine(figures: Figures, line: FigureLine): Line {
  const dim = dimOf(figures, line);
  return {
    key: keyOf(line),
    conferringBodies: bodiesOf(figures, line, dim),
    conferringVerified: dim.verified,
    presenting: dim.presenting,
    form: dim.form,
    formName: figures.formNames.get(dim.form ?? '') ?? null,
    formCertainty: dim.formCertainty,
    type: dim.type,
    campaign: dim.campaign,
    reason: dim.reason,
    relation: line.relation,
    ...counts(line),
    women: womenOf([line]),
    itemised: { collectives: line.itemCollectives, individuals: line.itemIndividuals },
    when: whenOf(figures, line, dim),
  };
}

export function layPrizes(figures: Figures): PrizeLine[] {
  return linesOf(figures, 'PRIZE').map((line) => {
    const dim = dimOf(figures, line);
    const split = line.unsplit === 0;
    return {
      key: keyOf(line),
      contests: dim.contests,
      tier: dim.tier,
      conferringBodies: bodiesOf(figures, line, dim),
      campaign: dim.campaign,
      count: line.collectives + line.individuals + line.households + line.unsplit,
      collectives: split || line.collectives > 0 ? line.collectives : null,
      individuals: split || line.individuals > 0 ? line.individuals : null,
      unsplit: line.unsplit,
      relation: line.relation,
      when: whenOf(figures, line, dim),
    };
  });
}

export function byContest(figures: Figures): ContestPrizes[] {
  const groups = groupBy(linesOf(figures, 'PRIZE'), (line) => JSON.stringify(dimOf(figures, line).contests));
  return [...groups].map(([contests, lines]) => {
    const { collectives, individuals, households, unsplit } = sumOf(lines);
    return {
      contests: JSON.parse(contests) as string[],
      count: collectives + individuals + households + unsplit,
      keys: lines.map(keyOf),
    };
  });
}

export function byLevel(figures: Figures, block: Block): LevelRow[] {
  const groups = groupBy(linesOf(figures, block), (line) => dimOf(figures, line).level);
  return [...groups]
    .map(([level, lines]) => ({
      level: level as Level,
      levelName: LEVEL_NAMES[level as Level],
      ...counts(sumOf(lines)),
      keys: lines.map(keyOf),
    }))
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

export function byForm(figures: Figures, block: Block): FormRow[] {
  const groups = groupBy(linesOf(figures, block), (line) => dimOf(figures, line).form ?? '');
  return [...groups]
    .map(([form, lines]) => ({
      form: form || null,
      formName: figures.formNames.get(form) ?? null,
      ...counts(sumOf(lines)),
      keys: lines.map(keyOf),
    }))
    .sort(
      (a, b) =>
        Number(a.form === 'UNKNOWN') - Number(b.form === 'UNKNOWN') || (a.form ?? '').localeCompare(b.form ?? ''),
    );
}

export function byType(figures: Figures, block: Block): TypeRow[] {
  const groups = groupBy(linesOf(figures, block), (line) => dimOf(figures, line).type ?? '');
  return [...groups]
    .map(([type, lines]) => ({ type: type || null, ...counts(sumOf(lines)), keys: lines.map(keyOf) }))
    .sort((a, b) => (a.type ?? '~').localeCompare(b.type ?? '~'));
}

function dimOf(figures: Figures, line: FigureLine): Dim {
  const dim = figures.dims.get(line.dim);
  if (!dim) throw new Error(`dimension ${line.dim} is unknown`);
  return dim;
}

function bodiesOf(figures: Figures, line: FigureLine, dim: Dim): readonly BodyLabel[] {
  const level = dim.level as Level;
  return line.giver === 0 ? [{ code: null, name: LEVEL_NAMES[level], level }] : (figures.givers.get(line.giver) ?? []);
}

function whenOf(figures: Figures, line: FigureLine, dim: Dim): Line['when'] {
  const days = figures.days.get(`${line.dim}/${line.giver}`) ?? line.when;
  return days && { from: days.from, to: days.to, basis: dim.basis };
}

function levelRank(line: Line): number {
  const level = line.conferringBodies[0]?.level;
  return level ? LEVELS.indexOf(level) : LEVELS.length;
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
