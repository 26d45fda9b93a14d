import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { DataSource } from 'typeorm';
import type { Day } from '@lib/kernel';
import { Clock, snapshot, transact, type Queryable } from '@lib/platform';
import { Applier, isWholeMonths, PeriodQueries, TOUCHED, type Question } from '@lib/figures';
import { StrengthsService, UnitTree, type Lens } from '@lib/units';
import { AwardSectionsService, type HeldText } from './award-sections.service.js';
import type { AwardSections, ProcessSections, SummaryBody } from './body.js';
import { ProcessSectionsService } from './process-sections.service.js';
import { StrengthSectionService } from './strength-section.service.js';

interface Waiting {
  id: number;
  unitId: number;
  from: Day;
  to: Day;
  known: Day | 'infinity';
  lens: Lens;
  /** How often the book, and the other records, have touched it; and up to where each is contained in the stored text. */
  touchedBook: number;
  touchedOther: number;
  touchedWide: number;
  computedBook: number;
  computedOther: number;
  computedWide: number;
}

/** Sections of the stored text that still hold, whole or in part. */
interface Held {
  readonly book: AwardSections | null;
  readonly process: ProcessSections | null;
  readonly text: HeldText | null;
  /** Rows of `summary_touched_line` that the new text takes into account. */
  readonly touchedLines: readonly number[];
}

const REMEMBERED = 20_000;

