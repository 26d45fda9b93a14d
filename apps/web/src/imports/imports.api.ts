import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { http } from '../http.js';
import type { ImportDetail, ImportKind, ImportRecord, ImportRow, ImportState, Verdict } from './imports.contract.js';

export type Params = Readonly<Record<string, string>>;

/** What an officer chooses before the file. */
export interface Chosen {
  readonly kind: string;
  readonly unit: string;
  readonly params: Params;
}

/** States in which a job is at work: what is shown changes by itself. */
const AT_WORK: readonly ImportState[] = ['UPLOADED', 'READING', 'ACCEPTING'];

export function isAtWork(state: ImportState): boolean {
  return AT_WORK.includes(state);
}

export function useImportKinds() {
  return useQuery({
    queryKey: ['imports', 'kinds'],
    queryFn: async () => (await http.get<{ items: ImportKind[] }>('/import-kinds')).items,
    staleTime: Infinity,
  });
}

/** Newest first; asked again by itself while a job works on one of them. */
export function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports', 'list'],
    queryFn: ({ pageParam }) =>
      http.get<{ items: ImportRecord[]; next: number | null }>('/imports', { after: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((one) => isAtWork(one.state))) ? 2_000 : false,
  });
}

export function useImport(id: number) {
  return useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: () => http.get<ImportDetail>(`/imports/${id}`),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data.state) ? 1_000 : false),
  });
}

/** `version`: of the import, so that a new dry run is shown and not the old one. */
export function useImportRows(id: number, version: number, verdict: Verdict) {
  return useInfiniteQuery({
    queryKey: ['imports', 'rows', id, version, verdict],
    queryFn: ({ pageParam }) =>
      http.get<{ items: ImportRow[]; next: number | null }>(`/imports/${id}/rows`, {
        verdict,
        after: pageParam,
        limit: 50,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, unit, params, file }: Chosen & { file: File }) => {
      const body = new FormData();
      body.append('kind', kind);
      body.append('unit', unit);
      body.append('params', JSON.stringify(params));
      body.append('file', file);
      return http.post<ImportDetail>('/imports', body);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports', 'list'] }),
  });
}

/** One step of an import. Afterwards everything is asked for anew: a list may have changed any register. */
export function useImportStep(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ step, body }: { step: 'acceptance' | 'recheck' | 'abandonment' | 'undo'; body: object }) =>
      http.post<ImportDetail>(`/imports/${id}/${step}`, body),
    onSuccess: async (told) => {
      client.setQueryData(['imports', 'one', id], told);
      await client.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
}

/** Everything but the import itself is out of date once its job has ended. */
export function useForgetting() {
  const client = useQueryClient();
  return () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'imports' && queryKey[0] !== 'session' });
}
