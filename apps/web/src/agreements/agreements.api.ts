import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id, Page } from '../contract.js';
import { http } from '../http.js';
import type {
  Addressee,
  Agreement,
  AgreementKind,
  AgreementRow,
  AgreementState,
  CommitmentCategory,
  CommitmentOutcome,
  CommitmentStanding,
} from './agreements.contract.js';

export const AGREEMENT_KIND_NAMES: Record<AgreementKind, string> = {
  PROGRAMME: 'Chương trình công tác',
  AGREEMENT: 'Giao ước thi đua',
};
export const CATEGORY_NAMES: Record<CommitmentCategory, string> = {
  PROPAGANDA: 'Tuyên truyền, giáo dục',
  CARE: 'Chăm lo, đại diện, bảo vệ',
  CAMPAIGN: 'Phong trào thi đua',
  ORGANISATION: 'Xây dựng tổ chức',
  TITLES: 'Đăng ký danh hiệu',
  OTHER: 'Việc khác',
};
export const ADDRESSEE_NAMES: Record<Addressee, string> = {
  PARTY_COMMITTEE: 'Cấp uỷ',
  LEADERS: 'Lãnh đạo đơn vị',
  MEMBERS: 'Cán bộ, đoàn viên',
};
export const OUTCOME_NAMES: Record<CommitmentOutcome, string> = {
  KEPT: 'Đã thực hiện',
  BROKEN: 'Không thực hiện được',
  RUNNING: 'Vẫn đang thực hiện (sửa kết quả đã ghi)',
};
export const STANDING_MARKS: Record<CommitmentStanding, { name: string; tone: 'plain' | 'good' | 'warn' | 'bad' }> = {
  KEPT: { name: 'Đã thực hiện', tone: 'good' },
  RUNNING: { name: 'Đang thực hiện', tone: 'plain' },
  OVERDUE: { name: 'Quá hạn', tone: 'warn' },
  BROKEN: { name: 'Không thực hiện được', tone: 'bad' },
  ENDED: { name: 'Dừng cùng đơn vị', tone: 'plain' },
};

export function toneOf(state: AgreementState): 'plain' | 'good' | 'warn' | 'bad' | 'gold' {
  if (state === 'CANCELLED') return 'bad';
  if (state === 'SIGNING' || state === 'UNDER_DISCUSSION') return 'warn';
  return state === 'IN_FORCE' ? 'good' : 'plain';
}

/** Programmes and agreements that I may see, latest first. */
export function useAgreements(year: number | null, bloc: Id | null) {
  return useInfiniteQuery({
    queryKey: ['agreements', 'list', year, bloc],
    queryFn: ({ pageParam }) =>
      http.get<Page<AgreementRow>>('/agreements', { year, bloc, limit: 30, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useAgreement(id: Id | null) {
  return useQuery({
    queryKey: ['agreements', 'one', id],
    queryFn: () => http.get<Agreement>(`/agreements/${id}`),
    enabled: id !== null,
  });
}

/** Keeps the answer of a command as the agreement that is shown; what waits on my desk may have changed with it. */
export function useAgreementSaving() {
  const client = useQueryClient();
  return async (saving: Promise<Agreement>): Promise<Agreement> => {
    const saved = await saving;
    client.setQueryData(['agreements', 'one', saved.id], saved);
    void client.invalidateQueries({ queryKey: ['agreements', 'list'] });
    void client.invalidateQueries({ queryKey: ['desk'] });
    return saved;
  };
}
