import { Global, Module } from '@nestjs/common';
import { Applier } from './applier.service.js';
import { BreakdownQueries } from './breakdown.queries.js';
import { IndicatorQueries } from './indicator.queries.js';
import { Indicators } from './indicators.service.js';
import { CampaignFigures } from './campaign-figures.queries.js';
import { FigureKeys } from './keys.service.js';
import { Ledger } from './ledger.service.js';
import { LineageQueries } from './lineage.queries.js';
import { PersonPlaces } from './person-places.service.js';
import { PeriodQueries } from './period.queries.js';
import { Restatements } from './restatement.queries.js';
import { RebuildService } from './rebuild.service.js';
import { Recompute } from './recompute.service.js';

const PARTS = [
  FigureKeys,
  Ledger,
  Applier,
  PersonPlaces,
  PeriodQueries,
  Restatements,
  BreakdownQueries,
  LineageQueries,
  CampaignFigures,
  RebuildService,
  Recompute,
  Indicators,
  IndicatorQueries,
];

@Global()
@Module({ providers: PARTS, exports: PARTS })
export class FiguresModule {}
