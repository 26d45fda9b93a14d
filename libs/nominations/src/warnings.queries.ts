import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor, type Level, type Warning } from '@lib/kernel';
import { audit, Clock, transact, type Queryable } from '@lib/platform';
import { recordsOf } from '@lib/people';
import { UnitTree } from '@lib/units';
import { NominationScope } from './nomination-scope.js';
import type { ConfirmationInput } from './dossiers.dto.js';
import { warningsOf, type AwardBefore, type NominationFacts, type OpenNomination } from './warnings.rules.js';

/** Somebody has looked at it and says why it stands. */
export interface Confirmed {
  readonly why: string;
  readonly by: string;
  readonly at: Date;
}

export interface NominationWarning extends Warning {
  readonly confirmed: Confirmed | null;
}

interface LineRow extends Omit<NominationFacts, 'level'> {
  readonly toUnitId: number | null;
  readonly outsideLevel: Level | null;
  readonly registered: boolean;
}

const NAME = (column: string): string =>
  `coalesce((SELECT name FROM award_form f WHERE f.code = ${column} ORDER BY valid_from DESC LIMIT 1), ${column})`;

/** The same recipient: the same person, or a collective or household of the same name in the same unit; never a bare name. */
const SAME = (other: string): readonly string[] => [
  `${other}.person_id IN ${recordsOf('l.person_id')}`,
  `l.person_id IS NULL AND l.class <> 'INDIVIDUAL' AND ${other}.unit_id = l.unit_id AND ${other}.class = l.class AND ${other}.name_folded = l.name_folded`,
];

