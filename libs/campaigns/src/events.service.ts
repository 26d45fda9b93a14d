import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { CampaignParts } from './campaign-parts.service.js';
import { Occasion, UnionEvent } from './campaigns.entity.js';
import { checkOrder, textOrNull } from './campaigns.rules.js';
import { Campaigns } from './campaigns.js';
import type { EventInput, OccasionInput } from './parts.dto.js';

/** Events and occasions are the records of the unit that held or keeps them. */
@Injectable()
export class Events {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly campaigns: Campaigns,
    private readonly parts: CampaignParts,
  ) {}

  /** @throws Refused `unit.not_found`, `campaign.not_found`, `occasion.not_found`, `campaigns.ends_before_start` */
  async record(actor: Actor, input: EventInput): Promise<number> {
    checkOrder(input);
    return transact(this.db, async (tx) => {
      const event = tx.manager.create(UnionEvent, {
        unitId: await this.tree.idOf(tx, input.unit, scopeOf(actor, 'campaign.register')),
        name: tidy(input.name),
        purposes: input.purposes,
        from: input.from,
        to: input.to,
        place: textOrNull(input.place),
        attendees: textOrNull(input.attendees),
        note: textOrNull(input.note),
        source: textOrNull(input.source),
        removedOn: null,
        ...this.recorded(actor),
      });
      await tx.manager.insert(UnionEvent, event);
      for (const [index, id] of input.campaigns.entries()) {
        await this.campaigns.byId(tx, actor, id, `campaigns[${index}]`);
        await tx.query(`INSERT INTO event_campaign (event_id, campaign_id) VALUES ($1, $2)`, [event.id, id]);
      }
      await this.parts.occasions(tx, actor, input.occasions);
      await tx.query(`INSERT INTO event_occasion (event_id, occasion_id) SELECT $1, unnest($2::int[])`, [
        event.id,
        input.occasions,
      ]);
      await this.audit(tx, actor, 'event.recorded', `event:${event.id}`);
      return event.id;
    });
  }

  /** Recorded by mistake: it is no longer shown. */
  async remove(actor: Actor, id: number): Promise<void> {
    await transact(this.db, async (tx) => {
      const params: unknown[] = [id, this.clock.today()];
      const mine = this.tree.inScope('e.unit_id', scopeOf(actor, 'campaign.register'), params);
      const rows = await tx.query(
        `UPDATE event e SET removed_on = $2 WHERE e.id = $1 AND e.removed_on IS NULL AND ${mine} RETURNING e.id`,
        params,
      );
      if (rows.length === 0) throw Refused.notFound('event');
      await this.audit(tx, actor, 'event.removed', `event:${id}`);
    });
  }

  async addOccasion(actor: Actor, input: OccasionInput): Promise<number> {
    checkOrder(input);
    return transact(this.db, async (tx) => {
      const occasion = tx.manager.create(Occasion, {
        unitId: await this.tree.idOf(tx, input.unit, scopeOf(actor, 'campaign.register')),
        kind: input.kind,
        name: tidy(input.name),
        number: input.number ?? null,
        term: textOrNull(input.term),
        from: input.from ?? null,
        to: input.to ?? null,
        ...this.recorded(actor),
      });
      await tx.manager.insert(Occasion, occasion);
      await this.audit(tx, actor, 'occasion.added', `occasion:${occasion.id}`);
      return occasion.id;
    });
  }

  private recorded(actor: Actor): Pick<UnionEvent, 'recordedOn' | 'recordedBy' | 'recordedById'> {
    return { recordedOn: this.clock.today(), recordedBy: actor.name, recordedById: actor.accountId };
  }

  private async audit(tx: Tx, actor: Actor, action: string, subject: string): Promise<void> {
    await audit(tx, this.clock.now(), actor, action, subject, {});
  }
}
