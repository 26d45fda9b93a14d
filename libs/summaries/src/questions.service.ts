import { Injectable } from '@nestjs/common';
import { scopeOf, type Actor } from '@lib/kernel';
import type { Queryable } from '@lib/platform';
import { PeriodQueries, type Question } from '@lib/figures';
import { UnitTree } from '@lib/units';
import { AskService } from './ask.service.js';
import type { SummaryQuery } from './summary.dto.js';

/** What a summary asks of the figures, out of what a reader asks of a summary. */
@Injectable()
export class Questions {
  constructor(
    private readonly tree: UnitTree,
    private readonly asking: AskService,
    private readonly periods: PeriodQueries,
  ) {}

  /** @throws Refused `unit.not_found` outside the reader's scope, and what {@link AskService.check} refuses */
  async of(q: Queryable, actor: Actor, ask: SummaryQuery): Promise<Question> {
    const known = this.asking.check(ask);
    const unitId = await this.tree.idOf(q, ask.unit, scopeOf(actor, 'summary.read'));
    const change = known === null ? (await this.periods.state(q)).change : await this.tree.changeKnownOn(q, known);
    return { unitId, from: ask.from, to: ask.to, known, change, lens: ask.lens ?? 'as-was' };
  }
}
