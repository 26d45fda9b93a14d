import { useQuery } from '@tanstack/react-query';
import type { Day, FormRow, RuleRow } from '../contract.js';
import { http } from '../http.js';

/** Forms and types as the rulebook has them on a day; without a day, as of today. */
export function useForms(on: Day | null = null) {
  return useQuery({
    queryKey: ['rulebook', 'forms', on],
    queryFn: async () => (await http.get<{ items: FormRow[] }>('/rulebook/forms', { on })).items,
    staleTime: 300_000,
  });
}

export function useTypes(on: Day | null = null) {
  return useQuery({
    queryKey: ['rulebook', 'types', on],
    queryFn: async () => (await http.get<{ items: RuleRow[] }>('/rulebook/commendation-types', { on })).items,
    staleTime: 300_000,
  });
}

/** code → name for what is on the screen; a code that is no longer in force is shown as it is. */
export function useRuleNames(on: Day | null = null): {
  form: (code: string | null) => string;
  type: (code: string | null) => string;
} {
  const forms = useForms(on);
  const types = useTypes(on);
  const name = (rows: readonly { code: string; name: string }[] | undefined, code: string) =>
    rows?.find((row) => row.code === code)?.name ?? code;
  return {
    form: (code) => (code === null ? '—' : code === 'UNKNOWN' ? 'Chưa rõ hình thức' : name(forms.data, code)),
    type: (code) => (code === null ? '—' : name(types.data, code)),
  };
}
