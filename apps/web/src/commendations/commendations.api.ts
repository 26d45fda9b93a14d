import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id, Page } from '../contract.js';
import { OUTCOME_NAMES } from '../councils/councils.api.js';
import { http } from '../http.js';
import type {
  Commendation,
  CommendationRow,
  CommendationState,
  CouncilWord,
  Organ,
  ReadyLine,
} from './commendations.contract.js';

export const ORGAN_NAMES: Record<Organ, string> = {
  BTV: 'Ban Thường vụ',
  BCH: 'Ban Chấp hành',
  LEADER: 'Thủ trưởng cơ quan, đơn vị',
};
export const STATE_TONES: Record<CommendationState, 'plain' | 'gold' | 'good' | 'bad'> = {
  DRAFT: 'plain',
  DECIDED: 'gold',
  SIGNED: 'gold',
  PREPARED: 'gold',
  ISSUED: 'good',
  CANCELLED: 'bad',
};

/** "Hạ hình thức: Giấy khen (4 thuận, 1 không thuận)". */
export function printWord(word: CouncilWord | null): string {
  if (!word) return 'chưa qua Hội đồng';
  const { outcome, form, votes } = word;
  const what = outcome === 'NOT_RECOMMENDED' ? '' : `: ${form.name}`;
  return `${OUTCOME_NAMES[outcome]}${what} (${votes.for} thuận, ${votes.against} không thuận)`;
}

export function printNumber({ number, symbol }: Pick<CommendationRow, 'number' | 'symbol'>): string {
  return number ? [number, symbol].filter(Boolean).join('/') : 'chưa có số';
}

/** Newest first. */
export function useCommendations() {
  return useInfiniteQuery({
    queryKey: ['commendations', 'list'],
    queryFn: ({ pageParam }) => http.get<Page<CommendationRow>>('/commendations', { after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

const one = (id: Id) => ['commendations', 'one', id] as const;

/** Asked again while the job that prepares it is under way. */
export function useCommendation(id: Id | null) {
  return useQuery({
    queryKey: one(id ?? 0),
    queryFn: () => http.get<Commendation>(`/commendations/${id}`),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'SIGNED' ? 1_500 : false),
  });
}

export function useReadyLines(unit: string | null) {
  return useQuery({
    queryKey: ['commendations', 'ready', unit],
    queryFn: async () => (await http.get<{ items: ReadyLine[] }>('/commendation-lines', { unit })).items,
    enabled: !!unit,
  });
}

/** Does a command; its answer is the decision that is shown. */
export function useCommendationSaving() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (work: () => Promise<Commendation | { commendation: Commendation }>) => {
      const saved = await work();
      return 'commendation' in saved ? saved.commendation : saved;
    },
    onSuccess: (saved) => {
      client.setQueryData(one(saved.id), saved);
      void client.invalidateQueries({ queryKey: ['commendations', 'list'] });
      void client.invalidateQueries({ queryKey: ['commendations', 'ready'] });
      if (saved.state === 'ISSUED') void client.invalidateQueries({ queryKey: ['awards'] });
    },
  });
}
