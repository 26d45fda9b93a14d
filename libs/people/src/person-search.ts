import type { Queryable } from '@lib/platform';
import type { Place } from './person.rules.js';

/** What a search knows of each hit; the rest is read by id. */
export interface Hit extends Place {
  readonly id: number;
}

export interface SearchFor {
  /** Folded; each is the beginning of some word of the name. */
  readonly words: readonly string[];
  readonly after: Place | null;
  readonly limit: number;
  /** SQL condition on `p`: what the reader may see of what was asked for. Appends its values. */
  readonly visible: (params: unknown[]) => string;
  /** SQL condition on `p` that holds for few enough people to look at each of them; null where there is none. Appends its values. */
  readonly few: ((params: unknown[]) => string) | null;
}

/** Below this many people each is looked at; above, the search walks along an index in list order. */
const FEW = 6_000;
/** A word at one place of a larger share of all names leads nowhere: another word of the search leads to those. */
const COMMON_SHARE = 0.04;
/** Where even the best way reads a larger share, hits are so many that the list itself is read until the page is full. */
const DENSE_SHARE = 0.15;
/** Places of a name, from its end, that have an index; longer names are read through. */
const PLACES = [1, 2, 3, 4] as const;
type Place1To4 = (typeof PLACES)[number];

const ORDER = 'p.given_name, p.full_name, p.id';
const HIT = `p.id, p.given_name AS "givenName", p.full_name AS "fullName"`;
const STANDING = 'p.identity_id IS NULL';
const raw = (place: number): string => `split_part(p.name_folded, ' ', -${place})`;
const wordAt = (place: number): string => `(${raw(place)} COLLATE "C")`;
const has = (place: number): string => (place > 1 ? `${STANDING} AND ${raw(place)} <> ''` : STANDING);

/** Everybody who has the word at the place, and where `with` is given that word at that other place. */
interface Stream {
  readonly word: string;
  readonly place: Place1To4;
  readonly with: { readonly word: string; readonly place: Place1To4 } | null;
}

/**
 * One page of people in Vietnamese order (given name, then family and middle name) whose names hold all the words. An index
 * for each place of the name gives those who have a word there in list order, so that a page costs about a page. Which word
 * leads is decided by how common each is at each place; that is asked of the planner, whose statistics the database keeps by
 * itself.
 */
export async function searchPeople(q: Queryable, search: SearchFor): Promise<Hit[]> {
  const { words, few } = search;
  if (few && (await expected(q, [few])).every((people) => people <= FEW)) return lookAtEach(q, search, few);
  const streams = words.length > 0 ? await streamsFor(q, [...new Set(words)]) : null;
  return streams ? follow(q, search, streams) : readList(q, search);
}

/**
 * Folded text holds only letters, digits and single spaces: nothing in it means anything to LIKE. The planner takes any such
 * condition for one that hardly anybody meets, and would rather read and sort everybody; behind a CASE it takes half.
 */
function named(words: readonly string[], params: unknown[]): string[] {
  if (words.length === 0) return [];
  return [unguessed(words.map((word) => `' ' || p.name_folded LIKE $${params.push(`% ${word}%`)}`))];
}

function unguessed(conditions: readonly string[]): string {
  return `CASE WHEN ${conditions.join(' AND ')} THEN true ELSE false END`;
}

function later(after: Place | null, params: unknown[]): string[] {
  if (!after) return [];
  const { givenName, fullName, id } = after;
  return [`(${ORDER}) > ($${params.push(givenName)}, $${params.push(fullName)}, $${params.push(id)}::int)`];
}

function lookAtEach(q: Queryable, { words, after, limit, visible }: SearchFor, few: (params: unknown[]) => string) {
  const params: unknown[] = [];
  const where = [STANDING, few(params), ...named(words, params), visible(params), ...later(after, params)];
  return q.query<Hit>(
    `WITH mine AS MATERIALIZED (SELECT p.id, p.given_name, p.full_name FROM person p WHERE ${where.join(' AND ')})
     SELECT ${HIT} FROM mine p ORDER BY ${ORDER} LIMIT $${params.push(limit)}`,
    params,
  );
}

function readList(q: Queryable, { words, after, limit, visible }: SearchFor): Promise<Hit[]> {
  const params: unknown[] = [];
  const where = [STANDING, ...named(words, params), visible(params), ...later(after, params)];
  return q.query<Hit>(
    `SELECT ${HIT} FROM person p WHERE ${where.join(' AND ')} ORDER BY ${ORDER} LIMIT $${params.push(limit)}`,
    params,
  );
}

