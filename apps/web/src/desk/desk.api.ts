import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id, NoticePage, OwnMail, TaskCount, TaskPage } from '../contract.js';
import { http } from '../http.js';

export type TasksOf = 'mine' | 'below';

const EVERY_MINUTE = 60_000;

export function useTasks(of: TasksOf, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['desk', 'tasks', of],
    queryFn: ({ pageParam }) => http.get<TaskPage>('/tasks', { of, limit: 50, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: EVERY_MINUTE,
    enabled,
  });
}

export function useTaskCounts(of: TasksOf) {
  return useQuery({
    queryKey: ['desk', 'counts', of],
    queryFn: async () => (await http.get<{ items: TaskCount[] }>('/tasks/counts', { of })).items,
    refetchInterval: EVERY_MINUTE,
  });
}

/** The number on the bell: asked for when the window is looked at again, and every minute while it is. */
export function useUnread(): number {
  const unread = useQuery({
    queryKey: ['desk', 'unread'],
    queryFn: async () => (await http.get<{ unread: number }>('/notices/unread')).unread,
    refetchInterval: EVERY_MINUTE,
    refetchOnWindowFocus: 'always',
  });
  return unread.data ?? 0;
}

export function useNotices() {
  return useInfiniteQuery({
    queryKey: ['desk', 'notices'],
    queryFn: ({ pageParam }) => http.get<NoticePage>('/notices', { after: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Marks one notice read, or with `upTo` all up to the latest that is on the screen. */
export function useReading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: { id: Id } | { upTo: Id }) =>
      'id' in what ? http.put<void>(`/notices/${what.id}/read`, {}) : http.put<void>('/notices/read', what),
    onSuccess: () =>
      Promise.all(['unread', 'notices'].map((key) => client.invalidateQueries({ queryKey: ['desk', key] }))),
  });
}

export function useOwnMail(enabled: boolean) {
  return useQuery({ queryKey: ['desk', 'mail'], queryFn: () => http.get<OwnMail>('/session/mail'), enabled });
}