/** Computes what was asked for and what has become stale, one summary a transaction, from one moment of the book. */
@Injectable()
export class ComputeService implements OnModuleInit {
  private readonly marks = new Map<string, boolean>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly strengths: StrengthsService,
    private readonly periods: PeriodQueries,
    private readonly strength: StrengthSectionService,
    private readonly book: AwardSectionsService,
    private readonly process: ProcessSectionsService,
    private readonly applier: Applier,
  ) {}

  /** In the applier's own transaction: what a fact touched is stale from that moment on. Days known in the past stay. */
  onModuleInit(): void {
    this.applier.onTouched(async (tx) => {
      const bit = (what: number): string => `bit_or(t.what & ${what}) / ${what}`;
      const touching = `touched t JOIN summary m ON m.unit_id = t.unit_id AND m.lens = t.lens AND t.from_day <= m.to_day AND m.from_day <= t.to_day AND m.known = 'infinity'`;
      await tx.query(
        `UPDATE summary s SET touched_book = s.touched_book + t.book, touched_other = s.touched_other + t.other, touched_wide = s.touched_wide + t.wide,
                freshness = CASE WHEN s.freshness = 'FRESH' THEN 'STALE' ELSE s.freshness END
           FROM (SELECT m.id, ${bit(TOUCHED.BOOK)} AS book, ${bit(TOUCHED.OTHER)} AS other, ${bit(TOUCHED.WIDE)} AS wide FROM ${touching} GROUP BY m.id) t
          WHERE s.id = t.id`,
      );
      await tx.query(
        `INSERT INTO summary_touched_line (summary_id, dim, giver) SELECT DISTINCT m.id, t.dim, t.giver FROM ${touching} WHERE t.giver <> 0`,
      );
    });
  }

  /**
   * Works until nothing waits. Safe to run twice at once: the same summary computed twice is the same. One that fails
   * keeps no other waiting; it is tried again by the next run.
   * @throws AggregateError of what failed, once everything else is computed
   */
  async run(): Promise<number> {
    let computed = 0;
    const failed = new Map<number, unknown>();
    for (let next = await this.next([]); next; next = await this.next([...failed.keys()])) {
      try {
        await this.one(next);
        computed += 1;
      } catch (error) {
        failed.set(next.id, error);
      }
    }
    if (failed.size === 0) return computed;
    const first = [...failed][0];
    throw new AggregateError(
      failed.values(),
      `${failed.size} summaries failed, the first (${first?.[0]}): ${String(first?.[1])}`,
    );
  }

  private async one(next: Waiting): Promise<void> {
    const { body, seq, touchedLines } = await snapshot(this.db, (q) => this.compute(q, next));
    await transact(this.db, async (tx) => {
      // Whoever stored first wins: what another has computed meanwhile rests on other touched lines.
      const stored = await tx.query(
        `UPDATE summary SET body = $2, seq = $3, computed_at = $4, computed_book = $5, computed_other = $6, computed_wide = $7,
                freshness = CASE WHEN touched_book = $5 AND touched_other = $6 AND touched_wide = $7 THEN 'FRESH' ELSE 'STALE' END
          WHERE id = $1 AND (computed_book, computed_other, computed_wide) = ($8, $9, $10) RETURNING id`,
        [
          next.id,
          JSON.stringify(body),
          seq,
          this.clock.now(),
          next.touchedBook,
          next.touchedOther,
          next.touchedWide,
          next.computedBook,
          next.computedOther,
          next.computedWide,
        ],
      );
      if (stored.length > 0) await tx.query(`DELETE FROM summary_touched_line WHERE id = ANY($1)`, [touchedLines]);
    });
  }

  private async next(failed: readonly number[]): Promise<Waiting | null> {
    const [row] = await this.db.query<Waiting[]>(
      `SELECT id, unit_id AS "unitId", from_day AS "from", to_day AS "to", known, lens,
              touched_book AS "touchedBook", touched_other AS "touchedOther", touched_wide AS "touchedWide",
              computed_book AS "computedBook", computed_other AS "computedOther", computed_wide AS "computedWide" FROM summary
        WHERE freshness <> 'FRESH' AND id <> ALL($1) ORDER BY computed_at NULLS FIRST, asked_at, id LIMIT 1`,
      [failed],
    );
    return row ?? null;
  }

  private async compute(
    q: Queryable,
    asked: Waiting,
  ): Promise<{ body: SummaryBody; seq: number; touchedLines: readonly number[] }> {
    const known = asked.known === 'infinity' ? null : asked.known;
    await this.periods.holdCells(q);
    const state = await this.periods.state(q);
    const change = known === null ? state.change : await this.tree.changeKnownOn(q, known);
    const { unitId, from, to, lens } = asked;
    const question: Question = { unitId, from, to, known, change, lens };
    const refs = await this.tree.refs(q, [unitId], lens === 'as-was' ? to : (known ?? this.clock.today()));
    const unit = refs.get(unitId) ?? (await this.tree.takenBack(q, unitId));
    if (!unit) throw new Error(`unit ${unitId} is unknown`);
    const carried = lens === 'as-was' ? null : (await this.strengths.carried(q, [unitId], change)).get(unitId);
    const held = await this.held(q, asked);
    const book = held.book ?? (await this.book.sections(q, question, unit, held.text));
    const kids = book.children.filter((row) => !row.own).map((row) => row.unit.code);
    const marks = await this.restructured(q, question, [unit.code, ...kids]);
    const content = {
      unit,
      period: { from, to },
      lens,
      carried: carried ?? null,
      restructured: marks.has(unit.code),
      state: 'OPEN' as const,
      version: null,
      strength: await this.strength.section(q, question, unit.level),
      ...book,
      children: book.children.map((row) => ({ ...row, restructured: !row.own && marks.has(row.unit.code) })),
      ...(held.process ?? (await this.process.sections(q, question, book.prizes.byContest))),
    };
    const fingerprint = `sha256:${createHash('sha256')
      .update(canonicalize(content) ?? '')
      .digest('hex')}`;
    return { body: { ...content, seq: state.seq, fingerprint }, seq: state.seq, touchedLines: held.touchedLines };
  }

  /** Codes of those below or above which the tree changed within the period or since. What a change knew of it never alters. */
  private async restructured(q: Queryable, { from, change }: Question, codes: readonly string[]): Promise<Set<string>> {
    const key = (code: string): string => `${code}/${from}/${change}`;
    const unknown = codes.filter((code) => code !== '' && !this.marks.has(key(code)));
    if (unknown.length > 0) {
      if (this.marks.size >= REMEMBERED) this.marks.clear();
      const changed = await this.strengths.restructured(q, unknown, from, change);
      for (const code of unknown) this.marks.set(key(code), changed.has(code));
    }
    return new Set(codes.filter((code) => this.marks.get(key(code))));
  }

  /** What nothing has touched since the stored text was computed is not computed again. */
  private async held(q: Queryable, asked: Waiting): Promise<Held> {
    const touched = await q.query<{ id: number; line: string }>(
      `SELECT id, dim || '/' || giver AS line FROM summary_touched_line WHERE summary_id = $1`,
      [asked.id],
    );
    const touchedLines = touched.map((row) => row.id);
    const [row] = await q.query<{ body: string | null }>(
      `SELECT body FROM summary WHERE id = $1 AND (computed_book, computed_other, computed_wide) = ($2, $3, $4)`,
      [asked.id, asked.computedBook, asked.computedOther, asked.computedWide],
    );
    if (!row?.body || asked.known !== 'infinity') return { book: null, process: null, text: null, touchedLines };
    const body = JSON.parse(row.body) as SummaryBody;
    const wideHolds = asked.computedWide === asked.touchedWide;
    const bookHolds = wideHolds && asked.computedBook === asked.touchedBook;
    const text = wideHolds && asked.lens === 'as-was' && isWholeMonths(asked.from, asked.to);
    return {
      book: bookHolds ? bookSections(body) : null,
      process: asked.computedOther === asked.touchedOther ? processSections(body) : null,
      text: text
        ? { body: bookSections(body), touchedLines: new Set(touched.map((one) => one.line)), wide: asked.touchedWide }
        : null,
      touchedLines,
    };
  }
}

function bookSections({ awards, titles, recognitions, prizes, children }: SummaryBody): AwardSections {
  return { awards, titles, recognitions, prizes, children };
}

function processSections(body: SummaryBody): ProcessSections {
  const { indicators, moneyGroups, coverage, campaigns, furtherCampaigns, agreements, proposals, organisation } = body;
  return { indicators, moneyGroups, coverage, campaigns, furtherCampaigns, agreements, proposals, organisation };
}
