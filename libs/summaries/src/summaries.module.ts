import { Global, Module } from '@nestjs/common';
import { AskedPeriods } from './asked-periods.queries.js';
import { AskService } from './ask.service.js';
import { AwardSectionsService } from './award-sections.service.js';
import { ComputeService } from './compute.service.js';
import { ProcessRecordsQueries } from './process-records.queries.js';
import { ProcessSectionsService } from './process-sections.service.js';
import { Questions } from './questions.service.js';
import { RecordsQueries } from './records.queries.js';
import { StrengthSectionService } from './strength-section.service.js';

const DOOR = [AskedPeriods, ComputeService, AskService, RecordsQueries, ProcessRecordsQueries];

@Global()
@Module({
  providers: [...DOOR, AwardSectionsService, ProcessSectionsService, StrengthSectionService, Questions],
  exports: DOOR,
})
export class SummariesModule {}
