import { startWorker } from '../apps/worker/src/start-worker.js';
import { openProgram } from './program.js';

/** A worker process as in production, until the bench hangs up. */
const app = await openProgram(process.argv[2] ?? '');
await startWorker(app);
process.once('disconnect', () => void app.close().finally(() => process.exit(0)));
process.send?.('ready');
