import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { BatchRow, BatchView, Id, Page, Person, RecipientRow } from '../contract.js';
import { http } from '../http.js';

export type Filters = Readonly<Record<string, string | null>>;

function usePaged<T>(path: string, filters: Filters, limit = 30, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['awards', path, filters, limit],
    queryFn: ({ pageParam }) => http.get<Page<T>>(path, { ...filters, limit, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** Decisions and declarations, newest first. */
export function useBatches(filters: Filters, limit = 30, enabled = true) {
  return usePaged<BatchRow>('/award-batches', filters, limit, enabled);
}

/** Named recipients, newest first. */
export function useRecipients(filters: Filters, enabled = true) {
  return usePaged<RecipientRow>('/awards', filters, 30, enabled);
}

export const batchKey = (id: Id) => ['awards', 'batch', String(id)] as const;

export function useBatch(id: Id | null | undefined) {
  return useQuery({
    queryKey: batchKey(id ?? 0),
    queryFn: () => http.get<BatchView>(`/award-batches/${id}`),
    enabled: id !== null && id !== undefined,
  });
}

export function usePeople(q: string, unit: string | null, enabled: boolean) {
  return useQuery({
    queryKey: ['people', q, unit],
    queryFn: async () => (await http.get<Page<Person>>('/people', { q, unit, limit: 8 })).items,
    enabled: enabled && q.trim().length >= 2,
    staleTime: 30_000,
  });
}
