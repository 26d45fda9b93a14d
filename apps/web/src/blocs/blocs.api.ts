import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id, Page } from '../contract.js';
import { http } from '../http.js';
import type { Bloc, BlocKind, BlocRole, BlocRow } from './blocs.contract.js';

export const BLOC_KIND_NAMES: Record<BlocKind, string> = { BLOCK: 'Khối', CLUSTER: 'Cụm' };
export const BLOC_ROLE_NAMES: Record<BlocRole, string> = {
  HEAD: 'Đơn vị trưởng',
  DEPUTY: 'Đơn vị phó',
  MEMBER: 'Thành viên',
};

/** Blocs that I may see, latest year first. */
export function useBlocs(year: number | null) {
  return useInfiniteQuery({
    queryKey: ['blocs', 'list', year],
    queryFn: ({ pageParam }) => http.get<Page<BlocRow>>('/blocs', { year, limit: 30, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useBloc(id: Id | null) {
  return useQuery({
    queryKey: ['blocs', 'one', id],
    queryFn: () => http.get<Bloc>(`/blocs/${id}`),
    enabled: id !== null,
  });
}

/** Keeps the answer of a command as the bloc that is shown. */
export function useBlocSaving() {
  const client = useQueryClient();
  return async (saving: Promise<Bloc>): Promise<Bloc> => {
    const saved = await saving;
    client.setQueryData(['blocs', 'one', saved.id], saved);
    void client.invalidateQueries({ queryKey: ['blocs', 'list'] });
    return saved;
  };
}
