import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import type { Actor, Warning } from '@lib/kernel';
import { People, PeopleQueries, PeopleQuery, RecordPersonInput, type PersonView } from '@lib/people';

@ApiTags('people')
@Controller('people')
export class PeopleController {
  constructor(
    private readonly people: People,
    private readonly queries: PeopleQueries,
  ) {}

  @Get()
  @May('person.read')
  list(
    @CurrentActor() actor: Actor,
    @Query() query: PeopleQuery,
  ): Promise<{ items: PersonView[]; next: string | null }> {
    return this.queries.list(actor, query);
  }

  @Post()
  @May('person.record')
  record(
    @CurrentActor() actor: Actor,
    @Body() input: RecordPersonInput,
  ): Promise<PersonView & { warnings: Warning[] }> {
    return this.people.record(actor, input);
  }
}
