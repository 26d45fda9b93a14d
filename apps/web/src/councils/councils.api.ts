import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id, Page } from '../contract.js';
import { http } from '../http.js';
import type {
  Candidate,
  Council,
  CouncilOutcome,
  MemberRole,
  Presence,
  ReadyNomination,
  Sitting,
  SittingRow,
} from './councils.contract.js';

export const COUNCIL_KIND_NAMES: Record<Council['kind'], string> = {
  COUNCIL: 'Hội đồng thi đua, khen thưởng',
  BTV: 'Ban Thường vụ',
  BCH: 'Ban Chấp hành',
};
export const MEMBER_ROLE_NAMES: Record<MemberRole, string> = {
  CHAIR: 'Chủ tịch',
  VICE_CHAIR: 'Phó Chủ tịch',
  MEMBER: 'Ủy viên',
  SECRETARY: 'Thư ký',
};
export const PRESENCE_NAMES: Record<Presence, string> = {
  PRESENT: 'Có mặt',
  CONSULTED: 'Gửi phiếu',
  ABSENT: 'Vắng',
};
export const OUTCOME_NAMES: Record<CouncilOutcome, string> = {
  RECOMMENDED: 'Đề nghị khen',
  DOWNGRADED: 'Hạ hình thức',
  NOT_RECOMMENDED: 'Không đề nghị',
};

export function useCouncils() {
  return useQuery({
    queryKey: ['councils', 'list'],
    queryFn: async () => (await http.get<{ items: Council[] }>('/councils')).items,
  });
}

export function useCandidates(unit: string | null) {
  return useQuery({
    queryKey: ['councils', 'candidates', unit],
    queryFn: async () => (await http.get<{ items: Candidate[] }>('/council-candidates', { unit })).items,
    enabled: unit !== null,
  });
}

/** Newest first. */
export function useSittings() {
  return useInfiniteQuery({
    queryKey: ['councils', 'sittings'],
    queryFn: ({ pageParam }) => http.get<Page<SittingRow>>('/sittings', { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

const sittingKey = (id: Id) => ['councils', 'sitting', id] as const;

export function useSitting(id: Id) {
  return useQuery({ queryKey: sittingKey(id), queryFn: () => http.get<Sitting>(`/sittings/${id}`) });
}

export function useReadyNominations(id: Id) {
  return useQuery({
    queryKey: ['councils', 'ready', id],
    queryFn: async () => (await http.get<{ items: ReadyNomination[] }>(`/sittings/${id}/ready-lines`)).items,
  });
}

/** Does a command on a sitting; its answer is the sitting that is shown. */
export function useSittingSaving(id: Id) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (work: () => Promise<Sitting | { sitting: Sitting }>) => {
      const saved = await work();
      return 'sitting' in saved ? saved.sitting : saved;
    },
    onSuccess: (sitting) => {
      client.setQueryData(sittingKey(id), sitting);
      void client.invalidateQueries({ queryKey: ['councils', 'sittings'] });
      void client.invalidateQueries({ queryKey: ['councils', 'ready'] });
    },
  });
}
