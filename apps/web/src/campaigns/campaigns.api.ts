import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id, Page } from '../contract.js';
import { http } from '../http.js';
import type {
  Campaign,
  CampaignLine,
  DeploymentRow,
  DeploymentTable,
  Occasion,
  PrizeRow,
} from './campaigns.contract.js';

export type Filters = Readonly<Record<string, string | null>>;

export function useCampaigns(filters: Filters, limit = 30) {
  return useInfiniteQuery({
    queryKey: ['campaigns', 'list', filters, limit],
    queryFn: ({ pageParam }) => http.get<Page<CampaignLine>>('/campaigns', { ...filters, limit, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

const campaignKey = (id: Id) => ['campaigns', 'one', id] as const;

export function useCampaign(id: Id | null) {
  return useQuery({
    queryKey: campaignKey(id ?? 0),
    queryFn: () => http.get<Campaign>(`/campaigns/${id}`),
    enabled: id !== null,
  });
}

export function useDeployment(id: Id, filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['campaigns', 'deployment', id, filters],
    queryFn: ({ pageParam }) =>
      http.get<DeploymentTable>(`/campaigns/${id}/deployments`, { ...filters, limit: 30, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** Prizes of the register that were given in the campaign's contests. */
export function usePrizes(id: Id, enabled: boolean) {
  return useQuery({
    queryKey: ['campaigns', 'prizes', id],
    queryFn: async () => (await http.get<{ items: PrizeRow[] }>(`/campaigns/${id}/prizes`)).items,
    enabled,
  });
}

export function useOccasions(enabled: boolean) {
  return useQuery({
    queryKey: ['campaigns', 'occasions'],
    queryFn: async () => (await http.get<{ items: Occasion[] }>('/occasions')).items,
    enabled,
  });
}

/** Sends a change; whatever shows campaigns, tasks or summaries is read again. */
export function useSaving<Answer = unknown>() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (send: () => Promise<Answer>) => send(),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['campaigns'] });
      void client.invalidateQueries({ queryKey: ['desk'] });
      void client.invalidateQueries({ queryKey: ['summaries'] });
    },
  });
}

export type { DeploymentRow };
