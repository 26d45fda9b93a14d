import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import { PersonAwards, type PersonAward } from '@lib/awards';
import type { Actor, Warning } from '@lib/kernel';
import {
  Career,
  DuplicateQueries,
  Duplicates,
  DuplicatesQuery,
  EditPersonInput,
  EndInput,
  MergeInput,
  Merges,
  MovePersonInput,
  Moves,
  PastMembershipInput,
  People,
  PeopleQueries,
  PeopleQuery,
  PositionInput,
  Profiles,
  RecordPersonInput,
  PersonReasonInput,
  ServicePeriodInput,
  YearsQuery,
  type DuplicatePage,
  type PersonProfile,
  type PersonView,
} from '@lib/people';
import { IdPipe } from './id.pipe.js';

@ApiTags('people')
@Controller('people')
export class PeopleController {
  constructor(
    private readonly people: People,
    private readonly queries: PeopleQueries,
    private readonly profiles: Profiles,
    private readonly moves: Moves,
    private readonly merges: Merges,
    private readonly career: Career,
    private readonly alike: Duplicates,
    private readonly duplicates: DuplicateQueries,
    private readonly awards: PersonAwards,
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

  /** Records that may be one person, the likeliest first: only where both lie in the reader's units. */
  @Get('duplicates')
  @May('person.merge')
  listDuplicates(@CurrentActor() actor: Actor, @Query() ask: DuplicatesQuery): Promise<DuplicatePage> {
    return this.duplicates.list(actor, ask);
  }

  @Put('duplicates/:id/rejected')
  @May('person.merge')
  @HttpCode(204)
  reject(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { reason }: PersonReasonInput,
  ): Promise<void> {
    return this.alike.reject(actor, id, reason);
  }

  /** A merged record answers with the one it is found under. */
  @Get(':id')
  @May('person.read')
  show(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() { on }: YearsQuery,
  ): Promise<PersonProfile> {
    return this.profiles.of(actor, id, on);
  }

  /** What the person was honoured for, with the batches that the reader may open; the latest first. */
  @Get(':id/awards')
  @May('award.read')
  async honours(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<{ items: PersonAward[] }> {
    return { items: await this.awards.of(actor, id) };
  }

  @Put(':id')
  @May('person.record')
  edit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: EditPersonInput,
  ): Promise<PersonView> {
    return this.people.edit(actor, id, input);
  }

  @Post(':id/move')
  @May('person.record')
  @HttpCode(204)
  move(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number, @Body() input: MovePersonInput): Promise<void> {
    return this.moves.move(actor, id, input);
  }

  @Post(':id/memberships')
  @May('person.record')
  @HttpCode(204)
  addMembership(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: PastMembershipInput,
  ): Promise<void> {
    return this.moves.addPast(actor, id, input);
  }

  @Put(':id/memberships/:membership/removed')
  @May('person.record')
  @HttpCode(204)
  removeMembership(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('membership', IdPipe) membership: number,
    @Body() { reason }: PersonReasonInput,
  ): Promise<void> {
    return this.moves.remove(actor, id, membership, reason);
  }

  @Post(':id/positions')
  @May('person.record')
  @HttpCode(204)
  addPosition(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: PositionInput,
  ): Promise<void> {
    return this.career.addPosition(actor, id, input);
  }

  @Put(':id/positions/:position/end')
  @May('person.record')
  @HttpCode(204)
  endPosition(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('position', IdPipe) position: number,
    @Body() input: EndInput,
  ): Promise<void> {
    return this.career.end(actor, id, 'person_position', position, input);
  }

  @Put(':id/positions/:position/removed')
  @May('person.record')
  @HttpCode(204)
  removePosition(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('position', IdPipe) position: number,
    @Body() { reason }: PersonReasonInput,
  ): Promise<void> {
    return this.career.remove(actor, id, 'person_position', position, reason);
  }

  @Post(':id/service-periods')
  @May('person.record')
  @HttpCode(204)
  addService(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ServicePeriodInput,
  ): Promise<void> {
    return this.career.addService(actor, id, input);
  }

  @Put(':id/service-periods/:period/end')
  @May('person.record')
  @HttpCode(204)
  endService(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('period', IdPipe) period: number,
    @Body() input: EndInput,
  ): Promise<void> {
    return this.career.end(actor, id, 'service_period', period, input);
  }

  @Put(':id/service-periods/:period/removed')
  @May('person.record')
  @HttpCode(204)
  removeService(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('period', IdPipe) period: number,
    @Body() { reason }: PersonReasonInput,
  ): Promise<void> {
    return this.career.remove(actor, id, 'service_period', period, reason);
  }

  @Post(':id/merge')
  @May('person.merge')
  @HttpCode(204)
  merge(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number, @Body() input: MergeInput): Promise<void> {
    return this.merges.merge(actor, id, input);
  }

  /** The record that was merged stands for itself again. */
  @Post(':id/unmerge')
  @May('person.merge')
  @HttpCode(204)
  unmerge(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { reason }: PersonReasonInput,
  ): Promise<void> {
    return this.merges.unmerge(actor, id, reason);
  }
}
