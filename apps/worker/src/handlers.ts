import { Logger, type INestApplicationContext } from '@nestjs/common';
import { Files } from '@lib/files';
import { Applier, Recompute } from '@lib/figures';
import { Jobs, type JobHandlers } from '@lib/platform';
import { ComputeService } from '@lib/summaries';

/** Thin sleeves: each job is one call of a service; what it has to do lies in tables. */
export function jobHandlers(app: INestApplicationContext): JobHandlers {
  const logger = new Logger('worker');
  return {
    'figures.apply': async () => {
      await app.get(Applier).run();
      await app.get(Jobs).wake('summaries.compute');
    },
    'summaries.compute': async () => void (await app.get(ComputeService).run()),
    'figures.verify': async () => {
      const found = await app.get(Recompute).verify();
      if (found.ledger + found.cells === 0) return;
      logger.error(
        `figures differ from their records: ${found.ledger} postings, ${found.cells} cells; cells are rebuilt`,
      );
      await app.get(Recompute).repair();
    },
    'files.sweep': async () => void (await app.get(Files).sweep()),
  };
}
