import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, tidy, type Actor, type Day, type RefusalDetail, type Warning } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { RecordService } from '@lib/awards';
import { Files } from '@lib/files';
import { Rulebook } from '@lib/rulebook';
import { UnitTree } from '@lib/units';
import { checkSeen } from './appraise.service.js';
import type { Dossier } from './dossier.entity.js';
import { DOSSIER_WORKFLOW } from './dossier.workflow.js';
import type { AnswerInput } from './dossiers.dto.js';
import type { LinesSaved } from './draft-lines.service.js';
import type { NominationLine } from './line.entity.js';
import { NominationLines } from './lines.service.js';
import { NominationScope } from './nomination-scope.js';

interface Awarded {
  readonly line: NominationLine;
  readonly form: string;
}

/** Khen cao: what a body outside the system answered, line by line; what it awarded is written into the register at once. */
@Injectable()
export class AnswerService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly files: Files,
    private readonly register: RecordService,
    private readonly scope: NominationScope,
    private readonly lines: NominationLines,
  ) {}

  /** Some lines or all; a body may answer in several decisions. All that is given, or nothing. */
  async answer(actor: Actor, id: number, input: AnswerInput): Promise<LinesSaved> {
    return transact(this.db, async (tx) => {
      const dossier = await this.scope.lock(tx, actor, 'nomination.propose', 'proposing', id);
      if (dossier.state !== 'SENT') DOSSIER_WORKFLOW.next(dossier.state, 'answer');
      const date = this.check(input);
      const lines = await this.lines.lock(
        tx,
        actor,
        'nomination.propose',
        input.lines.map((line) => line.lineId),
      );
      checkSeen(lines, input.lines, id);
      if (input.fileId) await this.files.attach(tx, actor, input.fileId);
      const given = new Map(input.lines.map((line) => [line.lineId, line]));
      const awarded = lines.flatMap((line) => {
        const answer = given.get(line.id);
        return answer?.outcome === 'AWARDED' ? [{ line, form: answer.form ?? line.toForm ?? line.form }] : [];
      });
      const warnings = date === null ? [] : await this.record(tx, actor, dossier, awarded, input, date);
      for (const line of lines) {
        const answer = given.get(line.id);
        if (answer?.outcome === 'DECLINED')
          await this.lines.take(tx, actor, line, 'decline', { reason: answer.reason ? tidy(answer.reason) : null });
      }
      if (input.fileId) await this.keepPaper(tx, actor, id, input.fileId);
      await audit(tx, this.clock.now(), actor, 'dossier.answered', `dossier:${id}`, {
        lines: lines.map((line) => line.id),
      });
      return { ids: lines.map((line) => line.id), warnings };
    });
  }

  /** Day of the decision; null where nothing was awarded. All that is missing at once. */
  private check({ lines, decision }: AnswerInput): Day | null {
    const wrong: RefusalDetail[] = lines.flatMap((line, index) =>
      line.outcome === 'DECLINED' && !line.reason
        ? [
            {
              code: 'nominations.reason_needed',
              field: `lines[${index}].reason`,
              message: 'Nêu lý do không khen thưởng.',
            },
          ]
        : [],
    );
    const awards = lines.some((line) => line.outcome === 'AWARDED');
    const date = decision?.date ?? null;
    if (awards && !decision?.number)
      wrong.push({
        code: 'nominations.decision_needed',
        field: 'decision.number',
        message: 'Ghi số quyết định của cơ quan khen thưởng.',
      });
    if (awards && date === null)
      wrong.push({ code: 'nominations.decision_needed', field: 'decision.date', message: 'Ghi ngày quyết định.' });
    if (date !== null && date > this.clock.today())
      wrong.push({
        code: 'nominations.decision_in_the_future',
        field: 'decision.date',
        message: 'Ngày quyết định chưa đến.',
      });
    if (wrong.length > 0) throw Refused.all(wrong);
    return awards ? date : null;
  }

  /** One batch for lines that share form, type, campaign and proposing unit. */
  private async record(
    tx: Tx,
    actor: Actor,
    dossier: Dossier,
    awarded: readonly Awarded[],
    input: AnswerInput,
    date: Day,
  ): Promise<Warning[]> {
    const [body] = await tx.query<{ code: string }>(`SELECT code FROM outside_body WHERE id = $1`, [
      dossier.toOutsideId,
    ]);
    const refs = await this.tree.refs(tx, [dossier.unitId, ...awarded.map(({ line }) => line.proposingUnitId)]);
    const codeOf = (unitId: number): string => refs.get(unitId)?.code ?? '';
    const warnings: Warning[] = [];
    for (const group of groups(awarded)) {
      const [first] = group;
      if (!first) continue;
      const known = await this.rulebook.formKnown(tx, first.form);
      if (!known) {
        const message = `Không có hình thức, danh hiệu mang mã ${first.form}.`;
        throw new Refused('nominations.unknown_form', message, 'lines');
      }
      const { type, campaign, proposingUnitId, classification } = first.line;
      const recorded = await this.register.recordIn(tx, actor, {
        kind: known.kind,
        form: first.form,
        type,
        campaign,
        conferring: [{ outside: body?.code ?? '' }],
        unit: codeOf(dossier.unitId),
        proposing: codeOf(proposingUnitId),
        when: { from: date, to: date, basis: 'DECISION' },
        decision: input.decision ?? null,
        fileId: input.fileId ?? null,
        classification,
        lines: await this.lines.registerInput(
          tx,
          group.map(({ line }) => line),
        ),
      });
      warnings.push(...recorded.warnings.filter((warning) => warning.code !== 'awards.decision_already_recorded'));
      const stored = await tx.query<{ id: number }>(`SELECT id FROM award_line WHERE batch_id = $1 ORDER BY id`, [
        recorded.id,
      ]);
      for (const [index, { line, form }] of group.entries()) {
        const award = { batchId: recorded.id, lineId: stored[index]?.id ?? 0, day: date };
        await this.lines.take(tx, actor, line, 'answer_award', { toForm: form, award });
      }
    }
    return warnings;
  }

  /** The decision is one of the dossier's papers, too. */
  private async keepPaper(tx: Tx, actor: Actor, id: number, fileId: number): Promise<void> {
    await tx.query(
      `INSERT INTO dossier_paper (dossier_id, kind, file_id, recorded_on, recorded_by) VALUES ($1, 'KHAC', $2, $3, $4)`,
      [id, fileId, this.clock.today(), actor.name],
    );
  }
}

function groups(awarded: readonly Awarded[]): Awarded[][] {
  const found = new Map<string, Awarded[]>();
  for (const one of awarded) {
    const { type, campaign, proposingUnitId, classification } = one.line;
    const key = JSON.stringify([one.form, type, campaign, proposingUnitId, classification]);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()];
}
