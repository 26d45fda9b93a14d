import { Injectable } from '@nestjs/common';
import type { Day, Votes } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import type { CouncilOutcome } from './vote.rules.js';

/** What the last council that closed said of a line. */
export interface CouncilSaid {
  readonly line: number;
  readonly sitting: number;
  readonly day: Day;
  readonly outcome: CouncilOutcome;
  /** The form it was for: the lower one where it downgraded. */
  readonly form: string;
  readonly votes: Votes;
}

/** Outcomes for the room that decides. The caller has judged that the lines may be seen. */
@Injectable()
export class CouncilOutcomes {
  async of(q: Queryable, lineIds: readonly number[]): Promise<Map<number, CouncilSaid>> {
    const rows = await q.query<CouncilSaid>(
      `SELECT DISTINCT ON (l.id) l.id AS line, s.id AS sitting, s.day, sl.outcome,
              CASE WHEN sl.outcome = 'DOWNGRADED' THEN sl.lower_form ELSE l.form END AS form,
              CASE WHEN sl.outcome = 'DOWNGRADED'
                THEN json_build_object('for', sl.lower_for, 'against', sl.lower_against, 'blank', sl.lower_blank, 'written', sl.lower_written)
                ELSE json_build_object('for', sl.votes_for, 'against', sl.votes_against, 'blank', sl.votes_blank, 'written', sl.votes_written) END AS votes
         FROM nomination_line l JOIN sitting_line sl ON sl.line_id = l.id
         JOIN sitting s ON s.id = sl.sitting_id AND s.state = 'CLOSED'
         JOIN council c ON c.id = s.council_id JOIN dossier d ON d.id = l.at_dossier_id AND d.to_unit_id = c.unit_id
        WHERE l.id = ANY($1) ORDER BY l.id, s.id DESC`,
      [lineIds],
    );
    return new Map(rows.map((row) => [row.line, row]));
  }
}
