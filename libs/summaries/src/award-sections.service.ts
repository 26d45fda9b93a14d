import { Injectable } from '@nestjs/common';
import { printInterval, type Day } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import { AwardsQueries } from '@lib/awards';
import {
  addCounts,
  BLOCKS,
  BreakdownQueries,
  NO_COUNTS,
  PeriodQueries,
  type Block,
  type Counts,
  type FigureLine,
  type LineRow,
  type Question,
  type ShareRest,
} from '@lib/figures';
import { Rulebook } from '@lib/rulebook';
import { StrengthsService, UnitTree, type CarriedAs, type UnitRef } from '@lib/units';
import type { AwardSections, ChildRow, UndatedRow } from './body.js';
import {
  allNamed,
  byContest,
  byForm,
  byLevel,
  byType,
  layLines,
  layPrizes,
  totalsOf,
  type Figures,
} from './lay-awards.js';

/** The stored text is the same for every reader, so restricted units stand in it together and without a name. */
const RESTRICTED_UNITS: UnitRef = { code: '', name: 'Các đơn vị hạn chế xem', level: 'UNKNOWN' };

/** What holds still while only facts of single months land: it takes most of the time and is kept from one computing to the next. */
interface Still {
  readonly lines: readonly LineRow[];
  readonly shares: ShareRest;
  readonly refs: ReadonlyMap<number, UnitRef>;
  readonly hidden: ReadonlySet<number>;
  readonly carried: ReadonlyMap<number, CarriedAs>;
}

/** What the stored text still says truly: nothing wide has landed and the tree has not changed since it was computed. */
export interface HeldText {
  readonly body: AwardSections;
  /** `dim/giver` of the lines that facts have touched since. */
  readonly touchedLines: ReadonlySet<string>;
  /** Changes whenever a wide fact lands or the tree changes. */
  readonly wide: number;
}

const REMEMBERED = 500;

/** What the counting book says: awards, titles, recognitions and prizes, and their parts by sub-unit. */
@Injectable()
export class AwardSectionsService {
  private readonly remembered = new Map<string, Still>();

  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly units: StrengthsService,
    private readonly periods: PeriodQueries,
    private readonly breakdown: BreakdownQueries,
    private readonly awards: AwardsQueries,
    private readonly rulebook: Rulebook,
  ) {}

  async sections(q: Queryable, question: Question, unit: UnitRef, held: HeldText | null): Promise<AwardSections> {
    const still = await this.still(q, question, held);
    const figures = await this.figures(q, question, still, held);
    return {
      awards: {
        total: totalsOf(figures, 'AWARD'),
        byConferringLevel: byLevel(figures, 'AWARD'),
        byForm: byForm(figures, 'AWARD'),
        byType: byType(figures, 'AWARD'),
        lines: layLines(figures, 'AWARD'),
        undatedWithin: held?.body.awards.undatedWithin ?? (await this.undated(q, question)),
      },
      titles: { total: totalsOf(figures, 'TITLE'), lines: layLines(figures, 'TITLE') },
      recognitions: { total: totalsOf(figures, 'RECOGNITION'), lines: layLines(figures, 'RECOGNITION') },
      prizes: {
        total: allCounts(totalsOf(figures, 'PRIZE')),
        byContest: byContest(figures),
        lines: layPrizes(figures),
      },
      children: await this.children(q, question, figures, unit, still),
    };
  }

  private async still(q: Queryable, question: Question, held: HeldText | null): Promise<Still> {
    const { unitId, from, to, change, lens } = question;
    const key = `${unitId}/${from}/${to}/${change}/${held?.wide}`;
    const known = held && this.remembered.get(key);
    if (known) return known;
    const shares = await this.breakdown.rest(q, question);
    const below = [...shares.whole, ...shares.shares.map((share) => share.unitId)];
    const refs = await this.tree.refs(q, below, lens === 'as-was' ? to : (question.known ?? this.clock.today()));
    const still: Still = {
      lines: await this.periods.rest(q, question),
      shares,
      refs,
      hidden: await this.tree.restricted(q, [...refs.keys()]),
      carried: lens === 'as-was' ? new Map() : await this.units.carried(q, below, change),
    };
    if (!held || shares.moved) return still;
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(key, still);
    return still;
  }

  private async figures(q: Queryable, question: Question, still: Still, held: HeldText | null): Promise<Figures> {
    const lines = await this.periods.lines(q, question, still.lines);
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
      days: await this.days(q, question, lines, held),
      people,
    };
  }

  /** Exact days of the lines that name their conferring body; those that nothing touched are taken from the stored text. */
  private async days(
    q: Queryable,
    question: Question,
    lines: readonly FigureLine[],
    held: HeldText | null,
  ): Promise<Map<string, { from: Day; to: Day }>> {
    if (!held) return this.periods.days(q, question, lines);
    const { awards, titles, recognitions, prizes } = held.body;
    const days = new Map<string, { from: Day; to: Day }>();
    for (const { key, when } of [...awards.lines, ...titles.lines, ...recognitions.lines, ...prizes.lines]) {
      const [dim, giver] = key.split('.');
      if (when) days.set(`${dim}/${giver}`, { from: when.from, to: when.to });
    }
    for (const line of held.touchedLines) days.delete(line);
    const unknown = lines.filter((line) => !days.has(`${line.dim}/${line.giver}`));
    for (const [key, span] of await this.periods.days(q, question, unknown)) days.set(key, span);
    return days;
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
    unit: UnitRef,
    { shares: rest, refs, hidden, carried }: Still,
  ): Promise<ChildRow[]> {
    const shares = await this.breakdown.shares(q, question, rest);
    const present = new Set(shares.map((share) => share.unitId));
    const of = (ids: readonly number[], block: Block): Counts =>
      shares
        .filter((share) => ids.includes(share.unitId) && share.block === block)
        .reduce<Counts>(addCounts, NO_COUNTS);
    const restricted = [...hidden].filter((id) => present.has(id));
    const rows = [...refs]
      .filter(([id]) => present.has(id) && !hidden.has(id))
      .map(([id, ref]) => ({
        unit: ref,
        carried: carried.get(id) ?? null,
        restructured: false,
        own: false,
        ...blocks((block) => of([id], block)),
      }))
      .sort(
        (a, b) =>
          Number(a.carried !== null) - Number(b.carried !== null) || a.unit.name.localeCompare(b.unit.name, 'vi'),
      );
    if (restricted.length > 0)
      rows.push({
        unit: RESTRICTED_UNITS,
        carried: null,
        restructured: false,
        own: false,
        ...blocks((block) => of(restricted, block)),
      });
    if (rows.length === 0) return [];
    const total = (block: Block): Counts => plain(totalsOf(figures, block));
    const below = (block: Block): Counts =>
      shares.filter((share) => share.block === block).reduce<Counts>(addCounts, NO_COUNTS);
    const own = blocks((block) => subtract(total(block), below(block)));
    return [...rows, { unit, carried: null, restructured: false, own: true, ...own }];
  }
}

function blocks(of: (block: Block) => Counts): Omit<ChildRow, 'unit' | 'own' | 'carried' | 'restructured'> {
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
