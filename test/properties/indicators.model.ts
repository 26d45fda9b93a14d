import type { Day } from '@lib/kernel';

/** The figures of indicators, told again in the plainest way: every tiling is tried, every sum is written out. */
export interface Report {
  readonly unit: number;
  readonly series: number;
  /** 0: of a period; 1: since a start; 2: as of a day. */
  readonly nature: 0 | 1 | 2;
  readonly whole: boolean;
  readonly event: boolean;
  readonly from: Day;
  readonly to: Day;
  readonly value: number;
  readonly bits: number;
  readonly recorded: Day;
  removed: Day | null;
}

export interface Move {
  readonly unit: number;
  readonly parent: number;
  readonly from: Day;
  readonly until: Day | null;
  readonly recorded: Day;
}

export interface Book {
  /** Parent of each unit at the beginning; the first has none. */
  readonly parents: readonly (number | null)[];
  readonly moves: Move[];
  readonly reports: Report[];
}

export interface Asked {
  readonly unit: number;
  readonly series: number;
  readonly from: Day;
  readonly to: Day;
  readonly known: Day | null;
}

interface Tile {
  readonly report: Report;
  readonly value: number;
  readonly bits: number;
}

/** What the model says of one series; the same shape as the test makes of the program's answer. */
export interface Told {
  readonly figure: Sums | null;
  readonly inPeriod: Sums | null;
  readonly units: number;
  readonly parts: readonly string[];
}

export interface Sums {
  readonly figure: number;
  readonly bits: number;
  readonly stated: number | null;
  readonly own: number | null;
  readonly below: number | null;
  readonly difference: number | null;
}

export function answer(book: Book, asked: Asked): Told {
  const units = book.parents.map((_, unit) => unit);
  const chosen = units.flatMap((unit) => [true, false].map((whole) => choose(book, asked, unit, whole)));
  const tiles = chosen.flatMap((one) => one.figure);
  const here = tiles.filter(({ report }) => chainOf(book, report.unit, report.to, asked.known).includes(asked.unit));
  const loose = chosen.flatMap((one) => one.parts);
  const spans = [...new Set(loose.map(({ report }) => `${report.from} ${report.to}`))].toSorted();
  return {
    figure: rollUp(book, asked, tiles),
    inPeriod: rollUp(
      book,
      asked,
      chosen.flatMap((one) => one.inPeriod),
    ),
    units: new Set(here.map(({ report }) => report.unit)).size,
    parts: spans.flatMap((span) => {
      const sums = rollUp(
        book,
        asked,
        loose.filter(({ report }) => `${report.from} ${report.to}` === span),
      );
      return sums ? [`${span} ${sums.figure} ${kind(sums.bits)}`] : [];
    }),
  };
}

function stands({ recorded, removed }: Report, known: Day | null): boolean {
  return known === null ? removed === null : recorded <= known && (removed === null || removed > known);
}

/** Which reports of one unit and scope stand for the span. */
function choose(
  book: Book,
  { series, from, to, known }: Asked,
  unit: number,
  whole: boolean,
): Record<'figure' | 'inPeriod' | 'parts', Tile[]> {
  const own = book.reports.filter(
    (one) => one.unit === unit && one.whole === whole && one.series === series && stands(one, known),
  );
  const tile = (report: Report): Tile => ({ report, value: report.value, bits: report.bits });
  if (own[0] && own[0].nature !== 0) {
    const ends = own.filter((one) => from <= one.to && one.to <= to);
    const last = ends.toSorted((a, b) => (a.to === b.to ? compare(a.from, b.from) : compare(b.to, a.to)))[0];
    const figure = last ? [tile(last)] : [];
    return { figure, inPeriod: own[0].nature === 1 ? inPeriod(own, from, to) : [], parts: [] };
  }
  const inside = own.filter((one) => from <= one.from && one.to <= to);
  const periods = inside.filter((one) => !one.event);
  const figure = (periods.length === 0 ? inside : (best(periods, from, to) ?? [])).map(tile);
  const touching = own.filter((one) => one.from <= to && from <= one.to);
  return { figure, inPeriod: [], parts: figure.length > 0 ? [] : touching.map(tile) };
}

