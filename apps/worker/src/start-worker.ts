import { Logger, type INestApplicationContext } from '@nestjs/common';
import { Jobs } from '@lib/platform';
import { jobHandlers } from './handlers.js';

/** Starts working on the queues inside the given program: the api's own in one process, or a worker's. Closing it stops the work. */
export async function startWorker(app: INestApplicationContext): Promise<void> {
  const logger = new Logger('worker');
  await app.get(Jobs).run(jobHandlers(app), (name, error) => logger.error(`${name}: ${error.stack ?? error.message}`));
}
