import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IndicatorView, Page } from '../contract.js';
import { http } from '../http.js';

export type Filters = Readonly<Record<string, string | null>>;

/** The catalogue is small and rarely grows: it is asked for once. */
export function useIndicators() {
  return useQuery({
    queryKey: ['indicators'],
    queryFn: async () => (await http.get<{ items: IndicatorView[] }>('/indicators')).items,
    staleTime: 60_000,
  });
}

/** Statements of one kind, newest first. */
export function useStatements<Row>(path: string, filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['results', path, filters],
    queryFn: ({ pageParam }) => http.get<Page<Row>>(path, { ...filters, limit: 30, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** One command; afterwards every list is asked for anew. */
export function useSaving() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['results'] }),
        client.invalidateQueries({ queryKey: ['summaries'] }),
      ]),
  });
}
