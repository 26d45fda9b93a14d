import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { isDay, type Day } from '@lib/kernel';
import { useSearchParams } from 'react-router';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { today } from '../words/format.js';
import type {
  BesideFigure,
  BesidePage,
  Block,
  Computing,
  CoverageRecord,
  Lens,
  RecordPage,
  Summary,
} from './summary.contract.js';

/** What is asked; lives in the address, so that a link opens the same figures. */
export interface Question {
  unit: string | null;
  from: Day;
  to: Day;
  /** Null: with everything known until now. */
  asKnownOn: Day | null;
  lens: Lens;
}

const NAMES = { unit: 'don-vi', from: 'tu', to: 'den', asKnownOn: 'biet-den' } as const;
const TODAY_LENS = 'hien-nay';

export function questionPath({ unit, from, to, asKnownOn, lens }: Question): string {
  const search = new URLSearchParams();
  for (const [field, value] of Object.entries({ unit, from, to, asKnownOn }))
    if (value) search.set(NAMES[field as keyof typeof NAMES], value);
  if (lens === 'as-is') search.set('to-chuc', TODAY_LENS);
  return `/tong-hop?${search.toString()}`;
}

export function useQuestion(): [Question, (change: Partial<Question>) => void] {
  const [search, setSearch] = useSearchParams();
  const { account } = useSession();
  const day = (name: string) => (isDay(search.get(name)) ? search.get(name) : null);
  const year = today().slice(0, 4);
  const question: Question = {
    unit: search.get(NAMES.unit) ?? account.grants[0]?.unit.code ?? null,
    from: day(NAMES.from) ?? `${year}-01-01`,
    to: day(NAMES.to) ?? `${year}-12-31`,
    asKnownOn: day(NAMES.asKnownOn),
    lens: search.get('to-chuc') === TODAY_LENS ? 'as-is' : 'as-was',
  };
  const ask = (change: Partial<Question>) => {
    const next = { ...question, ...change };
    setSearch(new URLSearchParams(questionPath(next).split('?')[1]));
  };
  return [question, ask];
}

/** How soon to ask again: quickly while it is being computed, calmly while something newer is on its way. */
const AGAIN = { COMPUTING: 700, STALE: 2000, FRESH: false } as const;

export function useSummary(question: Question) {
  return useQuery({
    queryKey: ['summaries', question],
    queryFn: () => http.get<Summary | Computing>('/summaries', { ...question }),
    enabled: !!question.unit && question.from <= question.to,
    refetchInterval: ({ state }) => AGAIN[state.data?.freshness ?? 'FRESH'],
    staleTime: 0,
  });
}

/** What a figure is made of: a whole block, or the lines with these keys. */
export interface Opening {
  block: Block;
  /** Null: the whole block. */
  keys: readonly string[] | null;
  /** Only what was given for this campaign. */
  campaign?: number;
  /** Only the part of this direct sub-unit; the unit itself: its own part. */
  part?: string;
}

/** The records behind a figure of the summary with this `seq`: later facts are left out, so the sum is the figure. */
export function useRecords(question: Question, { block, keys, part, campaign }: Opening, seq: number) {
  const key = keys?.join(',') ?? null;
  const asked = { ...question, block, key, part: part ?? null, campaign: campaign ?? null, pin: seq };
  return useInfiniteQuery({
    queryKey: ['summaries', 'records', asked],
    queryFn: ({ pageParam }) => http.get<RecordPage>('/summaries/records', { ...asked, after: pageParam, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** The records behind a figure beside the awards. */
export function useBeside(asked: Question, { block, key, span }: BesideFigure) {
  const question = { ...asked, ...span };
  return useInfiniteQuery({
    queryKey: ['summaries', block, question, key],
    queryFn: ({ pageParam }) =>
      http.get<BesidePage>(`/summaries/${block}/records`, { ...question, key, after: pageParam, limit: 50 }),
    initialPageParam: null as string | number | null,
    getNextPageParam: (page) => page.next,
  });
}

/** The statement behind a row of coverage. */
export function useCoverage(question: Question, key: string) {
  return useQuery({
    queryKey: ['summaries', 'coverage', question, key],
    queryFn: () => http.get<CoverageRecord>('/summaries/coverage/records', { ...question, key }),
  });
}
