import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { connect, joinEmbeddedPostgres, PlatformModule, readEnv, type PlatformSettings } from '@lib/platform';
import { migrations } from '../../../migrations/index.js';
import { ROOMS } from '../../api/src/rooms.js';

@Module({})
class OpsModule {
  static with(settings: PlatformSettings): DynamicModule {
    return { module: OpsModule, imports: [PlatformModule.with(settings), ...ROOMS] };
  }
}

/** The given database, or the embedded one of the data folder, migrated. One that runs already is used and left running. */
export async function withDatabase<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
  const env = readEnv();
  const embedded = env.databaseUrl
    ? null
    : await joinEmbeddedPostgres({ dataDir: env.dataDir, log: (line) => console.error(line), durable: true });
  try {
    const databaseUrl = env.databaseUrl ?? embedded?.url ?? '';
    const source = await connect(databaseUrl, migrations);
    await source.runMigrations();
    await source.destroy();
    return await work(databaseUrl);
  } finally {
    await embedded?.stop();
  }
}

/** The rooms without HTTP and without a worker; closed afterwards. */
export function withProgram<Result>(work: (app: INestApplicationContext) => Promise<Result>): Promise<Result> {
  const { redisUrl, queueDatabaseUrl, dataDir, mail } = readEnv();
  return withDatabase(async (databaseUrl) => {
    const settings = { databaseUrl, redisUrl, queueDatabaseUrl, dataDir, mail };
    const app = await NestFactory.createApplicationContext(OpsModule.with(settings), {
      logger: ['error'],
      abortOnError: false,
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  });
}