function inPeriod(own: readonly Report[], from: Day, to: Day): Tile[] {
  const exact = own.find((one) => one.from === from && one.to === to);
  if (exact) return [{ report: exact, value: exact.value, bits: exact.bits }];
  const found = own
    .filter((late) => late.to === to)
    .flatMap((late) =>
      own
        .filter((early) => early.from === late.from && next(early.to) === from && early.value <= late.value)
        .map((early) => ({ late, early })),
    )
    .toSorted((a, b) => compare(b.late.from, a.late.from))[0];
  if (!found) return [];
  const { late, early } = found;
  return [{ report: late, value: late.value - early.value, bits: early.bits === 0 ? late.bits : 8 }];
}

/** Every way to tile the span is found; the fewest reports win, then the longest first one, then the longest second. */
function best(reports: readonly Report[], from: Day, to: Day): Report[] | null {
  const ways = (start: Day): Report[][] =>
    reports
      .filter((one) => one.from === start)
      .flatMap((one) => (one.to === to ? [[one]] : ways(next(one.to)).map((rest) => [one, ...rest])));
  const order = (a: Report[], b: Report[]): number => {
    if (a.length !== b.length) return a.length - b.length;
    const differs = a.findIndex((one, place) => one.to !== b[place]?.to);
    return differs < 0 ? 0 : compare(b[differs]!.to, a[differs]!.to);
  };
  return ways(from).toSorted(order)[0] ?? null;
}

function chainOf({ parents, moves }: Book, unit: number, day: Day, known: Day | null): number[] {
  const chain = [unit];
  for (let at: number | null = unit; at !== null;) {
    let parent: number | null = parents[at] ?? null;
    for (const move of moves)
      if (
        move.unit === at &&
        move.from <= day &&
        (move.until === null || day < move.until) &&
        (known === null || move.recorded <= known)
      )
        parent = move.parent;
    if (parent !== null) chain.push(parent);
    at = parent;
  }
  return chain;
}

/** Figures of every unit in its place, and of the asked unit the sum over its places. */
function rollUp(book: Book, { unit, known }: Asked, tiles: readonly Tile[]): Sums | null {
  const placed = tiles.map((tile) => ({ ...tile, place: chainOf(book, tile.report.unit, tile.report.to, known) }));
  const places = new Set(placed.flatMap(({ place }) => place.map((_, step) => place.slice(step).join('>'))));
  const at = (place: string): Sums | null => {
    const here = placed.filter((tile) => tile.place.join('>') === place);
    const stated = here.filter(({ report }) => report.whole);
    const own = here.filter(({ report }) => !report.whole);
    const children = [...places]
      .filter((one) => one.split('>').slice(1).join('>') === place)
      .flatMap((one) => at(one) ?? []);
    const below = children.length === 0 ? null : sum(children.map((one) => one.figure));
    const declared = stated.length === 0 ? null : sum(stated.map((one) => one.value));
    const mine = own.length === 0 ? null : sum(own.map((one) => one.value));
    const told = (mine ?? 0) + (below ?? 0);
    const hasParts = mine !== null || below !== null;
    if (declared === null && !hasParts) return null;
    const useStated = declared !== null && (!hasParts || declared >= told);
    const bits = useStated
      ? stated.map((one) => one.bits)
      : [...own.map((one) => one.bits), ...children.map((one) => one.bits)];
    return {
      figure: useStated ? declared : told,
      bits: bits.reduce((all, one) => all | one, 0),
      stated: declared,
      own: mine,
      below,
      difference: declared !== null && hasParts ? declared - told : null,
    };
  };
  const mine = [...places].filter((place) => Number(place.split('>')[0]) === unit).flatMap((place) => at(place) ?? []);
  if (mine.length === 0) return null;
  const all = (pick: (one: Sums) => number | null): number | null => {
    const known = mine.map(pick).filter((value) => value !== null);
    return known.length === 0 ? null : sum(known);
  };
  return {
    figure: sum(mine.map((one) => one.figure)),
    bits: mine.reduce((bits, one) => bits | one.bits, 0),
    stated: all((one) => one.stated),
    own: all((one) => one.own),
    below: all((one) => one.below),
    difference: all((one) => one.difference),
  };
}

export function kind(bits: number): string {
  return (
    new Map([
      [0, 'EXACT'],
      [1, 'OVER'],
      [2, 'NEARLY'],
      [4, 'AT_LEAST'],
    ]).get(bits) ?? 'ABOUT'
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function next(day: Day): Day {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
