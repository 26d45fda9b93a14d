import { useUnit } from './units.api.js';

/** The name behind a code; the code itself where the unit lies outside my scope. */
export function UnitName({ code }: { code: string | null }) {
  const unit = useUnit(code);
  return <>{code === null ? '—' : (unit.data?.name ?? code)}</>;
}
