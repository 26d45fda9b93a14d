import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, scopeOf, subtree, type Actor, type Day } from '@lib/kernel';
import { reader, Steps, type Queryable, type StepView } from '@lib/platform';
import { UnitTree, type UnitRef } from '@lib/units';
import { CommendationScope, DRAFTING } from './commendation-scope.js';
import { COMMENDATION_WORKFLOW, type CommendationState, type CommendationStep } from './commendation.workflow.js';
import type { CommendationsQuery } from './commendations.dto.js';
import type { Organ } from './commendations.entity.js';
import { CommendationLines, type CommendationLineView, type ReadyLine } from './commendation-lines.queries.js';
import { ORGAN_NAMES } from './verdict.rules.js';

export interface CommendationRow {
  readonly id: number;
  readonly unit: UnitRef | null;
  readonly organ: Organ;
  readonly organName: string;
  readonly title: string;
  readonly state: CommendationState;
  readonly stateName: string;
  readonly number: string | null;
  readonly symbol: string | null;
  readonly day: Day | null;
  readonly recordedOn: Day;
}

export interface CommendationFile {
  readonly id: number;
  readonly name: string;
}

/** A step that the reader may take now. */
export interface CommendationStepOpen {
  readonly step: CommendationStep;
  readonly name: string;
}

/** What was frozen when it was prepared. */
export interface Fingerprints {
  readonly list: string;
  readonly file: string;
  readonly preparedAt: Date;
}

export interface CommendationView extends CommendationRow {
  readonly signer: { readonly name: string | null; readonly post: string | null };
  readonly file: CommendationFile | null;
  readonly minutes: CommendationFile | null;
  readonly lines: readonly CommendationLineView[];
  /** Lines that the reader may not see: of restricted nominees, or of units that are not the reader's. */
  readonly hiddenLines: number;
  readonly fingerprints: Fingerprints | null;
  readonly steps: readonly CommendationStepOpen[];
  /** Whether the reader may change the draft as it stands now. */
  readonly mayChange: boolean;
  readonly history: readonly StepView[];
  readonly version: number;
}

interface Facts extends Omit<CommendationRow, 'unit' | 'organName' | 'stateName'> {
  readonly unitId: number;
  readonly whole: boolean;
  readonly inside: boolean;
  readonly signerName: string | null;
  readonly signerPost: string | null;
  readonly file: CommendationFile | null;
  readonly minutes: CommendationFile | null;
  readonly listSha256: string | null;
  readonly fileSha256: string | null;
  readonly preparedAt: Date | null;
  readonly version: number;
}

const FILE = (column: string): string =>
  `(SELECT json_build_object('id', f.id, 'name', f.name) FROM file f WHERE f.id = c.${column})`;
const COLUMNS = `c.id, c.unit_id AS "unitId", c.organ, c.title, c.state, c.number, c.symbol, c.day, c.recorded_on AS "recordedOn",
  c.signer_name AS "signerName", c.signer_post AS "signerPost", ${FILE('file_id')} AS file, ${FILE('minutes_file_id')} AS minutes,
  c.list_sha256 AS "listSha256", c.file_sha256 AS "fileSha256", c.prepared_at AS "preparedAt", c.version`;
const PAGE = 30;

@Injectable()
export class CommendationsQueries {
  constructor(
    private readonly db: DataSource,
    private readonly tree: UnitTree,
    private readonly steps: Steps,
    private readonly scope: CommendationScope,
    private readonly lines: CommendationLines,
  ) {}

  /** Newest first. */
  async list(
    actor: Actor,
    { unit, state, limit = PAGE, after }: CommendationsQuery,
  ): Promise<{ items: CommendationRow[]; next: string | null }> {
    const q = reader(this.db);
    const params: unknown[] = [];
    const conditions = [this.scope.visible(actor, params)];
    if (unit) {
      const id = await this.tree.idOf(q, unit, scopeOf(actor, 'commendation.read'));
      conditions.push(this.tree.inScope('c.unit_id', subtree(id), params));
    }
    if (state) conditions.push(`c.state = $${params.push(state)}`);
    if (after) conditions.push(`c.id < $${params.push(Number(after))}::bigint`);
    const rows = await q.query<Facts>(
      `SELECT ${COLUMNS} FROM commendation c WHERE ${conditions.join(' AND ')} ORDER BY c.id DESC LIMIT $${params.push(limit + 1)}`,
      params,
    );
    const page = rows.slice(0, limit);
    return { items: await this.rows(q, page), next: rows.length > limit ? String(page.at(-1)?.id) : null };
  }

