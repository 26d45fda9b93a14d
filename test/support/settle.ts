import type { INestApplicationContext } from '@nestjs/common';
import { Applier } from '@lib/figures';
import { ComputeService } from '@lib/summaries';

/** Does at once what the worker's jobs do: apply what waits, compute what was asked. */
export async function settle(app: INestApplicationContext): Promise<void> {
  await app.get(Applier).run();
  await app.get(ComputeService).run();
}
