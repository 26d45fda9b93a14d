import { Global, Module } from '@nestjs/common';
import { StrengthsService } from './strengths.service.js';
import { UnitTree } from './unit-tree.js';
import { UnitsQueries } from './units.queries.js';
import { UnitsService } from './units.service.js';

@Global()
@Module({
  providers: [UnitTree, UnitsService, StrengthsService, UnitsQueries],
  exports: [UnitTree, UnitsService, StrengthsService, UnitsQueries],
})
export class UnitsModule {}
