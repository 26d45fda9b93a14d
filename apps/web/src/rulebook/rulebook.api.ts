import { useQuery } from '@tanstack/react-query';
import type { Day, VoteRuleRow } from '../contract.js';
import { http } from '../http.js';

/** How a council votes, as the rulebook has it on a day. */
export function useVoteRules(on: Day | null) {
  return useQuery({
    queryKey: ['rulebook', 'votes', on],
    queryFn: async () => (await http.get<{ items: VoteRuleRow[] }>('/rulebook/vote-rules', { on })).items,
  });
}
