import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '../http.js';
import type { ColleagueView, DelegationView, HandoverView } from '../people/people.contract.js';

export function useDelegations() {
  return useQuery({
    queryKey: ['delegations'],
    queryFn: async () => (await http.get<{ items: DelegationView[] }>('/session/delegations')).items,
  });
}

/** Colleagues by part of the name. */
export function useColleagues(q: string, enabled: boolean) {
  return useQuery({
    queryKey: ['colleagues', q],
    queryFn: async () => (await http.get<{ items: ColleagueView[] }>('/session/colleagues', { q })).items,
    enabled,
  });
}

export function useHandoverPreview(to: string | null) {
  return useQuery({
    queryKey: ['handover', to],
    queryFn: () => http.get<HandoverView>('/handovers/preview', { to }),
    enabled: to !== null,
  });
}

export function useDelegationSaving() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () =>
      Promise.all(['delegations', 'handover', 'desk'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}
