import { printNumber } from '@lib/kernel';
import type { AwardKind, BodyRef, Counts, Decision } from '../contract.js';
import { printAnyDay } from '../words/format.js';

type SomeCounts = Partial<Counts> | null | undefined;

const PARTS: readonly [keyof Counts, string][] = [
  ['collectives', 'tập thể'],
  ['individuals', 'cá nhân'],
  ['households', 'hộ gia đình'],
];

/** `11 tập thể, 18 cá nhân`; counts stand side by side and are never added together. Nothing counted is an em dash. */
export function printCounts(counts: SomeCounts, kind: AwardKind = 'AWARD'): string {
  if (!counts) return '—';
  const parts = PARTS.flatMap(([field, word]) => {
    const count = counts[field];
    return count ? [unbroken(`${printNumber(count)} ${word}`)] : [];
  });
  if (kind === 'PRIZE') return prizeCounts(counts, parts);
  if (counts.unsplit) parts.push(unbroken(`${printNumber(counts.unsplit)} chưa tách`));
  return parts.length ? parts.join(', ') : '0';
}

/** `47 giải`, or `3 giải (1 tập thể, 2 cá nhân)`: a prize is one prize, whoever received it. */
function prizeCounts(counts: Partial<Counts>, parts: readonly string[]): string {
  const prizes =
    (counts.collectives ?? 0) + (counts.individuals ?? 0) + (counts.households ?? 0) + (counts.unsplit ?? 0);
  return unbroken(`${printNumber(prizes)} giải`) + (parts.length ? ` (${parts.join(', ')})` : '');
}

/** A number stays on one line with what it counts. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

export function isNothing(counts: SomeCounts): boolean {
  return !counts || (!counts.collectives && !counts.individuals && !counts.households && !counts.unsplit);
}

/** `Bộ Công an; CĐ CAND`: joint givers, the leading one first. */
export function printBodies(bodies: readonly BodyRef[]): string {
  return bodies.map((body) => body.name).join('; ') || 'chưa rõ';
}

/** `Số 123/QĐ-CĐVC ngày 06/12/2023`, or what of it is known. */
export function printDecision(decision: Decision | null | undefined): string {
  if (!decision || (!decision.number && !decision.symbol && !decision.date)) return 'chưa có số, ngày';
  const number = [decision.number, decision.symbol].filter(Boolean).join('/');
  return [number ? `Số ${number}` : 'Chưa có số', decision.date ? `ngày ${printAnyDay(decision.date)}` : null]
    .filter(Boolean)
    .join(' ');
}
