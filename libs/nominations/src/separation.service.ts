import { Injectable } from '@nestjs/common';
import { LEVELS, Refused, type Actor, type Level, type Warning } from '@lib/kernel';
import type { Tx } from '@lib/platform';
import { PeopleQueries } from '@lib/people';
import { UnitTree } from '@lib/units';
import { Dossier } from './dossier.entity.js';
import type { NominationLine } from './line.entity.js';

/** What somebody is about to do with a line: find it eligible, take it through the council, or decide on it. */
export type Duty = 'APPRAISE' | 'COUNCIL' | 'DECIDE';

/** Design §1.10: from the direct-upper level up proposer, appraiser and decider of one line are different people. */
const ENFORCED_FROM = LEVELS.indexOf('DIRECT_UPPER_UNION');

/** True where a unit of this level must keep the duties apart; below it there may be too few people to. */
export function keepsDutiesApart(level: Level): boolean {
  const place = LEVELS.indexOf(level);
  return place <= ENFORCED_FROM;
}

@Injectable()
export class Separation {
  constructor(
    private readonly tree: UnitTree,
    private readonly people: PeopleQueries,
  ) {}

  /**
   * @throws Refused `nominations.own_line` for the nominee himself, `nominations.duties_not_separate` where he proposed the
   * line, or, deciding, appraised it, and the deciding unit is of the direct-upper level or above. Below: a warning.
   */
  async check(tx: Tx, actor: Actor, line: NominationLine, duty: Duty): Promise<Warning[]> {
    if (actor.accountId === null) return [];
    const accounts = [actor.accountId, ...(actor.actingFor === undefined ? [] : [actor.actingFor])];
    if (line.personId !== null && (await this.isOne(tx, accounts, line.personId))) {
      const message = `${line.name}: anh/chị không thẩm định, xét hoặc quyết định đề nghị của chính mình.`;
      throw new Refused('nominations.own_line', message, 'lines', 'forbidden');
    }
    const everyAccount: number[] = [];
    for (const account of accounts) everyAccount.push(...(await this.people.accountsOf(tx, account)));
    const before = await this.before(tx, everyAccount, line, duty);
    if (before === null) return [];
    const dossier = await tx.manager.findOneByOrFail(Dossier, { id: line.atDossierId });
    const asked = dossier.toUnitId ?? dossier.unitId;
    const unit = (await this.tree.refs(tx, [asked])).get(asked);
    if (!unit || keepsDutiesApart(unit.level)) {
      const message = `${line.name}: anh/chị đã ${before} dòng này, nên người khác phải làm bước này.`;
      throw new Refused('nominations.duties_not_separate', message, 'lines', 'forbidden');
    }
    const message = `${line.name}: anh/chị đã ${before} dòng này. Ở cấp này vẫn làm được; hãy đính kèm biên bản họp của Ban Chấp hành.`;
    return [{ code: 'nominations.duties_not_separate', field: 'lines', message }];
  }

  /** The nominee is whose account this is, or for whom it acts. */
  private async isOne(tx: Tx, accounts: readonly number[], personId: number): Promise<boolean> {
    for (const account of accounts) {
      const own = await this.people.personOf(tx, account);
      if (own !== null && (await this.people.same(tx, own, personId))) return true;
    }
    return false;
  }

  /**
   * What the person has already done with the line, under whichever account: "nhập", "tổng hợp", "trình", "thẩm định"; null for
   * nothing. Returning a line is appraising it; drafting the submission that carries it upwards is proposing it.
   */
  private async before(
    tx: Tx,
    accountIds: readonly number[],
    line: NominationLine,
    duty: Duty,
  ): Promise<string | null> {
    if (line.recordedById !== null && accountIds.includes(line.recordedById)) return 'nhập';
    const [row] = await tx.query<{ composed: boolean; submitted: boolean; appraised: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM nomination_carry c JOIN dossier d ON d.id = c.dossier_id
                       WHERE c.line_id = $1 AND c.until_day IS NULL AND d.recorded_by_id = ANY($2)) AS composed,
              EXISTS (SELECT 1 FROM nomination_carry c JOIN step_log s ON s.what = 'dossier' AND s.record_id = c.dossier_id
                       WHERE c.line_id = $1 AND s.account_id = ANY($2) AND s.step IN ('submit', 'resubmit'))
              OR EXISTS (SELECT 1 FROM step_log s WHERE s.what = 'nomination' AND s.record_id = $1 AND s.account_id = ANY($2) AND s.step = 'resubmit') AS submitted,
              EXISTS (SELECT 1 FROM step_log s WHERE s.what = 'nomination' AND s.record_id = $1 AND s.account_id = ANY($2) AND s.step IN ('accept', 'reject', 'return')) AS appraised`,
      [line.id, accountIds],
    );
    if (row?.submitted) return 'trình';
    if (row?.composed) return 'soạn hồ sơ mang';
    return duty === 'DECIDE' && row?.appraised ? 'thẩm định' : null;
  }
}
