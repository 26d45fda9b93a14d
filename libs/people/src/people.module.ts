import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeopleQueries } from './people.queries.js';
import { People } from './people.service.js';
import { Person } from './person.entity.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Person])],
  providers: [PeopleQueries, People],
  exports: [PeopleQueries, People],
})
export class PeopleModule {}
