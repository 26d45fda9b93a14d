import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { CurrentActor, May } from '@lib/access';
import type { Actor } from '@lib/kernel';
import { Clock, reader } from '@lib/platform';
import {
  AwardFormInput,
  CloseRuleInput,
  CommendationTypeInput,
  OnDayQuery,
  Rulebook,
  RulebookService,
  VoteRuleInput,
  VoteRules,
  type AwardFormView,
  type CommendationTypeView,
  type VoteRuleView,
} from '@lib/rulebook';
import { IdPipe } from './id.pipe.js';

@ApiTags('rulebook')
@Controller('rulebook')
export class RulebookController {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly rulebook: Rulebook,
    private readonly service: RulebookService,
    private readonly votes: VoteRules,
  ) {}

  @Get('forms')
  @May('rulebook.read')
  async forms(@Query() { on }: OnDayQuery): Promise<{ items: AwardFormView[] }> {
    return { items: await this.rulebook.forms(reader(this.db), on ?? this.clock.today()) };
  }

  @Get('commendation-types')
  @May('rulebook.read')
  async types(@Query() { on }: OnDayQuery): Promise<{ items: CommendationTypeView[] }> {
    return { items: await this.rulebook.types(reader(this.db), on ?? this.clock.today()) };
  }

  @Post('forms')
  @May('rulebook.change')
  addForm(@CurrentActor() actor: Actor, @Body() input: AwardFormInput): Promise<AwardFormView> {
    return this.service.addForm(actor, input);
  }

  @Post('commendation-types')
  @May('rulebook.change')
  addType(@CurrentActor() actor: Actor, @Body() input: CommendationTypeInput): Promise<CommendationTypeView> {
    return this.service.addType(actor, input);
  }

  @Put('forms/:id/end')
  @May('rulebook.change')
  closeForm(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CloseRuleInput,
  ): Promise<AwardFormView> {
    return this.service.closeForm(actor, id, input);
  }

  @Put('commendation-types/:id/end')
  @May('rulebook.change')
  closeType(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CloseRuleInput,
  ): Promise<CommendationTypeView> {
    return this.service.closeType(actor, id, input);
  }

  @Get('vote-rules')
  @May('rulebook.read')
  async voteRules(@Query() { on }: OnDayQuery): Promise<{ items: VoteRuleView[] }> {
    return { items: await this.votes.inForce(reader(this.db), on ?? this.clock.today()) };
  }

  @Post('vote-rules')
  @May('rulebook.change')
  addVoteRule(@CurrentActor() actor: Actor, @Body() input: VoteRuleInput): Promise<VoteRuleView> {
    return this.service.addVoteRule(actor, input);
  }

  @Put('vote-rules/:id/end')
  @May('rulebook.change')
  closeVoteRule(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CloseRuleInput,
  ): Promise<VoteRuleView> {
    return this.service.closeVoteRule(actor, id, input);
  }
}
