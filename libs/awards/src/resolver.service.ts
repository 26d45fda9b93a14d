import { Injectable } from '@nestjs/common';
import { fold, Refused, scopeOf, tidy, type Actor, type Day, type Permission, type Warning } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';
import { FigureKeys, type Block } from '@lib/figures';
import { Files } from '@lib/files';
import { Rulebook, type AwardFormView } from '@lib/rulebook';
import { UnitTree, type UnitOnDay } from '@lib/units';
import type { BatchFacts, DecisionInput } from './awards.dto.js';
import type { AwardBatch } from './awards.entity.js';
import { checkExistence, checkFacts, formNotInForce, recordedAfterEnd, statedOf } from './awards.rules.js';
import { Bodies, type ResolvedBody } from './bodies.service.js';
import { Decisions } from './decisions.service.js';

/** Everything a batch states, complete: what was typed, or what is stored with a correction laid over it. */
export type WholeFacts = BatchFacts &
  Required<Pick<BatchFacts, 'conferring' | 'unit' | 'when'>> & { readonly kind: Block };

export type BatchColumns = Omit<
  AwardBatch,
  'id' | 'clientKey' | 'partOf' | 'enteredFor' | 'state' | 'recordedOn' | 'recordedBy' | 'recordedById'
>;

export interface Resolved {
  readonly columns: BatchColumns;
  readonly unit: UnitOnDay;
  readonly bodies: readonly ResolvedBody[];
  readonly form: AwardFormView | null;
  readonly warnings: readonly Warning[];
}

/** Summaries are the same text for every reader: of a restricted batch they count what it is, and do not say what for. */
const UNNAMED = { campaign: null, reason: null, tier: null, contests: [] } as const;

