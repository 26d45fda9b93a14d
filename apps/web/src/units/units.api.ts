import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Day, FoundUnit, UnitDetail, UnitNode } from '../contract.js';
import { http } from '../http.js';

type Items<T> = { items: T[] };

/** Children of a unit on a day; the roots of my own scope without a parent. */
export async function fetchUnits(parent: string | null, on: Day | null): Promise<UnitNode[]> {
  return (await http.get<Items<UnitNode>>('/units', { parent, on })).items;
}

export const unitKeys = {
  all: ['units'] as const,
  children: (parent: string | null, on: Day | null) => ['units', 'children', parent, on] as const,
  detail: (code: string, on: Day | null) => ['units', 'detail', code, on] as const,
};

export function useUnits(parent: string | null, on: Day | null, enabled = true) {
  return useQuery({ queryKey: unitKeys.children(parent, on), queryFn: () => fetchUnits(parent, on), enabled });
}

export function useUnit(code: string | null | undefined, on: Day | null = null) {
  return useQuery({
    queryKey: unitKeys.detail(code ?? '', on),
    queryFn: () => http.get<UnitDetail>(`/units/${encodeURIComponent(code ?? '')}`, { on }),
    enabled: !!code,
  });
}

/** Units of my scope whose name or code resembles the text, accents or not. */
export async function searchUnits(q: string, on: Day | null = null, limit = 20): Promise<FoundUnit[]> {
  return (await http.get<Items<FoundUnit>>('/units/search', { q, on, limit })).items;
}

export function useUnitSearch(q: string, on: Day | null = null) {
  return useQuery({
    queryKey: ['units', 'search', q, on],
    queryFn: () => searchUnits(q, on),
    enabled: q.trim().length > 0,
    placeholderData: keepPreviousData,
  });
}

/** The roots of my scope and what stands directly below the first of them: what a chooser offers before anything is typed. */
export function useFirstUnits(enabled: boolean) {
  return useQuery({
    queryKey: ['units', 'first'],
    queryFn: async () => {
      const roots = await fetchUnits(null, null);
      const [only] = roots;
      const below = only && roots.length === 1 && only.childCount > 0 ? await fetchUnits(only.code, null) : [];
      return [...roots, ...below.slice(0, 40)];
    },
    enabled,
    staleTime: 60_000,
  });
}
