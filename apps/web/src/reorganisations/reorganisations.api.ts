import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id } from '../contract.js';
import { http, Problem } from '../http.js';
import type {
  OpenWorkKind,
  OpenWorkPage,
  PlacementPage,
  Rehearsal,
  Reorganisation,
  ReorganisationPage,
} from './reorganisations.contract.js';

export type Filters = Readonly<Record<string, string | null>>;

export function useReorganisations(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['reorganisations', 'list', filters],
    queryFn: ({ pageParam }) =>
      http.get<ReorganisationPage>('/reorganisations', { ...filters, limit: 30, after: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useReorganisation(id: Id | null) {
  return useQuery({
    queryKey: ['reorganisations', 'one', id],
    queryFn: () => http.get<Reorganisation>(`/reorganisations/${id}`),
    enabled: id !== null,
  });
}

/** The last rehearsal; null where there was none. */
export function useRehearsal(id: Id) {
  return useQuery({
    queryKey: ['reorganisations', 'rehearsal', id],
    queryFn: () =>
      http.get<Rehearsal>(`/reorganisations/${id}/rehearsal`).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }),
  });
}

export function usePlacements(id: Id, at: string) {
  return useInfiniteQuery({
    queryKey: ['reorganisations', 'placements', id, at],
    queryFn: ({ pageParam }) =>
      http.get<PlacementPage>(`/reorganisations/${id}/rehearsal/placements`, { after: pageParam, limit: 50 }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useOpenWork(id: Id, kind: OpenWorkKind) {
  return useInfiniteQuery({
    queryKey: ['reorganisations', 'open-work', id, kind],
    queryFn: ({ pageParam }) =>
      http.get<OpenWorkPage>(`/reorganisations/${id}/open-work`, { kind, after: pageParam, limit: 50 }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Sends a change; an applied one changes what nearly every page shows. */
export function useSaving<Answer = unknown>() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (send: () => Promise<Answer>) => send(),
    onSuccess: () => client.invalidateQueries(),
  });
}
