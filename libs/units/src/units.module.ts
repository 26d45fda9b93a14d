import { Global, Module } from '@nestjs/common';
import { Coordination } from './coordination.service.js';
import { EventWorlds } from './event-worlds.js';
import { PassedDays } from './passed-days.service.js';
import { StrengthsService } from './strengths.service.js';
import { TreeWriter } from './tree-writer.js';
import { UnitChangesQueries } from './unit-changes.queries.js';
import { UnitEventsQueries } from './unit-events.queries.js';
import { UnitEvents } from './unit-events.service.js';
import { UnitImports } from './unit-imports.js';
import { UnitLists } from './unit-lists.queries.js';
import { TreeDifference } from './tree-difference.queries.js';
import { UnitHistoryQueries } from './unit-history.queries.js';
import { UnitsImportUndo } from './units-import-undo.service.js';
import { UnitsImport } from './units.import.js';
import { UnitTree } from './unit-tree.js';
import { UnitsQueries } from './units.queries.js';
import { UnitsService } from './units.service.js';

@Global()
@Module({
  providers: [
    UnitTree,
    UnitLists,
    UnitImports,
    UnitsImport,
    UnitsImportUndo,
    TreeWriter,
    EventWorlds,
    UnitsService,
    UnitEvents,
    UnitEventsQueries,
    UnitHistoryQueries,
    Coordination,
    StrengthsService,
    PassedDays,
    UnitsQueries,
    UnitChangesQueries,
    TreeDifference,
  ],
  exports: [
    UnitTree,
    UnitLists,
    TreeWriter,
    UnitsService,
    UnitEvents,
    UnitEventsQueries,
    UnitHistoryQueries,
    Coordination,
    StrengthsService,
    PassedDays,
    UnitsQueries,
    UnitChangesQueries,
    TreeDifference,
  ],
})
export class UnitsModule {}
