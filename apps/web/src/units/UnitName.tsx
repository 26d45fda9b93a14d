import type { UnitRef } from '../contract.js';
import { useUnit } from './units.api.js';

/** The name behind a code: among those already at hand, else asked for; the code itself where it lies outside my scope. */
export function UnitName({ code, known = [] }: { code: string | null; known?: readonly UnitRef[] }) {
  const atHand = known.find((unit) => unit.code === code)?.name;
  const unit = useUnit(atHand ? null : code);
  return <>{code === null ? '—' : (atHand ?? unit.data?.name ?? code)}</>;
}
