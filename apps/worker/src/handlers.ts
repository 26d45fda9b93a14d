import type { INestApplicationContext } from '@nestjs/common';
import type { JobHandlers } from '@lib/platform';

/** Thin sleeves: each job is one call of a service. */
export function jobHandlers(_app: INestApplicationContext): JobHandlers {
  const nothing = async (): Promise<void> => undefined;
  return { 'figures.apply': nothing, 'summaries.compute': nothing, 'figures.verify': nothing };
}
