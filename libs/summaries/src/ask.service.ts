import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDay, Refused, scopeOf, type Actor, type Day } from '@lib/kernel';
import type { Cargo } from '@lib/access';
import { Clock, Jobs, reader } from '@lib/platform';
import { Applier, waitingFacts } from '@lib/figures';
import { LENSES, UNIT_CODE, UnitTree, type Lens, type Place } from '@lib/units';
import type { SummaryBody } from './body.js';
import { ComputeService } from './compute.service.js';
import type { SummaryQuery } from './summary.dto.js';

export type Freshness = 'FRESH' | 'STALE' | 'COMPUTING';

export interface Answer {
  readonly ready: boolean;
  /** JSON text: the summary, or while it is computed for the first time how much waits. */
  readonly text: string;
}

export type Summary = SummaryBody & { readonly freshness: Freshness; readonly asKnownOn: Day };

/** The answer while a summary is computed for the first time: how many summaries wait, this one included. */
export interface Computing {
  readonly freshness: 'COMPUTING';
  readonly unit: { readonly code: string };
  readonly period: { readonly from: Day; readonly to: Day };
  readonly lens: Lens;
  readonly progress: { readonly waiting: number };
}

interface Stored {
  readonly freshness: Freshness;
  readonly asKnownOn: Day;
  /** Null before the first computing. */
  readonly body: string | null;
}

/** What changes from reading to reading goes in front of the stored text, here: in SQL it would cost a pass over the text. */
function textOf({ freshness, asKnownOn, body }: Partial<Stored>): string | null {
  return body ? `{"freshness":"${freshness}","asKnownOn":"${asKnownOn}",${body.slice(1)}` : null;
}

/** Asking for a summary and reading it. Nothing is computed on read. */
@Injectable()
export class AskService implements Cargo {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly tree: UnitTree,
    private readonly applier: Applier,
    private readonly computing: ComputeService,
  ) {}

  /**
   * The stored text; a question asked for the first time is handed to the job. `carried`: what {@link load} brought along
   * with the session.
   */
  async ask(actor: Actor, question: SummaryQuery, carried: unknown = null): Promise<Answer> {
    const known = this.check(question);
    const text = this.judged(actor, carried) ?? (await this.read(actor, question, known));
    if (text) return { ready: true, text };
    const q = reader(this.db);
    const unitId = await this.tree.idOf(q, question.unit, scopeOf(actor, 'summary.read'));
    const lens = question.lens ?? 'as-was';
    await q.query(
      `INSERT INTO summary (unit_id, from_day, to_day, known, lens, asked_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [unitId, question.from, question.to, known ?? 'infinity', lens, this.clock.now()],
    );
    await this.jobs.wake('summaries.compute');
    const [row] = await q.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM summary WHERE freshness <> 'FRESH'`,
    );
    const { unit, from, to } = question;
    const answer: Computing = {
      freshness: 'COMPUTING',
      unit: { code: unit },
      period: { from, to },
      lens,
      progress: { waiting: row?.waiting ?? 1 },
    };
    return { ready: false, text: JSON.stringify(answer) };
  }

  /** Computes at once, in this process: for the command line, where no worker may run. */
  async askNow(actor: Actor, question: SummaryQuery): Promise<Summary> {
    await this.applier.run();
    const first = await this.ask(actor, question);
    if (!first.ready || !first.text.startsWith('{"freshness":"FRESH"')) {
      await this.computing.run();
      const answer = await this.ask(actor, question);
      return JSON.parse(answer.text) as Summary;
    }
    return JSON.parse(first.text) as Summary;
  }

  /** What still waits: facts to be applied and summaries to be computed. */
  async status(): Promise<{ waiting: number; facts: number; applied: number }> {
    const [row] = await reader(this.db).query<{ waiting: number; facts: number; applied: number }>(
      `SELECT (SELECT count(*)::int FROM summary WHERE freshness <> 'FRESH') AS waiting, (SELECT count(*)::int FROM figure_inbox) AS facts, applied_seq AS applied
         FROM figure_state`,
    );
    if (!row) throw new Error('figure_state is empty');
    return row;
  }

  /** Rides with the session: a summary of the present, with the places by which {@link judged} decides who may read it. */
  load(query: unknown): ((params: unknown[]) => string) | null {
    const { unit, from, to, asKnownOn, lens = 'as-was' } = (query ?? {}) as Record<string, unknown>;
    const seen = LENSES.find((one) => one === lens);
    if (
      typeof unit !== 'string' ||
      !UNIT_CODE.test(unit) ||
      !isDay(from) ||
      !isDay(to) ||
      asKnownOn !== undefined ||
      !seen
    )
      return null;
    return (params) => {
      const places = this.tree.places('u.id', params);
      return this.stored({ unit, from, to, lens: seen }, null, params, `, ${places} AS places`);
    };
  }

  private judged(actor: Actor, carried: unknown): string | null {
    const { places, ...stored } = (carried ?? {}) as Partial<Stored> & { readonly places?: readonly Place[] | null };
    return places && this.tree.sees(scopeOf(actor, 'summary.read'), places) ? textOf(stored) : null;
  }

  private async read(actor: Actor, question: SummaryQuery, known: Day | null): Promise<string | null> {
    const params: unknown[] = [];
    const stored = this.stored(question, known, params);
    const scoped = this.tree.inScope('u.id', scopeOf(actor, 'summary.read'), params);
    const [row] = await reader(this.db).query<Stored>(`${stored} AND ${scoped}`, params);
    return row ? textOf(row) : null;
  }

  /**
   * SELECT of a {@link Stored}, and of further columns. The unit is found first: joined, the planner may look at every
   * summary of the period.
   */
  private stored(
    { unit, from, to, lens = 'as-was' }: Pick<SummaryQuery, 'unit' | 'from' | 'to' | 'lens'>,
    known: Day | null,
    params: unknown[],
    further = '',
  ): string {
    const add = (value: unknown): string => `$${params.push(value)}`;
    return `SELECT CASE WHEN s.freshness = 'FRESH' AND s.known = 'infinity' AND ${waitingFacts('s.unit_id', lens)} THEN 'STALE' ELSE s.freshness END AS freshness,
              ${add(known ?? this.clock.today())}::text AS "asKnownOn", s.body${further}
         FROM summary s JOIN unit u ON u.id = s.unit_id
        WHERE s.unit_id = (SELECT id FROM unit WHERE code = ${add(unit)}::text) AND s.from_day = ${add(from)}::date AND s.to_day = ${add(to)}::date AND s.known = ${add(known ?? 'infinity')}::date AND s.lens = '${lens}'`;
  }

  /** The day whose knowledge counts, null for the present. @throws Refused `period.reversed`, `summaries.known_in_the_future` */
  check({ from, to, asKnownOn }: SummaryQuery): Day | null {
    if (to < from) throw new Refused('period.reversed', 'Ngày cuối kỳ không được trước ngày đầu kỳ.', 'to');
    const today = this.clock.today();
    if (asKnownOn && asKnownOn > today)
      throw new Refused(
        'summaries.known_in_the_future',
        'Không thể hỏi điều hệ thống sẽ biết sau hôm nay.',
        'asKnownOn',
      );
    return asKnownOn && asKnownOn < today ? asKnownOn : null;
  }
}
