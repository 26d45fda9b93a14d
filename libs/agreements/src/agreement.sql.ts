import { stateOn } from '@lib/platform';
import type { Lens, UnitTree } from '@lib/units';
import { agreementWorkflow } from './agreement.workflow.js';

/** Rows that hold at present, or held by what was known at the end of day `$4`. */
function holds(alias: string): string {
  return `CASE WHEN $4::date IS NULL THEN ${alias}.removed_on IS NULL
    ELSE ${alias}.recorded_on <= $4 AND (${alias}.removed_on IS NULL OR ${alias}.removed_on > $4) END`;
}

const STATE = `CASE WHEN $4::date IS NULL THEN ag.state ELSE ${stateOn(agreementWorkflow, 'ag.id', '$4::date')} END`;

/**
 * SQL of the member units below unit `$1` of agreements whose term overlaps `$2`–`$3`: one row per agreement and unit.
 * `$4`: last day of knowledge, or null; `$5`: change of the tree; `$6`: the day as of which is asked. A unit is placed by the
 * tree of the day on which it signed, or, unsigned, of the last day of term and period; through as-is by today's.
 */
export function membersBelow(tree: UnitTree, lens: Lens): string {
  const below = tree.belowOn('m.unit_id', '$1::int', `coalesce(c.day, least($3::date, ag.term_to))`, '$5::int', lens);
  return `SELECT ag.id AS agreement_id, m.unit_id, ag.sign_by, c.day AS signed_on,
      CASE WHEN m.ended_on <= least($4::date, $6::date) THEN m.ended_on END AS unit_ended_on,
      CASE WHEN ag.sign_by IS NULL THEN false WHEN c.day IS NOT NULL THEN c.day > ag.sign_by
           ELSE ag.state_then NOT IN ('UNDER_DISCUSSION', 'ADOPTED') AND ag.sign_by < $6::date
            AND NOT (m.excused_on IS NOT NULL AND m.excused_on <= coalesce($4::date, m.excused_on)) END AS late
    FROM (SELECT ag.*, ${STATE} AS state_then FROM agreement ag
           WHERE ag.kind = 'AGREEMENT' AND ag.term_from <= $3 AND ag.term_to >= $2) ag
    JOIN agreement_member m ON m.agreement_id = ag.id AND ${holds('m')}
    LEFT JOIN agreement_confirmation c ON c.agreement_id = ag.id AND c.unit_id = m.unit_id AND c.day <= $6 AND ${holds('c')}
   WHERE ag.state_then NOT IN ('DRAFT', 'CANCELLED') AND ${below}`;
}

/**
 * SQL of the commitments of those members that have signed: one row per commitment and bound unit. A promise is made by
 * signing; a commitment of all members is one for each of them.
 */
export function commitmentsBelow(tree: UnitTree, lens: Lens): string {
  return `SELECT s.agreement_id, s.unit_id, k.id AS commitment_id, k.deadline, o.day AS ended_on,
      CASE WHEN o.outcome IN ('KEPT', 'BROKEN') THEN o.outcome WHEN k.deadline < coalesce(s.unit_ended_on, $6::date) THEN 'OVERDUE'
           WHEN s.unit_ended_on IS NOT NULL THEN 'ENDED' ELSE 'RUNNING' END AS standing
    FROM (${membersBelow(tree, lens)}) s
    JOIN agreement_commitment k ON k.agreement_id = s.agreement_id AND (k.owner_id IS NULL OR k.owner_id = s.unit_id)
    LEFT JOIN agreement_outcome o ON o.commitment_id = k.id AND o.unit_id = s.unit_id AND o.day <= $6 AND ${holds('o')}
   WHERE s.signed_on IS NOT NULL`;
}
