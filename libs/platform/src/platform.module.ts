import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import { databaseOptions } from './database.js';
import type { MailSettings } from './env.js';
import { Jobs } from './jobs.js';
import { Outbox } from './outbox.js';
import { Steps } from './steps.js';

/** What an application hands to the platform when it starts. */
export interface PlatformSettings {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly queueDatabaseUrl: string | null;
  readonly dataDir: string;
  readonly queuePrefix?: string;
  /** Left out or null: no mail leaves. */
  readonly mail?: MailSettings | null;
  /** The demo loader and tests bring their own, set to a document's date. */
  readonly clock?: Clock;
}

export const PLATFORM_SETTINGS = Symbol('platform settings');

@Module({})
export class PlatformModule {
  static with(settings: PlatformSettings): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({ ...databaseOptions(settings.databaseUrl), autoLoadEntities: true, retryAttempts: 0 }),
      ],
      providers: [
        { provide: PLATFORM_SETTINGS, useValue: settings },
        { provide: Clock, useValue: settings.clock ?? new Clock() },
        {
          provide: Jobs,
          useFactory: () =>
            Jobs.connect({
              databaseUrl: settings.queueDatabaseUrl ?? settings.databaseUrl,
              redisUrl: settings.redisUrl,
              ...(settings.queuePrefix ? { prefix: settings.queuePrefix } : {}),
            }),
        },
        Steps,
        Outbox,
        {
          provide: 'jobs closer',
          inject: [Jobs, DataSource],
          useFactory: (jobs: Jobs) => ({
            // Jobs end while the database is still open: its pool closes on application shutdown, too.
            beforeApplicationShutdown: () => jobs.stopWorking(),
            onApplicationShutdown: () => jobs.close(),
          }),
        },
      ],
      exports: [PLATFORM_SETTINGS, Clock, Jobs, Steps, Outbox],
    };
  }
}
