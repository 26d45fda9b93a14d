import { Injectable } from '@nestjs/common';
import type { Queryable } from '@lib/platform';
import { IndicatorQueries, type FigureParts, type IndicatorFigure, type Question } from '@lib/figures';
import type { Indicator } from './results.entity.js';
import { STATUS_NAMES } from './results.rules.js';
import type { IndicatorRow, MoneyGroupRow, TargetRow } from './rows.js';
import { meaningOf, Series, type HeldMeaning } from './series.service.js';
import { TargetBlock, type IndicatorTarget } from './target.block.js';

interface Told {
  readonly meaning: HeldMeaning;
  readonly count: IndicatorFigure | undefined;
  readonly money: IndicatorFigure | undefined;
}

type Named = Pick<Indicator, 'id' | 'code' | 'name' | 'unitOfMeasure' | 'campaign' | 'nature'>;

/** Indicators, their shared sums of money and their targets, as a summary prints them. */
@Injectable()
export class IndicatorBlocks {
  constructor(
    private readonly figures: IndicatorQueries,
    private readonly series: Series,
    private readonly targets: TargetBlock,
  ) {}

  async block(q: Queryable, question: Question): Promise<{ indicators: IndicatorRow[]; moneyGroups: MoneyGroupRow[] }> {
    const found = new Map((await this.figures.figures(q, question)).map((figure) => [figure.series, figure]));
    const meanings = await this.series.byIds(
      q,
      [...found.keys()].map((series) => meaningOf(series).meaning),
    );
    const told = meanings.map((meaning) => ({
      meaning,
      count: found.get(meaning.id * 2),
      money: found.get(meaning.id * 2 + 1),
    }));
    const targets = await this.targets.rows(q, question);
    const names = await namesOf(q, [
      ...meanings.flatMap((meaning) => meaning.indicators),
      ...targets.map((target) => target.indicatorId),
    ]);
    const single = told.filter(({ meaning }) => meaning.indicators.length === 1);
    return {
      indicators: withTargets(
        single.map((one) => indicatorRow(one, nameOf(names, one.meaning.indicators[0]))),
        targets,
        names,
      ).sort(inOrder),
      moneyGroups: told
        .filter(({ meaning }) => meaning.indicators.length > 1)
        .map((one) =>
          groupRow(
            one,
            one.meaning.indicators.map((id) => nameOf(names, id)),
          ),
        )
        .sort((a, b) => a.indicators.join().localeCompare(b.indicators.join()) || rank(a) - rank(b)),
    };
  }
}

/** A target stands at what is done; an indicator that nobody reported yet still shows its targets. */
function withTargets(
  rows: IndicatorRow[],
  targets: readonly IndicatorTarget[],
  names: ReadonlyMap<number, Named>,
): IndicatorRow[] {
  const laid = [...rows];
  const byIndicator = new Map<number, TargetRow[]>();
  for (const { indicatorId, row } of targets)
    byIndicator.set(indicatorId, [...(byIndicator.get(indicatorId) ?? []), row]);
  for (const [id, own] of byIndicator) {
    const named = nameOf(names, id);
    const place = laid.findIndex((row) => row.code === named.code && row.status === 'DELIVERED');
    const held = laid[place];
    if (held) laid[place] = { ...held, targets: own };
    else laid.push({ ...bare(named), targets: own });
  }
  return laid;
}

function bare(named: Named): IndicatorRow {
  const meaning: HeldMeaning = {
    id: 0,
    indicators: [named.id],
    status: 'DELIVERED',
    fundingSource: null,
    beneficiaryClass: null,
    nature: named.nature,
  };
  return { ...indicatorRow({ meaning, count: undefined, money: undefined }, named), key: '' };
}

function seriesRow({
  meaning,
  count,
  money,
}: Told): Omit<
  IndicatorRow,
  | 'code'
  | 'name'
  | 'unitOfMeasure'
  | 'campaign'
  | 'count'
  | 'money'
  | 'countFrom'
  | 'moneyFrom'
  | 'inPeriod'
  | 'parts'
  | 'targets'
> {
  const main = count?.figure ? count : money;
  return {
    key: String(meaning.id),
    nature: meaning.nature,
    status: meaning.status,
    statusName: STATUS_NAMES[meaning.status],
    fundingSource: meaning.fundingSource,
    beneficiaryClass: meaning.beneficiaryClass,
    since: main?.since ?? null,
    asOf: main?.asOf ?? null,
    reportedUnits: Math.max(count?.units ?? 0, money?.units ?? 0),
  };
}

function indicatorRow(told: Told, { code, name, unitOfMeasure, campaign }: Named): IndicatorRow {
  const { count, money, meaning } = told;
  const cumulative = meaning.nature === 'CUMULATIVE';
  return {
    ...seriesRow(told),
    code,
    name,
    unitOfMeasure,
    campaign,
    count: figureOf(count?.figure),
    money: figureOf(money?.figure),
    countFrom: count?.figure ?? null,
    moneyFrom: money?.figure ?? null,
    inPeriod: cumulative ? { count: figureOf(count?.inPeriod), money: figureOf(money?.inPeriod) } : null,
    parts: { count: count?.parts ?? [], money: money?.parts ?? [] },
    targets: [],
  };
}

function groupRow(told: Told, named: readonly Named[]): MoneyGroupRow {
  const { money } = told;
  const sorted = named.toSorted((a, b) => a.code.localeCompare(b.code));
  return {
    ...seriesRow(told),
    indicators: sorted.map(({ code }) => code),
    names: sorted.map(({ name }) => name),
    value: money?.figure?.figure.value ?? null,
    qualifier: money?.figure?.figure.qualifier ?? null,
    moneyFrom: money?.figure ?? null,
    inPeriod: figureOf(money?.inPeriod),
    parts: money?.parts ?? [],
  };
}

function figureOf(parts: FigureParts | null | undefined): FigureParts['figure'] | null {
  return parts?.figure ?? null;
}

function nameOf(names: ReadonlyMap<number, Named>, id: number | undefined): Named {
  const named = names.get(id ?? 0);
  if (!named) throw new Error(`indicator ${id} is unknown`);
  return named;
}

const RANKS = { DELIVERED: 0, APPROVED: 1, PROPOSED: 2 } as const;

function rank(row: { readonly status: keyof typeof RANKS }): number {
  return RANKS[row.status];
}

function inOrder(a: IndicatorRow, b: IndicatorRow): number {
  return a.code.localeCompare(b.code) || rank(a) - rank(b) || Number(a.key) - Number(b.key);
}

async function namesOf(q: Queryable, ids: readonly number[]): Promise<Map<number, Named>> {
  const rows = await q.query<Named>(
    `SELECT id, code, name, unit_of_measure AS "unitOfMeasure", campaign, nature FROM indicator WHERE id = ANY($1)`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
