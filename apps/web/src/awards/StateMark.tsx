import type { RecordState } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { printAnyDay } from '../words/format.js';

/** Revoked stays in the book, struck through, with the words and the day. */
export function StateMark({ state, on }: { state: RecordState; on?: string | null }) {
  if (state === 'LIVE') return null;
  const word = state === 'REVOKED' ? 'đã huỷ' : 'đã gỡ, ghi nhầm';
  return <Mark tone="bad">{on ? `${word} ngày ${printAnyDay(on)}` : word}</Mark>;
}