/** Each stream gives its first page; the page is the first of all of them. */
function follow(
  q: Queryable,
  { words, after, limit, visible, few }: SearchFor,
  streams: readonly Stream[],
): Promise<Hit[]> {
  const params: unknown[] = [limit];
  const all = named(words, params);
  // A list of units is cheap to look into; another scope is asked last, of those who have the name.
  const others = [
    ...(few ? [unguessed([...all, visible(params)])] : [...all, visible(params)]),
    ...later(after, params),
  ];
  const page = (where: string): string =>
    `(SELECT ${HIT} FROM person p WHERE ${where} AND ${others.join(' AND ')} ORDER BY ${ORDER} LIMIT $1::int)`;
  const heads = streams.map(({ word, place }, n) => wordsAt(n, place, word, params));
  const pages = streams.map(({ place, with: other }, n) => {
    const beside = other ? ` AND ${unguessed([startsWith(other.place, other.word, params)])}` : '';
    return `SELECT hit.* FROM head_${n} w CROSS JOIN LATERAL ${page(`${has(place)} AND ${wordAt(place)} = w.word${beside}`)} hit WHERE w.word IS NOT NULL`;
  });
  return q.query<Hit>(
    `WITH RECURSIVE ${heads.join(', ')}
     SELECT DISTINCT ON ("givenName", "fullName", id) * FROM (${pages.join(' UNION ALL ')} UNION ALL SELECT * FROM ${page(`${STANDING} AND ${raw(5)} <> ''`)} longer) hits
      ORDER BY "givenName", "fullName", id LIMIT $1::int`,
    params,
  );
}

/** The different words at a place that begin with the leading one, each found by one step in the index. */
function wordsAt(n: number, place: number, word: string, params: unknown[]): string {
  const [from, to] = [`$${params.push(word)}`, `$${params.push(endOf(word))}`];
  const next = (above: string): string =>
    `SELECT ${wordAt(place)} AS word FROM person p WHERE ${has(place)} AND ${wordAt(place)} ${above} AND ${wordAt(place)} < ${to} ORDER BY 1 LIMIT 1`;
  return `head_${n} (word) AS ((${next(`>= ${from}`)}) UNION ALL SELECT (${next('> before.word')}) FROM head_${n} before WHERE before.word IS NOT NULL)`;
}

function startsWith(place: number, word: string, params: unknown[]): string {
  return `${wordAt(place)} >= $${params.push(word)} AND ${wordAt(place)} < $${params.push(endOf(word))}`;
}

/** Past everything that begins with the word; words are letters and digits. */
function endOf(word: string): string {
  return `${word}\uffff`;
}

/**
 * The word that narrows most leads; at a place where it is common (Văn in the middle), each other place of the next best word
 * leads to those who have the first one there. Null where it is quicker to read the list.
 */
async function streamsFor(q: Queryable, words: readonly string[]): Promise<Stream[] | null> {
  const asked = words.flatMap((word) => PLACES.map((place) => ({ word, place })));
  const [all = 0, ...counts] = await expected(q, [
    () => STANDING,
    ...asked.map(
      ({ word, place }) =>
        (params: unknown[]) =>
          `${has(place)} AND ${startsWith(place, word, params)}`,
    ),
  ]);
  const count = (word: string, place: Place1To4): number =>
    counts[asked.findIndex((one) => one.word === word && one.place === place)] ?? 0;
  const sum = (streams: readonly Stream[]): number =>
    streams.reduce((total, { word, place }) => total + count(word, place), 0);
  const common = Math.max(all * COMMON_SHARE, FEW);
  const ways = words.map((word) =>
    PLACES.flatMap((place): Stream[] => {
      const direct: Stream[] = [{ word, place, with: null }];
      if (count(word, place) <= common) return direct;
      const around = words
        .filter((other) => other !== word)
        .map((other): Stream[] =>
          PLACES.filter((one) => one !== place).map((one) => ({ word: other, place: one, with: { word, place } })),
        );
      return around.concat([direct]).toSorted((a, b) => sum(a) - sum(b))[0] ?? direct;
    }),
  );
  const [best] = ways.toSorted((a, b) => sum(a) - sum(b));
  return best && sum(best) <= Math.max(all * DENSE_SHARE, FEW) ? best : null;
}

interface PlanNode {
  readonly 'Plan Rows': number;
  readonly Plans?: readonly PlanNode[];
}

/** How many people the planner expects to meet each of the conditions: from its statistics, without reading anybody. */
async function expected(q: Queryable, conditions: readonly ((params: unknown[]) => string)[]): Promise<number[]> {
  const params: unknown[] = [];
  const parts = conditions.map((condition) => `SELECT FROM person p WHERE ${condition(params)}`);
  const [row] = await q.query<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(
    `EXPLAIN (FORMAT JSON) ${parts.join(' UNION ALL ')}`,
    params,
  );
  const plan = row?.['QUERY PLAN'][0].Plan;
  const nodes = parts.length === 1 ? [plan] : (plan?.Plans ?? []);
  return nodes.map((node) => node?.['Plan Rows'] ?? 0);
}
