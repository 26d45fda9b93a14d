import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Page } from '../contract.js';
import { http } from '../http.js';
import type { DuplicateView, PersonAward, PersonProfile, PersonView } from './people.contract.js';

export type PeopleFilters = Readonly<Record<string, string | null>>;

/** People in list order; a search finds them without accents. */
export function usePeople(filters: PeopleFilters) {
  return useInfiniteQuery({
    queryKey: ['people', 'list', filters],
    queryFn: ({ pageParam }) => http.get<Page<PersonView>>('/people', { ...filters, limit: 50, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useDuplicates(filters: PeopleFilters, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['people', 'duplicates', filters],
    queryFn: ({ pageParam }) =>
      http.get<Page<DuplicateView>>('/people/duplicates', { ...filters, limit: 20, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled,
  });
}

export function usePerson(id: number | string | null) {
  return useQuery({
    queryKey: ['people', 'one', String(id)],
    queryFn: () => http.get<PersonProfile>(`/people/${id}`),
    enabled: id !== null,
  });
}

export function usePersonAwards(id: number, enabled: boolean) {
  return useQuery({
    queryKey: ['people', 'awards', String(id)],
    queryFn: async () => (await http.get<{ items: PersonAward[] }>(`/people/${id}/awards`)).items,
    enabled,
  });
}

/** One command on people; afterwards what shows them is asked for anew. */
export function usePeopleSaving() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }),
  });
}
