import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { BatchView, Saved, Warned } from '../contract.js';
import { batchKey } from './awards.api.js';

/** Runs one command on a batch; its answer becomes what the page shows, and lists and summaries are asked anew. */
export function useBatchSaving(batch: BatchView, onSaved: (warnings: Warned[]) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: () => Promise<Saved>) => command(),
    onSuccess: ({ batch: now, warnings }) => {
      void client.invalidateQueries({ queryKey: ['awards'] });
      void client.invalidateQueries({ queryKey: ['summaries'] });
      client.setQueryData(batchKey(batch.id), now);
      onSaved(warnings);
    },
  });
}
