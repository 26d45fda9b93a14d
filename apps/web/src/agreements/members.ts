import type { Agreement, Commitment } from './agreements.contract.js';

/** Members for which I may do something now, as options of a Select. */
export function unitsThatMay(agreement: Agreement, what: string): { value: string; label: string }[] {
  return agreement.memberUnits.flatMap(({ unit, may }) =>
    unit && may.includes(what) ? [{ value: unit.code, label: unit.name }] : [],
  );
}

/** Of the units bound by a commitment, those for which I may report. */
export function reportersOf(agreement: Agreement, commitment: Commitment): { value: string; label: string }[] {
  const bound = new Set(commitment.units.map(({ unit }) => unit?.code));
  return unitsThatMay(agreement, 'report').filter(({ value }) => bound.has(value));
}
