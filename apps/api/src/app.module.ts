import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { PlatformModule, type Env, type PlatformSettings } from '@lib/platform';
import { AccountsController } from './accounts.controller.js';
import { AgenciesController } from './agencies.controller.js';
import { AwardsController } from './awards.controller.js';
import { DeskController } from './desk.controller.js';
import { BlocsController } from './blocs.controller.js';
import { CampaignsController } from './campaigns.controller.js';
import { ResultsController } from './results.controller.js';
import { AgreementsController } from './agreements.controller.js';
import { NominationsController } from './nominations.controller.js';
import { CouncilsController } from './councils.controller.js';
import { CommendationsController } from './commendations.controller.js';
import { ExportsController } from './exports.controller.js';
import { Exports } from './exports/exports.service.js';
import { FilesController } from './files.controller.js';
import { HealthController } from './health.controller.js';
import { ImportsController } from './imports.controller.js';
import { inputPipe } from './input.pipe.js';
import { PeopleController } from './people.controller.js';
import { ProcessExportsController } from './process-exports.controller.js';
import { RefusalFilter } from './refusal.filter.js';
import { ReorganisationsController } from './reorganisations.controller.js';
import { ROOMS } from './rooms.js';
import { RulebookController } from './rulebook.controller.js';
import { SessionController } from './session.controller.js';
import { SummariesController } from './summaries.controller.js';
import { UnitProfileController } from './unit-profile.controller.js';
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
        UnitProfileController,
        AwardsController,
        DeskController,
        BlocsController,
        CampaignsController,
        ResultsController,
        AgenciesController,
        AgreementsController,
        NominationsController,
        CouncilsController,
        CommendationsController,
        SummariesController,
        ReorganisationsController,
        ImportsController,
        ExportsController,
        ProcessExportsController,
      ],
      providers: [
        Exports,
        { provide: ENV, useValue: env },
        { provide: APP_FILTER, useClass: RefusalFilter },
        { provide: APP_PIPE, useFactory: inputPipe },
      ],
    };
  }
}
