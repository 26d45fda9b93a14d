import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountPeople } from './account-person.service.js';
import { Career } from './career.service.js';
import { DuplicateQueries } from './duplicates.queries.js';
import { Duplicates } from './duplicates.service.js';
import { Memberships } from './memberships.service.js';
import { Merges } from './merge.service.js';
import { Moves } from './moves.service.js';
import { NamedPeople } from './named-people.service.js';
import { PeopleImportUndo } from './people-import-undo.service.js';
import { PeopleImport } from './people.import.js';
import { PeopleNews } from './people-news.js';
import { PeopleQueries } from './people.queries.js';
import { People } from './people.service.js';
import { Person } from './person.entity.js';
import { Profiles } from './profile.queries.js';
import { UnitLeaders } from './unit-leaders.queries.js';

const DOOR = [
  PeopleQueries,
  People,
  AccountPeople,
  PeopleNews,
  NamedPeople,
  Memberships,
  Moves,
  Merges,
  Duplicates,
  DuplicateQueries,
  Career,
  Profiles,
  UnitLeaders,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Person])],
  providers: [...DOOR, PeopleImport, PeopleImportUndo],
  exports: DOOR,
})
export class PeopleModule {}
