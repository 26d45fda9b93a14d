import { printQualified, type Day, type Interval, type Qualified, type RefusalDetail } from '@lib/kernel';
import type { FigureParts, Nature } from '@lib/figures';
import type { MeasureKind, TargetOutcome, ReportBasis, ResultStatus } from './results.entity.js';

export const STATUS_NAMES: Record<ResultStatus, string> = {
  PROPOSED: 'Đề xuất',
  APPROVED: 'Được duyệt',
  DELIVERED: 'Đã thực hiện',
};

/** A part of a whole in percent, to one decimal: 696.948 of 300.000 is 232,3. null where the whole is unknown or nothing. */
export function percentOf(part: number, whole: number | null): number | null {
  return whole === null || whole <= 0 ? null : Math.round((part * 1000) / whole) / 10;
}

export interface ReportFacts {
  readonly from: Day;
  readonly to: Day;
  readonly basis: ReportBasis;
  readonly items: readonly {
    readonly code: string;
    readonly nature: Nature;
    readonly measures: MeasureKind;
    readonly count: number | null;
  }[];
  readonly money: number | null;
  readonly hasProof: boolean;
}

/** All that is wrong with a report by itself. */
export function wrongInReport({ from, to, basis, items, money, hasProof }: ReportFacts, today: Day): RefusalDetail[] {
  const wrong: RefusalDetail[] = spanDetails({ from, to });
  const say = (code: string, field: string, message: string): void => void wrong.push({ code, field, message });
  const [first] = items;
  if (to > today) say('results.in_the_future', 'to', 'Ngày cuối của số liệu chưa đến.');
  if (new Set(items.map((item) => item.code)).size < items.length)
    say('results.indicator_repeated', 'items', 'Mỗi chỉ tiêu chỉ ghi một dòng trong một báo cáo.');
  if (items.some((item) => item.nature !== first?.nature))
    say(
      'results.natures_differ',
      'items',
      'Các chỉ tiêu trong một báo cáo phải cùng loại số liệu (trong kỳ, luỹ kế hoặc thời điểm).',
    );
  if (first?.nature === 'STOCK' && from !== to)
    say('results.stock_is_of_a_day', 'from', 'Số liệu thời điểm chỉ có một ngày: ngày đầu phải trùng ngày cuối.');
  if (basis === 'EVENT' && first && first.nature !== 'FLOW')
    say('results.event_is_a_flow', 'basis', 'Chỉ số liệu phát sinh trong kỳ mới ghi theo từng sự kiện.');
  items.forEach((item, place) => {
    if (item.count !== null && item.measures === 'MONEY')
      say('results.not_counted', `items[${place}].count`, 'Chỉ tiêu này chỉ ghi bằng tiền.');
    if (money !== null && item.measures === 'COUNT')
      say('results.not_in_money', 'money', `Chỉ tiêu ${item.code} không ghi bằng tiền.`);
    if (money === null && item.count === null)
      say('results.nothing_stated', `items[${place}].count`, 'Hãy ghi số lượng hoặc số tiền.');
  });
  if (!hasProof) say('results.no_source', 'source', 'Hãy ghi nguồn hoặc đính kèm văn bản chứng minh.');
  return wrong;
}

export function spanDetails({ from, to }: Interval): RefusalDetail[] {
  if (from <= to) return [];
  return [{ code: 'period.reversed', field: 'to', message: 'Ngày cuối không được trước ngày đầu.' }];
}

export interface TargetFacts {
  readonly from: Day;
  readonly to: Day;
  readonly value: number | null;
  readonly perUnit: boolean;
  readonly percent: number | null;
  readonly outcome: TargetOutcome | null;
  readonly statedOn: Day | null;
  readonly hasProof: boolean;
}

export function wrongInTarget(facts: TargetFacts, today: Day): RefusalDetail[] {
  const wrong = spanDetails(facts);
  const say = (code: string, field: string, message: string): void => void wrong.push({ code, field, message });
  const saysHow = facts.outcome !== null || facts.percent !== null;
  if (saysHow && facts.statedOn === null)
    say('results.stated_on_required', 'statedOn', 'Hãy ghi ngày công bố kết quả thực hiện chỉ tiêu.');
  if (!saysHow && facts.statedOn !== null)
    say('results.stated_on_unexpected', 'statedOn', 'Có ngày công bố nhưng chưa có kết quả thực hiện.');
  if (facts.statedOn !== null && facts.statedOn > today)
    say('results.in_the_future', 'statedOn', 'Ngày công bố chưa đến.');
  if (facts.perUnit && facts.value === null)
    say('results.value_required', 'value', 'Chỉ tiêu giao cho từng đơn vị phải có số.');
  if (facts.value === null && !saysHow)
    say('results.nothing_stated', 'value', 'Hãy ghi số chỉ tiêu, hoặc kết quả thực hiện đã công bố.');
  if (!facts.hasProof) say('results.no_source', 'source', 'Hãy ghi nguồn hoặc đính kèm văn bản chứng minh.');
  return wrong;
}

export interface CoverageFacts {
  readonly asOf: Day;
  readonly deployed: number;
  readonly notDeployed: number | null;
  readonly expected: number | null;
  readonly hasProof: boolean;
}

/** More deployed than there are can only be a slip; a denominator that nobody knows is accepted. */
export function wrongInCoverage(facts: CoverageFacts, today: Day): RefusalDetail[] {
  const wrong: RefusalDetail[] = [];
  const say = (code: string, field: string, message: string): void => void wrong.push({ code, field, message });
  if (facts.asOf > today) say('results.in_the_future', 'asOf', 'Thời điểm số liệu chưa đến.');
  if (facts.expected !== null && facts.deployed > facts.expected)
    say('results.more_than_expected', 'deployed', 'Số đơn vị đã triển khai không được lớn hơn tổng số đơn vị.');
  else if (facts.expected !== null && facts.deployed + (facts.notDeployed ?? 0) > facts.expected)
    say('results.more_than_expected', 'notDeployed', 'Đã triển khai cộng chưa triển khai lớn hơn tổng số đơn vị.');
  if (!facts.hasProof) say('results.no_source', 'source', 'Hãy ghi nguồn hoặc đính kèm văn bản chứng minh.');
  return wrong;
}

/** A declared figure below the sum of its parts may be true for a while; the larger prints until it is settled. */
export function belowItsParts(figure: FigureParts | null): string | null {
  const { stated, fromParts } = figure ?? {};
  if (!stated || !fromParts || stated.value >= fromParts.value) return null;
  return `Số đã gồm đơn vị dưới (${printQualified(stated)}) nhỏ hơn tổng các phần (${printQualified(fromParts)}); báo cáo in số lớn hơn.`;
}

/** What a derived figure says of a target; null while the span still runs and the target is not reached. */
export function outcomeOf(reached: Qualified | null, total: Qualified | null, over: boolean): TargetOutcome | null {
  if (!reached || !total) return null;
  if (reached.value > total.value) return 'EXCEEDED';
  if (reached.value === total.value) return 'MET';
  return over ? 'NOT_MET' : null;
}

/** The span over which a target is measured in a period that ends on `to`. */
export function measured(target: Interval, to: Day): Interval {
  return { from: target.from, to: to < target.to ? to : target.to };
}
