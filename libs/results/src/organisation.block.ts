import { Injectable } from '@nestjs/common';
import type { Day, Qualified, Qualifier } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { bitsOf, qualifierOf, standing, type Question } from '@lib/figures';
import { UnitChangesQueries, UnitTree, type UnitChangeCount } from '@lib/units';
import { Admissions, type AdmittedMembers } from './admissions.service.js';
import { foundingReversed } from './agencies.queries.js';

export interface AgencyCount {
  readonly count: number;
  /** Their workers as stated, those of unknown number left out; null where none is known. */
  readonly workers: Qualified | null;
  readonly workersUnknown: number;
}

/** How the organisation grew and changed in the period. Nothing here is added to awards or results. */
export interface OrganisationSection {
  readonly founded: UnitChangeCount;
  /** Brought into being by a merge or a split: listed apart, for they stand in the place of unions that were. */
  readonly foundedByReorganisation: UnitChangeCount;
  readonly dissolved: UnitChangeCount;
  readonly merged: UnitChangeCount;
  readonly split: UnitChangeCount;
  /** At the end of the period. */
  readonly agenciesWithoutUnion: AgencyCount & { readonly asOf: Day };
  /** In which a union was founded in the period. */
  readonly agenciesUnionised: AgencyCount;
  readonly membersAdmitted: AdmittedMembers;
}

export const AGENCY_FIGURES = ['agenciesWithoutUnion', 'agenciesUnionised'] as const;
export type AgencyFigure = (typeof AGENCY_FIGURES)[number];

/**
 * SQL: agencies `a` of the question `$1`–`$5` behind a figure. Each is judged by the place of the union that is responsible for it
 * on the period's last day, or on its outcome's; one whose union has ended meanwhile keeps its last place.
 */
export function agenciesOf(tree: UnitTree, figure: AgencyFigure, lens: Question['lens']): string {
  const day = figure === 'agenciesWithoutUnion' ? '$3::date' : 'a.outcome_day';
  const there = tree.belowOn('a.unit_id', '$1::int', `least(greatest(${day}, u.born), u.ended - 1)`, '$5::int', lens);
  const reversed = foundingReversed('$4');
  const holds =
    figure === 'agenciesWithoutUnion'
      ? `(a.since IS NULL OR a.since <= $3) AND (a.outcome IS NULL OR a.outcome_day > $3 OR ${reversed})`
      : `a.outcome = 'UNION_FOUNDED' AND a.outcome_day BETWEEN $2 AND $3 AND NOT ${reversed}`;
  return `SELECT a.id, a.workers, a.workers_qualifier, a.outcome_day, a.unit_id, a.recorded_on
    FROM agency a JOIN unit u ON u.id = a.unit_id WHERE $2::date IS NOT NULL AND ${standing('a', '$4')} AND ${holds} AND ${there}`;
}

/** Unions founded and ended, agencies without one, members admitted: the countable facts of a period. */
@Injectable()
export class OrganisationBlock {
  constructor(
    private readonly tree: UnitTree,
    private readonly changes: UnitChangesQueries,
    private readonly admissions: Admissions,
  ) {}

  async block(q: Queryable, question: Question): Promise<OrganisationSection> {
    const changes = await this.changes.counts(q, question);
    return {
      founded: changes.FOUNDED,
      foundedByReorganisation: changes.FOUNDED_BY_REORGANISATION,
      dissolved: changes.DISSOLVED,
      merged: changes.MERGED,
      split: changes.SPLIT,
      agenciesWithoutUnion: { ...(await this.agencies(q, question, 'agenciesWithoutUnion')), asOf: question.to },
      agenciesUnionised: await this.agencies(q, question, 'agenciesUnionised'),
      membersAdmitted: await this.admissions.figure(q, question),
    };
  }

  private async agencies(q: Queryable, question: Question, figure: AgencyFigure): Promise<AgencyCount> {
    const { unitId, from, to, known, change, lens } = question;
    const [row] = await q.query<{
      count: number;
      known: number;
      workers: number | null;
      qualifiers: Qualifier[] | null;
    }>(
      `SELECT count(*)::int AS count, count(workers)::int AS known, sum(workers)::bigint AS workers,
              array_agg(DISTINCT workers_qualifier) FILTER (WHERE workers IS NOT NULL) AS qualifiers FROM (${agenciesOf(this.tree, figure, lens)}) found`,
      [unitId, from, to, known, change],
    );
    if (!row) throw new Error('no row of counts');
    const bits = (row.qualifiers ?? []).reduce((all, qualifier) => all | bitsOf(qualifier), 0);
    return {
      count: row.count,
      workers: row.workers === null ? null : { value: row.workers, qualifier: qualifierOf(bits) },
      workersUnknown: row.count - row.known,
    };
  }
}
