import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Day, FoundUnit, Page, UnitDetail, UnitNode } from '../contract.js';
import { http } from '../http.js';
import type { Agency, CoordinationLink, UnitEvent, UnitLeaders } from './units.contract.js';

type Items<T> = { items: T[] };

/** One page of the children of a unit on a day, by name; the roots of my own scope without a parent. */
export function fetchUnits(
  parent: string | null,
  on: Day | null,
  after: string | null = null,
): Promise<Page<UnitNode>> {
  return http.get<Page<UnitNode>>('/units', { parent, on, after });
}

export const unitKeys = {
  all: ['units'] as const,
  children: (parent: string | null, on: Day | null, after: string | null = null) =>
    ['units', 'children', parent, on, after] as const,
  detail: (code: string, on: Day | null) => ['units', 'detail', code, on] as const,
};

export function useRoots(on: Day | null) {
  return useQuery({ queryKey: unitKeys.children(null, on), queryFn: () => fetchUnits(null, on) });
}

/** Direct sub-units, page after page. */
export function useSubUnits(parent: string, on: Day | null) {
  return useInfiniteQuery({
    queryKey: ['units', 'below', parent, on],
    queryFn: ({ pageParam }) => fetchUnits(parent, on, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useUnit(code: string | null | undefined, on: Day | null = null) {
  return useQuery({
    queryKey: unitKeys.detail(code ?? '', on),
    queryFn: () => http.get<UnitDetail>(`/units/${encodeURIComponent(code ?? '')}`, { on }),
    enabled: !!code,
  });
}

/** What decisions did to the unit, newest first. */
export function useUnitEvents(code: string) {
  return useQuery({
    queryKey: ['units', 'events', code],
    queryFn: async () => (await http.get<Items<UnitEvent>>(`/units/${encodeURIComponent(code)}/events`)).items,
  });
}

/** Units that it works with besides the one above it. */
export function useCoordination(code: string) {
  return useQuery({
    queryKey: ['units', 'coordination', code],
    queryFn: async () =>
      (await http.get<Items<CoordinationLink>>(`/units/${encodeURIComponent(code)}/coordination`)).items,
  });
}

/** Agencies and enterprises without a union for which this unit, or one below it, is responsible. */
export function useAgencies(unit: string, state: Agency['state'] | null, limit = 20) {
  return useInfiniteQuery({
    queryKey: ['units', 'agencies', unit, state, limit],
    queryFn: ({ pageParam }) => http.get<Page<Agency>>('/agencies', { unit, state, limit, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
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
      const roots = (await fetchUnits(null, null)).items;
      const [only] = roots;
      const below = only && roots.length === 1 && only.childCount > 0 ? (await fetchUnits(only.code, null)).items : [];
      return [...roots, ...below.slice(0, 40)];
    },
    enabled,
    staleTime: 60_000,
  });
}

export function useLeaders(code: string, on: Day | null) {
  return useQuery({
    queryKey: ['units', 'leaders', code, on],
    queryFn: () => http.get<UnitLeaders>(`/units/${encodeURIComponent(code)}/leaders`, { on }),
  });
}

/** As many as the largest federation has. */
const MOST_SUB_UNITS = 5_000;

/** All direct sub-units, where each needs a word: page after page. */
export async function fetchAllUnits(parent: string, on: Day | null): Promise<UnitNode[]> {
  const found: UnitNode[] = [];
  for (let after: string | null = null; found.length < MOST_SUB_UNITS;) {
    const page: Page<UnitNode> = await http.get<Page<UnitNode>>('/units', { parent, on, after, limit: 500 });
    found.push(...page.items);
    after = page.next;
    if (after === null) break;
  }
  return found;
}
