import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { Id } from '../contract.js';
import { http } from '../http.js';
import type { Dossier, DossierRow, DossierSaved, Nomination, Registration } from './nominations.contract.js';

export type Filters = Readonly<Record<string, string | null>>;
type Listed<T> = { items: T[]; next: number | null };

function usePaged<T>(path: string, filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['nominations', path, filters],
    queryFn: ({ pageParam }) => http.get<Listed<T>>(path, { ...filters, limit: 30, after: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export const useDossiers = (filters: Filters) => usePaged<DossierRow>('/dossiers', filters);
export const useNominations = (filters: Filters) => usePaged<Nomination>('/nominations', filters);
export const useRegistrations = (filters: Filters) => usePaged<Registration>('/title-registrations', filters);

const dossierKey = (id: Id) => ['nominations', 'dossier', String(id)] as const;

export function useDossier(id: Id) {
  return useQuery({ queryKey: dossierKey(id), queryFn: () => http.get<Dossier>(`/dossiers/${id}`) });
}

/** A command on a dossier: what it answers is shown at once, its warnings are told, and lists are asked again. */
export function useDossierCommand(id: Id) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ path, body, method = 'post' }: { path: string; body?: unknown; method?: 'post' | 'put' }) =>
      http[method]<Partial<DossierSaved>>(path, body),
    onSuccess: async ({ dossier, warnings }) => {
      if (dossier?.id === id) client.setQueryData(dossierKey(id), dossier);
      for (const warning of warnings ?? []) message.warning(warning.message, 8);
      await client.invalidateQueries({ queryKey: ['nominations'] });
    },
  });
}

export type DossierCommand = ReturnType<typeof useDossierCommand>;
