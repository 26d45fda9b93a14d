import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor, type Warning } from '@lib/kernel';
import { Clock, transact, type Tx } from '@lib/platform';
import { AgreementScope } from './agreement-scope.js';
import type { Agreement } from './agreement.entity.js';
import type { CarryOverInput } from './agreements.dto.js';
import { DraftingService } from './drafting.service.js';

export interface CarriedOver {
  readonly id: number;
  readonly warnings: readonly Warning[];
}

/** What is still running goes on in a draft of the next year, where its deadline is set anew. */
@Injectable()
export class CarryOverService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly scope: AgreementScope,
    private readonly drafting: DraftingService,
  ) {}

  /** @throws Refused `agreements.no_bloc_next_year`, `agreements.nothing_running`. */
  async carry(actor: Actor, id: number, input: CarryOverInput): Promise<CarriedOver> {
    return transact(this.db, async (tx) => {
      const from = await this.scope.lockToLead(tx, actor, 'agreement.draft', id);
      const running = await this.running(tx, id);
      if (running.length === 0)
        throw new Refused('agreements.nothing_running', 'Không còn cam kết nào đang thực hiện.', null, 'conflict');
      const place = {
        blocId: from.blocId === null ? null : await this.nextBloc(tx, from),
        unitId: from.unitId,
        counterpart: from.counterpart,
        year: from.year + 1,
      };
      const next = await this.drafting.insert(tx, actor, place, { ...input, kind: from.kind }, id);
      // An owner that does not belong to the bloc any more promises nothing there.
      const carried = await tx.query<{ id: number }>(
        `INSERT INTO agreement_commitment (agreement_id, owner_id, category, content, measure, target, indicator, target_value, campaign, addressees, carried_from, recorded_on, recorded_by)
         SELECT $2, k.owner_id, k.category, k.content, k.measure, k.target, k.indicator, k.target_value, k.campaign, k.addressees, k.id, $3, $4
           FROM agreement_commitment k WHERE k.id = ANY($1) AND (k.owner_id IS NULL OR EXISTS (
                  SELECT 1 FROM agreement_member m WHERE m.agreement_id = $2 AND m.unit_id = k.owner_id AND m.removed_on IS NULL))
          ORDER BY k.id RETURNING id`,
        [running, next.id, this.clock.today(), actor.name],
      );
      const left = running.length - carried.length;
      const message = `${left} cam kết không chuyển tiếp: đơn vị không còn trong khối, cụm của năm sau.`;
      return { id: next.id, warnings: left === 0 ? [] : [{ code: 'agreements.owner_has_left', field: null, message }] };
    });
  }

  /** Commitments that have not ended for every unit bound by them. */
  private async running(tx: Tx, id: number): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(
      `SELECT DISTINCT k.id FROM agreement_commitment k
         JOIN agreement_member m ON m.agreement_id = k.agreement_id AND m.removed_on IS NULL AND (k.owner_id IS NULL OR k.owner_id = m.unit_id)
         LEFT JOIN agreement_outcome o ON o.commitment_id = k.id AND o.unit_id = m.unit_id AND o.removed_on IS NULL
        WHERE k.agreement_id = $1 AND coalesce(o.outcome, 'RUNNING') = 'RUNNING' ORDER BY k.id`,
      [id],
    );
    return rows.map((row) => row.id);
  }

  private async nextBloc(tx: Tx, { blocId }: Agreement): Promise<number> {
    const [row] = await tx.query<{ id: number }>(
      `SELECT n.id FROM bloc b JOIN bloc n ON n.organiser_id = coalesce(b.carried_by, b.organiser_id) AND n.kind = b.kind AND n.number = b.number AND n.year = b.year + 1
        WHERE b.id = $1`,
      [blocId],
    );
    if (!row) throw new Refused('agreements.no_bloc_next_year', 'Chưa lập khối, cụm của năm sau.', null, 'conflict');
    return row.id;
  }
}
