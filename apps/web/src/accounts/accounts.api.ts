import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AccountDetail, AccountPage, Id, MailState, UnitRef } from '../contract.js';
import { http } from '../http.js';

export const accountsKey = ['accounts'] as const;

export function useAccounts(q: string) {
  return useInfiniteQuery({
    queryKey: [...accountsKey, 'list', q],
    queryFn: ({ pageParam }) => http.get<AccountPage>('/accounts', { q, limit: 50, after: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useAccount(id: Id) {
  return useQuery({
    queryKey: [...accountsKey, id],
    queryFn: () => http.get<AccountDetail>(`/accounts/${id}`),
  });
}

/** Units in which roles may be given; whoever keeps accounts reads no tree. */
export function useGrantUnits(q: string) {
  return useQuery({
    queryKey: [...accountsKey, 'units', q],
    queryFn: async () => (await http.get<{ items: UnitRef[] }>('/accounts/units', { q })).items,
    enabled: q.trim().length > 0,
    placeholderData: keepPreviousData,
  });
}

export function useMailState(enabled: boolean) {
  return useQuery({
    queryKey: [...accountsKey, 'mail-state'],
    queryFn: () => http.get<MailState>('/accounts/mail-state'),
    enabled,
  });
}
