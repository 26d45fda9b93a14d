import { Logger, type INestApplicationContext } from '@nestjs/common';
import { DeskDaily } from '@lib/desk';
import { PassingDays } from '@lib/agreements';
import { PrepareService } from '@lib/commendations';
import { Files } from '@lib/files';
import { Applier, Recompute } from '@lib/figures';
import { Duplicates } from '@lib/people';
import { Jobs, Outbox, type JobHandlers } from '@lib/platform';
import { ImportRunner } from '@lib/spreadsheets';
import { ScheduledDays } from '@lib/reorganisations';
import { ComputeService } from '@lib/summaries';
import { PassedDays } from '@lib/units';

/** Thin sleeves: each job is one call of a service; what it has to do lies in tables. */
export function jobHandlers(app: INestApplicationContext): JobHandlers {
  const logger = new Logger('worker');
  return {
    'figures.apply': async () => {
      await app.get(Applier).run();
      await app.get(Jobs).wake('summaries.compute');
    },
    'summaries.compute': async () => void (await app.get(ComputeService).run()),
    'commendations.prepare': async () => void (await app.get(PrepareService).run()),
    'outbox.deliver': async () => void (await app.get(Outbox).deliver()),
    'people.duplicates': async () => void (await app.get(Duplicates).run()),
    'desk.daily': () => app.get(DeskDaily).run(),
    'agreements.days': async () => void (await app.get(PassingDays).run()),
    'imports.run': () => app.get(ImportRunner).run(),
    'reorganisations.days': async () => {
      await app.get(ScheduledDays).run();
      await app.get(PassedDays).run();
    },
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