/** Loads what the rules look at, for many lines in four statements. */
@Injectable()
export class NominationWarnings {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly scope: NominationScope,
  ) {}

  /** The caller has checked that the lines are the reader's to see. */
  async of(q: Queryable, actor: Actor, ids: readonly number[]): Promise<Map<number, NominationWarning[]>> {
    if (ids.length === 0) return new Map();
    const lines = await this.lines(q, actor, ids);
    const awards = await this.awards(q, ids);
    const open = await this.open(q, ids);
    const confirmed = await this.confirmed(q, ids);
    return new Map(
      lines.map((line) => {
        const facts = { awards: awards.get(line.id) ?? [], open: open.get(line.id) ?? [], registered: line.registered };
        const found = warningsOf(line, facts);
        return [line.id, found.map((one) => ({ ...one, confirmed: confirmed.get(`${line.id}|${one.code}`) ?? null }))];
      }),
    );
  }

  /** The proposer, or the desk that appraises, says why a warning does not stand in the way; kept with name and day. */
  async confirm(actor: Actor, lineId: number, { code, why }: ConfirmationInput): Promise<void> {
    await transact(this.db, async (tx) => {
      const params: unknown[] = [lineId];
      const proposing = this.scope.holds(actor, 'nomination.propose', 'proposing', params);
      const receiving = this.scope.holds(actor, 'nomination.appraise', 'receiving', params);
      const rows = await tx.query(
        `SELECT 1 FROM nomination_line l JOIN dossier d ON d.id = l.at_dossier_id WHERE l.id = $1 AND (${proposing} OR ${receiving}) AND ${this.scope.cleared(actor, params)}`,
        params,
      );
      if (rows.length === 0) throw Refused.notFound('nomination');
      const warnings = (await this.of(tx, actor, [lineId])).get(lineId) ?? [];
      if (!warnings.some((warning) => warning.code === code)) {
        const message = 'Dòng này không có cảnh báo như vậy. Hãy tải lại trang.';
        throw new Refused('nominations.no_such_warning', message, 'code', 'conflict');
      }
      await tx.query(
        `INSERT INTO nomination_confirmation (line_id, code, why, at, by, by_id) VALUES ($1, $2, $3, $4, $5, $6)`,
        [lineId, code, tidy(why), this.clock.now(), actor.name, actor.accountId],
      );
      await audit(tx, this.clock.now(), actor, 'nomination.confirmed', `nomination:${lineId}`, { code });
    });
  }

  /** The form given instead of the one asked for is looked at only for those who may know it. */
  private async lines(
    q: Queryable,
    actor: Actor,
    ids: readonly number[],
  ): Promise<(NominationFacts & { registered: boolean })[]> {
    const params: unknown[] = [ids];
    const told = this.scope.toldForm(actor, params);
    const rows = await q.query<LineRow>(
      `SELECT l.id, l.name, x.form, ${NAME('x.form')} AS "formName", r.kind, coalesce(r.once_per_life, false) AS "oncePerLife",
              l.type, l.campaign, l.reason_folded AS "reasonFolded", d.year, ad.to_unit_id AS "toUnitId", o.level AS "outsideLevel",
              EXISTS (SELECT 1 FROM title_registration t WHERE t.removed_on IS NULL AND t.year = d.year AND t.form = x.form
                         AND (l.person_id IS NOT NULL AND t.person_id IN ${recordsOf('l.person_id')}
                              OR l.person_id IS NULL AND t.unit_id = l.unit_id AND t.name_folded = l.name_folded)) AS registered
         FROM nomination_line l JOIN dossier d ON d.id = l.dossier_id JOIN dossier ad ON ad.id = l.at_dossier_id
         CROSS JOIN LATERAL (SELECT CASE WHEN l.to_form IS NOT NULL AND ${told} THEN l.to_form ELSE l.form END AS form) x
         LEFT JOIN LATERAL (SELECT kind, once_per_life FROM award_form f WHERE f.code = x.form ORDER BY valid_from DESC LIMIT 1) r ON true
         LEFT JOIN outside_body o ON o.id = ad.to_outside_id
        WHERE l.id = ANY($1)`,
      params,
    );
    const refs = await this.tree.refs(
      q,
      rows.flatMap((row) => row.toUnitId ?? []),
    );
    return rows.map(({ toUnitId, outsideLevel, ...row }) => ({
      ...row,
      level: outsideLevel ?? (toUnitId === null ? undefined : refs.get(toUnitId)?.level) ?? 'UNKNOWN',
    }));
  }

  /** Of restricted decisions nothing is said: whoever may read them finds them in the register. */
  private async awards(q: Queryable, ids: readonly number[]): Promise<Map<number, AwardBefore[]>> {
    const select = (same: string): string =>
      `SELECT l.id AS "lineId", b.form, ${NAME('b.form')} AS "formName", b.kind, b.type, b.campaign, coalesce(al.reason, b.reason) AS reason, b.day, g.level
         FROM nomination_line l JOIN award_line al ON ${same} AND al.id IS DISTINCT FROM l.award_line_id AND al.state = 'LIVE'
         JOIN award_batch b ON b.id = al.batch_id AND b.state = 'LIVE' AND b.classification <> 'RESTRICTED'
         JOIN award_giver g ON g.batch_id = b.id AND g.place = 0
        WHERE l.id = ANY($1)`;
    const rows = await q.query<AwardBefore & { lineId: number }>(
      `SELECT * FROM (${SAME('al').map(select).join(' UNION ALL ')}) AS found ORDER BY "lineId", day DESC`,
      [ids],
    );
    return grouped(rows);
  }

  /** Drafts of other units are nobody's business yet. */
  private async open(q: Queryable, ids: readonly number[]): Promise<Map<number, OpenNomination[]>> {
    const select = (same: string): string =>
      `SELECT l.id AS "lineId", o.id, o.form, ${NAME('o.form')} AS "formName", o.dossier_id = l.dossier_id AS "sameDossier", od.year
         FROM nomination_line l JOIN nomination_line o ON ${same} AND o.id <> l.id
          AND o.state NOT IN ('AWARDED', 'DECLINED', 'WITHDRAWN', 'INELIGIBLE') AND o.classification <> 'RESTRICTED'
         JOIN dossier od ON od.id = o.dossier_id AND (od.submitted_on IS NOT NULL OR o.dossier_id = l.dossier_id OR o.proposing_unit_id = l.proposing_unit_id)
        WHERE l.id = ANY($1)`;
    const rows = await q.query<OpenNomination & { lineId: number }>(
      `SELECT * FROM (${SAME('o').map(select).join(' UNION ALL ')}) AS found ORDER BY "lineId", id`,
      [ids],
    );
    return grouped(rows);
  }

  private async confirmed(q: Queryable, ids: readonly number[]): Promise<Map<string, Confirmed>> {
    const rows = await q.query<Confirmed & { lineId: number; code: string }>(
      `SELECT line_id AS "lineId", code, why, by, at FROM nomination_confirmation WHERE line_id = ANY($1) ORDER BY id`,
      [ids],
    );
    return new Map(rows.map(({ lineId, code, why, by, at }) => [`${lineId}|${code}`, { why, by, at }]));
  }
}

function grouped<Row extends { lineId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    const before = found.get(row.lineId);
    if (before) before.push(row);
    else found.set(row.lineId, [row]);
  }
  return found;
}
