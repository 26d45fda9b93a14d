import { Global, Module } from '@nestjs/common';
import { AskService } from './ask.service.js';
import { ComputeService } from './compute.service.js';
import { RecordsQueries } from './records.queries.js';

const PARTS = [ComputeService, AskService, RecordsQueries];

@Global()
@Module({ providers: PARTS, exports: PARTS })
export class SummariesModule {}
