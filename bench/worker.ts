import { jobHandlers } from '../apps/worker/src/handlers.js';
import { Jobs } from '@lib/platform';
import { openProgram } from './program.js';

/**
 * A worker process as in production, until the bench hangs up. Only the nightly proof is left out: entries of earlier years
 * stand without records here, so that it would find differences and rebuild every year meanwhile.
 */
const app = await openProgram(process.argv[2] ?? '');
const handlers = { ...jobHandlers(app), 'figures.verify': async () => undefined };
await app.get(Jobs).run(handlers, (name, error) => process.stderr.write(`${name}: ${error.message}\n`));
process.once('disconnect', () => void app.close().finally(() => process.exit(0)));
process.send?.('ready');
