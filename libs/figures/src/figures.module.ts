import { Global, Module } from '@nestjs/common';
import { Applier } from './applier.service.js';
import { BreakdownQueries } from './breakdown.queries.js';
import { FigureKeys } from './keys.service.js';
import { Ledger } from './ledger.service.js';
import { LineageQueries } from './lineage.queries.js';
import { PeriodQueries } from './period.queries.js';
import { RebuildService } from './rebuild.service.js';
import { Recompute } from './recompute.service.js';

const PARTS = [FigureKeys, Ledger, Applier, PeriodQueries, BreakdownQueries, LineageQueries, RebuildService, Recompute];

@Global()
@Module({ providers: PARTS, exports: PARTS })
export class FiguresModule {}
