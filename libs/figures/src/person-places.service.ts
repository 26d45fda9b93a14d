import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PeopleNews } from '@lib/people';
import { Jobs, type Queryable, type Tx } from '@lib/platform';
import { NOW } from '@lib/units';

/** Follows the people of split units to their successors, in the transaction that tells where they are members. */
@Injectable()
export class PersonPlaces implements OnModuleInit {
  constructor(
    private readonly news: PeopleNews,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    const follow = async (tx: Tx, personIds: readonly number[]): Promise<void> => {
      await refreshPersonPlaces(tx, personIds);
      tx.afterCommit(() => this.jobs.wake('figures.apply'));
    };
    this.news.onMoved(follow);
    this.news.onIdentityChanged(follow);
  }
}

/** A successor is founded, or lives on, after the day of its split, so the way ends; this only keeps a mistake from running on. */
const MOST_STEPS = 20;

/**
 * Brings `figure_person_place` up to date: one row per person and unit that was split, the end of the way where a successor was
 * split again. Kept beside the book, so that reading a figure does not go through memberships. `null`: everybody.
 */
export async function refreshPersonPlaces(q: Queryable, personIds: readonly number[] | null): Promise<void> {
  await q.query(
    `WITH RECURSIVE direct AS MATERIALIZED (
       SELECT a.person_id, a.from_unit, a.to_unit FROM person_allocation a
         JOIN unit_chain_as_is c ON c.unit_id = a.from_unit AND c.tto = ${NOW} AND c.carried = 'UNALLOCATED'
        WHERE $1::int[] IS NULL OR a.person_id = ANY($1)
     ), way AS (
       SELECT person_id, from_unit, to_unit, 1 AS steps FROM direct
       UNION ALL
       SELECT w.person_id, w.from_unit, d.to_unit, w.steps + 1 FROM way w
         JOIN direct d ON d.person_id = w.person_id AND d.from_unit = w.to_unit WHERE w.steps < ${MOST_STEPS}
     ), fresh AS MATERIALIZED (
       SELECT DISTINCT ON (person_id, from_unit) person_id, from_unit, to_unit FROM way ORDER BY person_id, from_unit, steps DESC
     ), gone AS (
       DELETE FROM figure_person_place p WHERE ($1::int[] IS NULL OR p.person_id = ANY($1))
          AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.person_id = p.person_id AND f.from_unit = p.from_unit)
       RETURNING p.from_unit, p.to_unit
     ), come AS (
       INSERT INTO figure_person_place AS old SELECT * FROM fresh
           ON CONFLICT (person_id, from_unit) DO UPDATE SET to_unit = excluded.to_unit WHERE old.to_unit <> excluded.to_unit
       RETURNING from_unit, to_unit
     )
     INSERT INTO figure_touch (unit_id, from_day, to_day)
     SELECT DISTINCT moved.unit_id, '-infinity'::date, 'infinity'::date FROM (SELECT * FROM gone UNION ALL SELECT * FROM come) changed
      CROSS JOIN LATERAL unnest(ARRAY[changed.from_unit, changed.to_unit]) AS moved (unit_id)`,
    [personIds],
  );
}
