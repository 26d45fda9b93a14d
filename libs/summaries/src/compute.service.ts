import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { DataSource } from 'typeorm';
import { LEVEL_NAMES, LEVELS, printInterval, type Day, type Level } from '@lib/kernel';
import { Clock, snapshot, transact, type Queryable } from '@lib/platform';
import { AwardsQueries } from '@lib/awards';
import {
  addCounts,
  Applier,
  BLOCKS,
  BreakdownQueries,
  NO_COUNTS,
  PeriodQueries,
  type Block,
  type Counts,
  type Question,
} from '@lib/figures';
import { Rulebook } from '@lib/rulebook';
import { StrengthsService, UnitTree, type StrengthView, type UnitRef } from '@lib/units';
import {
  allNamed,
  byForm,
  byLevel,
  byType,
  layLines,
  layPrizes,
  totalsOf,
  type ChildRow,
  type Figures,
  type SummaryBody,
  type UndatedRow,
} from './body.js';

interface Waiting {
  id: number;
  unitId: number;
  from: Day;
  to: Day;
  known: Day | 'infinity';
  touched: number;
}

/** The stored text is the same for every reader, so restricted units stand in it together and without a name. */
const RESTRICTED_UNITS: UnitRef = { code: '', name: 'Các đơn vị hạn chế xem', level: 'UNKNOWN' };

/** Levels that a summary always lists, stated or not: nobody should have to guess whether they were forgotten. */
const ALWAYS_LISTED: readonly Level[] = ['DIRECT_UPPER_UNION', 'GRASSROOTS_UNION'];

type LevelCounts = Awaited<ReturnType<StrengthsService['unitsByLevel']>>;
const REMEMBERED = 1_000;

