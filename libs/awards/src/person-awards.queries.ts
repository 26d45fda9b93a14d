import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor, type Day } from '@lib/kernel';
import { reader } from '@lib/platform';
import { PeopleQueries, recordsOf } from '@lib/people';
import { AwardScope } from './award-scope.js';
import { AwardsQueries, REGISTER_LINE_COLUMNS, type RegisterLine } from './awards.queries.js';

/** A line of the register on a person's page. */
export interface PersonAward extends RegisterLine {
  readonly decision: { readonly number: string | null; readonly symbol: string; readonly date: Day | null } | null;
}

const MOST = 200;

/** What one person was honoured for, merged records included. */
@Injectable()
export class PersonAwards {
  constructor(
    private readonly db: DataSource,
    private readonly people: PeopleQueries,
    private readonly awards: AwardsQueries,
    private readonly scope: AwardScope,
  ) {}

  /** The latest first; lines outside the reader's units stay unsaid. @throws Refused `person.not_found` */
  async of(actor: Actor, personId: number): Promise<PersonAward[]> {
    const q = reader(this.db);
    const person = await this.people.inScope(q, actor, personId);
    if (!person) throw Refused.notFound('person');
    const params: unknown[] = [person.id];
    const visible = this.scope.visible(actor, 'award.read', params);
    const lineVisible = this.scope.lineVisible(actor, 'award.read', params);
    const rows = await q.query<Omit<PersonAward, 'unit'> & { unitId: number }>(
      `SELECT ${REGISTER_LINE_COLUMNS},
              (SELECT json_build_object('number', d.number, 'symbol', d.symbol, 'date', d.date) FROM decision d WHERE d.id = b.decision_id) AS decision
         FROM award_line l JOIN award_batch b ON b.id = l.batch_id
        WHERE l.person_id IN ${recordsOf('$1::int')} AND l.state <> 'REMOVED' AND b.state <> 'REMOVED' AND ${visible} AND ${lineVisible}
        ORDER BY b.day DESC, l.id DESC LIMIT ${MOST}`,
      params,
    );
    return this.awards.withUnits(q, rows);
  }
}