  /** @throws Refused `commendation.not_found` */
  async view(actor: Actor, id: number): Promise<CommendationView> {
    const q = reader(this.db);
    const params: unknown[] = [id];
    const visible = this.scope.visible(actor, params);
    const whole = this.scope.whole(actor, params);
    const inside = this.scope.inside(actor, params);
    const [facts] = await q.query<Facts>(
      `SELECT ${COLUMNS}, ${whole} AS whole, ${inside} AS inside FROM commendation c WHERE c.id = $1 AND ${visible}`,
      params,
    );
    const [row] = facts ? await this.rows(q, [facts]) : [];
    if (!facts || !row) throw Refused.notFound('commendation');
    const { lines, hidden } = await this.lines.views(q, actor, id, facts);
    const taken = facts.inside ? await this.steps.views(q, COMMENDATION_WORKFLOW, id) : [];
    const { listSha256, fileSha256, preparedAt } = facts;
    const mayDraft = await this.scope.holds(q, actor, DRAFTING, facts.unitId);
    return {
      ...row,
      signer: { name: facts.signerName, post: facts.signerPost },
      // The paper names everybody: only for those who may read all of it.
      file: facts.whole && hidden === 0 ? facts.file : null,
      minutes: facts.inside ? facts.minutes : null,
      lines,
      hiddenLines: hidden,
      fingerprints: listSha256 && fileSha256 && preparedAt ? { list: listSha256, file: fileSha256, preparedAt } : null,
      steps: await this.open(q, actor, facts),
      mayChange: mayDraft && facts.state === 'DRAFT',
      history: taken,
      version: facts.version,
    };
  }

  /** Lines that may be decided on by the unit now. */
  async ready(actor: Actor, unit: string): Promise<{ items: ReadyLine[] }> {
    const q = reader(this.db);
    return { items: await this.lines.ready(q, actor, await this.scope.unitFor(q, actor, unit)) };
  }

  /** Whether the reader may read all of a decision that holds the file. */
  async holdsFile(q: Queryable, actor: Actor, fileId: number): Promise<boolean> {
    const params: unknown[] = [fileId];
    const whole = this.scope.whole(actor, params);
    const inside = this.scope.inside(actor, params);
    const cleared = this.scope.cleared(actor, params);
    const rows = await q.query(
      `SELECT 1 FROM commendation c WHERE ((c.file_id = $1 AND ${whole}) OR (c.minutes_file_id = $1 AND ${inside}))
          AND NOT EXISTS (SELECT 1 FROM commendation_line cl JOIN nomination_line l ON l.id = cl.line_id WHERE cl.commendation_id = c.id AND NOT ${cleared}) LIMIT 1`,
      params,
    );
    return rows.length > 0;
  }

  private async open(q: Queryable, actor: Actor, { unitId, state }: Facts): Promise<CommendationStepOpen[]> {
    const decides = await this.scope.holds(q, actor, ['commendation.decide'], unitId);
    const issues = await this.scope.holds(q, actor, ['commendation.issue'], unitId);
    const mine: Record<CommendationStep, boolean> = {
      decide: decides,
      return: decides || issues,
      sign: issues,
      // Taken by the job alone.
      prepare: false,
      issue: issues,
      cancel: decides || issues,
    };
    return COMMENDATION_WORKFLOW.open(state)
      .filter((step) => mine[step])
      .map((step) => ({ step, name: COMMENDATION_WORKFLOW.steps[step].name }));
  }

  private async rows(q: Queryable, facts: readonly Facts[]): Promise<CommendationRow[]> {
    const refs = await this.tree.refs(
      q,
      facts.map(({ unitId }) => unitId),
    );
    return facts.map(({ id, unitId, organ, title, state, number, symbol, day, recordedOn }) => ({
      id,
      unit: refs.get(unitId) ?? null,
      organ,
      organName: ORGAN_NAMES[organ] ?? organ,
      title,
      state,
      stateName: COMMENDATION_WORKFLOW.stateNames[state],
      number,
      symbol,
      day,
      recordedOn,
    }));
  }
}
