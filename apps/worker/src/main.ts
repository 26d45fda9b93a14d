import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PlatformModule, readEnv, type PlatformSettings } from '@lib/platform';
import { ROOMS } from '../../api/src/rooms.js';
import { startWorker } from './start-worker.js';

@Module({})
class WorkerModule {
  static with(settings: PlatformSettings): DynamicModule {
    return { module: WorkerModule, imports: [PlatformModule.with(settings), ...ROOMS] };
  }
}

/** One worker process of several. `npm start` runs the whole program in one process instead. */
async function main(): Promise<void> {
  const { databaseUrl, redisUrl, queueDatabaseUrl, dataDir, mail } = readEnv();
  if (!databaseUrl) throw new Error('Hãy đặt DATABASE_URL. (Chạy tất cả trong một: npm start.)');
  const settings = { databaseUrl, redisUrl, queueDatabaseUrl, dataDir, mail };
  const app = await NestFactory.createApplicationContext(WorkerModule.with(settings), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.enableShutdownHooks();
  await startWorker(app);
  process.stdout.write('Bộ xử lý việc nền đang chạy.\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
