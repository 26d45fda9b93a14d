import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type Actor, type Day, type Warning } from '@lib/kernel';
import { audit, Clock, Steps, transact, type Tx } from '@lib/platform';
import { RecordService, type LineInput } from '@lib/awards';
import { Desk } from '@lib/desk';
import { NominationLines, type NominationLine } from '@lib/nominations';
import { Rulebook } from '@lib/rulebook';
import { UnitTree } from '@lib/units';
import { CommendationScope } from './commendation-scope.js';
import { COMMENDATION_WORKFLOW } from './commendation.workflow.js';
import { Commendation, CommendationLine } from './commendations.entity.js';
import { mustBeUnchanged } from './draft.service.js';
import { inOffice } from './weighing.service.js';

/** A line of the decision with the nomination it decides on. */
interface Granted {
  readonly verdict: CommendationLine;
  readonly line: NominationLine;
  readonly input: LineInput;
}

/** Issuing is one transaction: it writes the register, ends the nominations, and tells those concerned. All of it, or nothing. */
@Injectable()
export class IssueService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly steps: Steps,
    private readonly desk: Desk,
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly register: RecordService,
    private readonly lines: NominationLines,
    private readonly scope: CommendationScope,
  ) {}

  async issue(actor: Actor, id: number, version: number): Promise<{ warnings: Warning[] }> {
    return transact(this.db, async (tx) => {
      const row = await this.scope.lock(tx, actor, ['commendation.issue'], id);
      mustBeUnchanged(version, row);
      row.state = await this.steps.take(tx, actor, COMMENDATION_WORKFLOW, row, 'issue');
      if (!row.day || !row.number) throw new Error(`commendation ${id} is prepared and has no number`);
      const office = inOffice(actor);
      const granted = await this.granted(tx, office, id);
      const warnings: Warning[] = [];
      for (const group of groups(granted.filter(({ verdict }) => verdict.outcome === 'AWARD')))
        warnings.push(...(await this.confer(tx, office, row, row.day, group)));
      for (const { verdict, line } of granted.filter((one) => one.verdict.outcome === 'DECLINE'))
        await this.lines.take(tx, office, line, 'decline', { reason: verdict.reason });
      row.version += 1;
      await tx.manager.save(Commendation, row);
      await this.tell(tx, actor, row, granted);
      await audit(tx, this.clock.now(), actor, 'commendation.issued', `commendation:${id}`, {
        number: row.number,
        symbol: row.symbol,
        lines: granted.length,
      });
      return { warnings };
    });
  }

  private async granted(tx: Tx, office: Actor, id: number): Promise<Granted[]> {
    const verdicts = await tx.manager.find(CommendationLine, { where: { commendationId: id }, order: { id: 'ASC' } });
    const lines = await this.lines.lock(
      tx,
      office,
      'commendation.issue',
      verdicts.map(({ lineId }) => lineId),
    );
    const inputs = await this.lines.registerInput(tx, lines);
    return verdicts.map((verdict) => {
      const place = lines.findIndex(({ id: lineId }) => lineId === verdict.lineId);
      const line = lines[place];
      const input = inputs[place];
      if (!line || !input) throw Refused.notFound('nomination', 'lines');
      return { verdict, line, input: { ...input, registerNumber: verdict.registerNumber } };
    });
  }

  /** One batch of the register: the same form for the same thing, every recipient named. */
  private async confer(
    tx: Tx,
    office: Actor,
    row: Commendation,
    day: Day,
    group: readonly Granted[],
  ): Promise<Warning[]> {
    const [first] = group;
    const code = first?.verdict.form;
    const form = code ? await this.rulebook.formKnown(tx, code) : null;
    if (!first || !form) throw new Error(`commendation ${row.id} confers a form that the rulebook does not know`);
    const refs = await this.tree.refs(tx, [row.unitId, ...group.map(({ line }) => line.proposingUnitId)]);
    const unit = refs.get(row.unitId)?.code ?? '';
    const proposers = new Set(group.map(({ line }) => line.proposingUnitId));
    const shared = group.every(({ line }) => line.reason === first.line.reason) ? first.line.reason : null;
    const { id, warnings } = await this.register.recordIn(
      tx,
      office,
      {
        kind: form.kind,
        form: form.code,
        type: first.line.type,
        campaign: first.line.campaign,
        // Every line keeps its own achievement; the batch says what all have in common.
        reason: shared ?? (first.line.campaign === null ? row.title : null),
        conferring: [{ unit }],
        unit,
        proposing: proposers.size === 1 ? (refs.get(first.line.proposingUnitId)?.code ?? null) : null,
        when: { from: day, to: day, basis: 'DECISION' },
        decision: { number: row.number, symbol: row.symbol, date: day },
        fileId: row.fileId,
        source: null,
        lines: group.map(({ input }) => input),
        classification: first.line.classification === 'RESTRICTED' ? 'RESTRICTED' : 'INTERNAL',
      },
      row.decisionId,
    );
    const written = await tx.query<{ id: number }>(`SELECT id FROM award_line WHERE batch_id = $1 ORDER BY id`, [id]);
    for (const [index, { verdict, line }] of group.entries()) {
      const lineId = written[index]?.id;
      if (lineId === undefined) throw new Error(`batch ${id} has fewer lines than were put in`);
      await tx.manager.update(CommendationLine, { id: verdict.id }, { batchId: id, awardLineId: lineId });
      await this.lines.take(tx, office, line, 'award', { toForm: form.code, award: { batchId: id, lineId, day } });
    }
    return [...warnings];
  }

  /** The proposing units are told line by line; here the units that proposed learn of the paper, and the deciding one that it is done. */
  private async tell(tx: Tx, actor: Actor, row: Commendation, granted: readonly Granted[]): Promise<void> {
    await this.desk.close(tx, actor, `commendation.issue:${row.id}`);
    const number = [row.number, row.symbol].filter(Boolean).join('/');
    for (const unitId of new Set([row.unitId, ...granted.map(({ line }) => line.proposingUnitId)]))
      await this.desk.tell(
        tx,
        {
          key: `commendation.issued:${row.id}:${unitId}`,
          unitId,
          permission: 'commendation.read',
          title: `Đã ban hành Quyết định số ${number}`,
          link: `/quyet-dinh/${row.id}`,
        },
        actor,
      );
  }
}

/** Lines that one batch says in one breath: form, type, campaign. Restricted nominees stand in a batch of their own, which asks for clearance. */
function groups(granted: readonly Granted[]): Granted[][] {
  const found = new Map<string, Granted[]>();
  for (const one of granted) {
    const { line, verdict } = one;
    const key = JSON.stringify([verdict.form, line.type, line.campaign, line.classification === 'RESTRICTED']);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()];
}
