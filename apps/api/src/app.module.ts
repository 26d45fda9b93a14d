import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { PlatformModule, type Env, type PlatformSettings } from '@lib/platform';
import { AccountsController } from './accounts.controller.js';
import { AwardsController } from './awards.controller.js';
import { FilesController } from './files.controller.js';
import { HealthController } from './health.controller.js';
import { inputPipe } from './input.pipe.js';
import { PeopleController } from './people.controller.js';
import { RefusalFilter } from './refusal.filter.js';
import { ROOMS } from './rooms.js';
import { RulebookController } from './rulebook.controller.js';
import { SessionController } from './session.controller.js';
import { SummariesController } from './summaries.controller.js';
import { UnitsController } from './units.controller.js';
import { ENV } from './settings.js';

@Module({})
export class AppModule {
  static with(env: Env, platform: PlatformSettings): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(platform), ...ROOMS],
      controllers: [
        HealthController,
        SessionController,
        AccountsController,
        RulebookController,
        PeopleController,
        FilesController,
        UnitsController,
        AwardsController,
        SummariesController,
      ],
      providers: [
        { provide: ENV, useValue: env },
        { provide: APP_FILTER, useClass: RefusalFilter },
        { provide: APP_PIPE, useFactory: inputPipe },
      ],
    };
  }
}