/** From codes and dates as typed to the columns of a batch; refuses what cannot be, warns about what may be true. */
@Injectable()
export class BatchResolver {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly rulebook: Rulebook,
    private readonly bodies: Bodies,
    private readonly decisions: Decisions,
    private readonly keys: FigureKeys,
    private readonly files: Files,
  ) {}

  /** `correcting`: the stored batch that these facts are to replace; `issued`: the signed decision that confers them. */
  async resolve(
    tx: Tx,
    actor: Actor,
    facts: WholeFacts,
    lines: number,
    permission: Permission,
    correcting: number | null = null,
    issued: number | null = null,
  ): Promise<Resolved> {
    const { when } = facts;
    const form = formCode(facts);
    const known = form === null ? null : await this.rulebook.formKnown(tx, form);
    const stated = statedOf(facts.stated);
    const wrong = checkFacts({
      kind: facts.kind,
      form,
      known: known && { kind: known.kind, inForce: true },
      when,
      stated,
      lines,
      today: this.clock.today(),
    });
    if (wrong.length > 0) throw Refused.all(wrong);
    if (facts.type && !(await this.rulebook.typeKnown(tx, facts.type)))
      throw new Refused('awards.unknown_type', `Không có loại hình khen thưởng mang mã ${facts.type}.`, 'type');

    const unit = await this.unitOn(tx, actor, facts.unit, when.to, permission);
    const bodies = await this.bodies.conferring(tx, actor, facts.conferring, unit, when.to);
    const presenting = await this.bodies.presenting(tx, actor, facts.presenting ?? null, unit, when.to);
    const [lead] = bodies;
    if (!lead) throw new Refused('awards.conferring_unclear', 'Chọn cơ quan khen thưởng.', 'conferring');
    const warnings = await this.warnings(tx, form, known, unit, when.to);
    const decision = await this.decisions.find(
      tx,
      lead.numberedBy,
      facts.decision ?? null,
      when.to,
      correcting,
      issued,
    );
    if (facts.fileId) await this.files.attach(tx, actor, facts.fileId);

    const named = {
      campaign: text(facts.campaign),
      reason: text(facts.reason),
      tier: text(facts.tier),
      contests: (facts.contests ?? []).map(tidy),
    };
    const formCertainty = form === 'UNKNOWN' ? 'UNKNOWN' : (facts.formCertainty ?? 'STATED');
    const verified = facts.conferringVerified ?? true;
    const columns: BatchColumns = {
      kind: facts.kind,
      form,
      formCertainty,
      type: facts.type ?? null,
      ...named,
      unitId: unit.id,
      unitPath: unit.path,
      proposingUnitId: facts.proposing ? await this.bodies.unitId(tx, actor, facts.proposing, unit, 'proposing') : null,
      reportingUnitId: facts.reporting ? await this.bodies.unitId(tx, actor, facts.reporting, unit, 'reporting') : null,
      presentingUnitId: presenting?.unitId ?? null,
      presentingOutsideId: presenting?.outsideId ?? null,
      conferringVerified: verified,
      spanFrom: when.from,
      day: when.to,
      basis: when.basis,
      decisionId: decision.id,
      fileId: facts.fileId ?? null,
      source: text(facts.source),
      statedColl: stated.coll,
      statedIndiv: stated.indiv,
      statedHh: stated.hh,
      statedUnsplit: stated.unsplit,
      statedWomen: stated.women,
      positionBand: facts.positionBand ?? null,
      enterprise: facts.enterprise ?? null,
      classification: facts.classification ?? 'INTERNAL',
      dimId: await this.keys.dim(tx, {
        block: facts.kind,
        form,
        formCertainty,
        type: facts.type ?? null,
        level: lead.level,
        verified,
        ...(facts.classification === 'RESTRICTED' ? UNNAMED : named),
        presenting: presenting && { code: presenting.code, name: presenting.name, level: presenting.level },
        basis: when.basis,
      }),
      giverId: await this.keys.giver(tx, bodies),
      words: wordsOf([
        known?.name,
        named.campaign,
        named.reason,
        named.tier,
        ...named.contests,
        decisionWords(facts.decision),
        unit.name,
        ...bodies.map((body) => body.name),
      ]),
    };
    return { columns, unit, bodies, form: known, warnings: [...warnings, ...decision.warnings] };
  }

  formKnown(tx: Tx, code: string): Promise<AwardFormView | null> {
    return this.rulebook.formKnown(tx, code);
  }

  private async unitOn(tx: Tx, actor: Actor, code: string, day: Day, permission: Permission): Promise<UnitOnDay> {
    const id = await this.tree.idOf(tx, code, scopeOf(actor, permission));
    const unit = (await this.tree.onDay(tx, [id], day)).get(id);
    if (unit) return unit;
    const name = (await this.tree.refs(tx, [id])).get(id)?.name ?? code;
    throw Refused.all(checkExistence(name, false, (await this.tree.ends(tx, [id])).get(id) ?? null, day, 'unit'));
  }

  private async warnings(
    tx: Tx,
    form: string | null,
    known: AwardFormView | null,
    unit: UnitOnDay,
    day: Day,
  ): Promise<Warning[]> {
    const warnings: Warning[] = [];
    if (form !== null && known && !(await this.rulebook.formOn(tx, form, day)))
      warnings.push(formNotInForce(known.name, day));
    const ended = (await this.tree.ends(tx, [unit.id])).get(unit.id);
    if (ended !== undefined && ended <= this.clock.today()) warnings.push(recordedAfterEnd(unit.name, ended, 'unit'));
    return warnings;
  }
}

/** An award whose form the source does not name is "khen thưởng, chưa rõ hình thức", never a named form. */
function formCode(facts: WholeFacts): string | null {
  if (facts.form) return facts.form;
  if (facts.kind === 'TITLE') throw new Refused('awards.title_required', 'Chọn danh hiệu thi đua.', 'form');
  return facts.kind === 'AWARD' ? 'UNKNOWN' : null;
}

function text(value: string | null | undefined): string | null {
  return value ? tidy(value) : null;
}

function decisionWords(decision: DecisionInput | null | undefined): string | null {
  return decision?.number ? `${decision.number} ${decision.symbol ?? ''}` : null;
}

function wordsOf(parts: readonly (string | null | undefined)[]): string {
  return fold(parts.filter(Boolean).join(' '));
}
