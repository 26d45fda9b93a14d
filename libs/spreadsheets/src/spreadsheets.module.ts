import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { ImportEffects } from './import-effects.js';
import { ImportKinds } from './import-kinds.js';
import { ImportAcceptance } from './import-acceptance.service.js';
import { ImportReading } from './import-reading.service.js';
import { ImportRows } from './import-rows.js';
import { ImportRunner } from './import-runner.service.js';
import { ImportScope } from './import-scope.js';
import { Import } from './imports.entity.js';
import { ImportsQueries } from './imports.queries.js';
import { Imports } from './imports.service.js';

const DOOR = [ImportKinds, ImportEffects, Imports, ImportsQueries, ImportRunner];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Import])],
  providers: [...DOOR, ImportScope, ImportRows, ImportReading, ImportAcceptance],
  exports: DOOR,
})
export class SpreadsheetsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly scope: ImportScope,
  ) {}

  /** The file that came, and the one that goes back, are read by whoever sees the import. */
  onModuleInit(): void {
    this.owners.register('imports', (q, actor, fileId) => this.scope.holdsFile(q, actor, fileId));
  }
}