/** Computes what was asked for and what has become stale, one summary a transaction, from one moment of the book. */
@Injectable()
export class ComputeService implements OnModuleInit {
  private readonly levelCounts = new Map<string, LevelCounts>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly strengths: StrengthsService,
    private readonly periods: PeriodQueries,
    private readonly breakdown: BreakdownQueries,
    private readonly awards: AwardsQueries,
    private readonly rulebook: Rulebook,
    private readonly applier: Applier,
  ) {}

  /** In the applier's own transaction: what a fact touched is stale from that moment on. Days known in the past stay. */
  onModuleInit(): void {
    this.applier.onTouched(async (tx) => {
      await tx.query(
        `UPDATE summary s SET touched = s.touched + 1, freshness = CASE WHEN s.freshness = 'FRESH' THEN 'STALE' ELSE s.freshness END
          WHERE s.known = 'infinity' AND EXISTS (
            SELECT 1 FROM touched t WHERE t.unit_id = s.unit_id AND t.from_day <= s.to_day AND s.from_day <= t.to_day)`,
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
    const { body, seq } = await snapshot(this.db, (q) => this.compute(q, next));
    await transact(this.db, (tx) =>
      tx.query(
        `UPDATE summary SET body = $2, seq = $3, computed_at = $4, freshness = CASE WHEN touched = $5 THEN 'FRESH' ELSE 'STALE' END WHERE id = $1`,
        [next.id, JSON.stringify(body), seq, this.clock.now(), next.touched],
      ),
    );
  }

  private async next(failed: readonly number[]): Promise<Waiting | null> {
    const [row] = await this.db.query<Waiting[]>(
      `SELECT id, unit_id AS "unitId", from_day AS "from", to_day AS "to", known, touched FROM summary
        WHERE freshness <> 'FRESH' AND id <> ALL($1) ORDER BY computed_at NULLS FIRST, asked_at, id LIMIT 1`,
      [failed],
    );
    return row ?? null;
  }

  private async compute(q: Queryable, asked: Waiting): Promise<{ body: SummaryBody; seq: number }> {
    const known = asked.known === 'infinity' ? null : asked.known;
    await this.periods.holdCells(q);
    const state = await this.periods.state(q);
    const change = known === null ? state.change : await this.tree.changeKnownOn(q, known);
    const question: Question = { unitId: asked.unitId, from: asked.from, to: asked.to, known, change };
    const figures = await this.figures(q, question);
    const unit = (await this.tree.refs(q, [asked.unitId], asked.to)).get(asked.unitId);
    if (!unit) throw new Error(`unit ${asked.unitId} is unknown`);
    const content = {
      unit,
      period: { from: asked.from, to: asked.to },
      lens: 'as-was' as const,
      restructured: await this.strengths.restructured(q, asked.unitId, asked.from, asked.to, change),
      state: 'OPEN' as const,
      version: null,
      strength: await this.strength(q, question, unit.level),
      awards: {
        total: totalsOf(figures, 'AWARD'),
        byConferringLevel: byLevel(figures, 'AWARD'),
        byForm: byForm(figures, 'AWARD'),
        byType: byType(figures, 'AWARD'),
        lines: layLines(figures, 'AWARD'),
        undatedWithin: await this.undated(q, question),
      },
      titles: { total: totalsOf(figures, 'TITLE'), lines: layLines(figures, 'TITLE') },
      recognitions: { total: totalsOf(figures, 'RECOGNITION'), lines: layLines(figures, 'RECOGNITION') },
      prizes: { total: allCounts(totalsOf(figures, 'PRIZE')), lines: layPrizes(figures) },
      children: await this.children(q, question, figures, unit),
    };
    const fingerprint = `sha256:${createHash('sha256')
      .update(canonicalize(content) ?? '')
      .digest('hex')}`;
    return { body: { ...content, seq: state.seq, fingerprint }, seq: state.seq };
  }

  private async figures(q: Queryable, question: Question): Promise<Figures> {
    const lines = await this.periods.lines(q, question);
    const dims = await this.periods.dims(
      q,
      lines.map((line) => line.dim),
    );
    const givers = [...new Set(lines.map((line) => line.giver))].filter((giver) => giver !== 0);
    const people = new Map<Block, number>();
    for (const block of BLOCKS) {
      const own = lines.filter((line) => dims.get(line.dim)?.block === block);
      if (own.some((line) => line.individuals !== 0) && allNamed(own))
        people.set(block, await this.periods.people(q, question, block));
    }
    return {
      lines,
      dims,
      givers: await this.periods.givers(q, givers),
      formNames: await this.rulebook.formNames(q),
      days: await this.periods.days(q, question, lines),
      people,
    };
  }

  private async strength(
    q: Queryable,
    { unitId, to, known, change }: Question,
    level: Level,
  ): Promise<SummaryBody['strength']> {
    const stated = await this.strengths.latest(q, unitId, to, known);
    const counted = await this.unitsByLevel(q, unitId, to, change);
    const one = (kind: StrengthView['kind']): SummaryBody['strength']['members'] => {
      const found = stated.find((row) => row.kind === kind);
      return found ? { value: found.value, qualifier: found.qualifier, asOf: found.asOf, source: found.source } : null;
    };
    const below = ALWAYS_LISTED.filter((each) => LEVELS.indexOf(each) > LEVELS.indexOf(level));
    const levels = new Set([...below, ...stated.flatMap((row) => row.level ?? []), ...counted.map((row) => row.level)]);
    return {
      members: one('MEMBERS'),
      workers: one('WORKERS'),
      unitsByLevel: LEVELS.filter((each) => levels.has(each)).map((each) => {
        const said = stated.find((row) => row.level === each);
        return {
          level: each,
          levelName: LEVEL_NAMES[each],
          stated: said ? { value: said.value, qualifier: said.qualifier } : null,
          fromTree: counted.find((row) => row.level === each)?.count ?? 0,
          asOf: said?.asOf ?? null,
        };
      }),
    };
  }

  /** What the tree of a numbered change holds never alters, and counting the whole country takes longer than all figures. */
  private async unitsByLevel(q: Queryable, unitId: number, day: Day, change: number): Promise<LevelCounts> {
    const key = `${unitId}/${day}/${change}`;
    const held = this.levelCounts.get(key);
    if (held) return held;
    const counted = await this.strengths.unitsByLevel(q, unitId, day, change);
    if (this.levelCounts.size >= REMEMBERED) this.levelCounts.clear();
    this.levelCounts.set(key, counted);
    return counted;
  }

  private async undated(q: Queryable, question: Question): Promise<UndatedRow[]> {
    const cut = await this.periods.undated(q, question);
    const dims = await this.periods.dims(
      q,
      cut.map((row) => row.dim),
    );
    const ids = cut.map((row) => row.recordId);
    const records = new Map((await this.awards.rows(q, ids)).map((row) => [row.id, row]));
    const hidden = await this.awards.restricted(q, ids);
    return cut.map(({ recordId, dim, from, to, collectives, individuals, households, unsplit }) => {
      const record = records.get(recordId);
      const about = hidden.has(recordId)
        ? ['hạn chế xem']
        : [record?.campaign ?? record?.reason, record?.conferringBodies.map((body) => body.name).join(', ')];
      const title = [record?.formName, ...about, printInterval({ from, to })];
      return {
        batchId: recordId,
        block: dims.get(dim)?.block ?? 'AWARD',
        title: title.filter(Boolean).join(' · '),
        when: { from, to },
        counts: { collectives, individuals, households, unsplit },
      };
    });
  }

  /** Parts by direct sub-unit; the last row is what remains the unit's own, so that the parts sum to the totals. */
  private async children(
    q: Queryable,
    question: Question,
    figures: Figures,
    unit: SummaryBody['unit'],
  ): Promise<ChildRow[]> {
    const shares = await this.breakdown.shares(q, question);
    const refs = await this.tree.refs(
      q,
      shares.map((share) => share.unitId),
      question.to,
    );
    const hidden = await this.tree.restricted(q, [...refs.keys()]);
    const of = (ids: readonly number[], block: Block): Counts =>
      shares
        .filter((share) => ids.includes(share.unitId) && share.block === block)
        .reduce<Counts>(addCounts, NO_COUNTS);
    const rows = [...refs]
      .filter(([id]) => !hidden.has(id))
      .map(([id, ref]) => ({ unit: ref, own: false, ...blocks((block) => of([id], block)) }))
      .sort((a, b) => a.unit.name.localeCompare(b.unit.name, 'vi'));
    if (hidden.size > 0)
      rows.push({ unit: RESTRICTED_UNITS, own: false, ...blocks((block) => of([...hidden], block)) });
    if (rows.length === 0) return [];
    const total = (block: Block): Counts => plain(totalsOf(figures, block));
    const below = (block: Block): Counts =>
      shares.filter((share) => share.block === block).reduce<Counts>(addCounts, NO_COUNTS);
    const rest = blocks((block) => subtract(total(block), below(block)));
    return [...rows, { unit, own: true, ...rest }];
  }
}

function blocks(of: (block: Block) => Counts): Omit<ChildRow, 'unit' | 'own'> {
  return { awards: of('AWARD'), titles: of('TITLE'), recognitions: of('RECOGNITION'), prizes: allCounts(of('PRIZE')) };
}

function plain({ collectives, individuals, households, unsplit }: Counts): Counts {
  return { collectives, individuals, households, unsplit };
}

function allCounts({ collectives, individuals, households, unsplit }: Counts): number {
  return collectives + individuals + households + unsplit;
}

function subtract(a: Counts, b: Counts): Counts {
  return addCounts(a, {
    collectives: -b.collectives,
    individuals: -b.individuals,
    households: -b.households,
    unsplit: -b.unsplit,
  });
}
