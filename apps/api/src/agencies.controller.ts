import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import type { Actor } from '@lib/kernel';
import {
  AgenciesQueries,
  AgenciesQuery,
  AgenciesService,
  AgencyInput,
  AgencyOutcomeInput,
  AgencyReasonInput,
  CorrectAgencyInput,
  type AgencyView,
} from '@lib/results';
import { IdPipe } from './id.pipe.js';

/** Agencies and enterprises without a union, each under the union that is responsible for them. */
@ApiTags('agencies')
@Controller('agencies')
export class AgenciesController {
  constructor(
    private readonly listing: AgenciesService,
    private readonly agencies: AgenciesQueries,
  ) {}

  @Get()
  @May('result.read')
  page(
    @CurrentActor() actor: Actor,
    @Query() ask: AgenciesQuery,
  ): Promise<{ items: AgencyView[]; next: string | null }> {
    return this.agencies.page(actor, ask);
  }

  @Get(':id')
  @May('result.read')
  one(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<AgencyView> {
    return this.agencies.view(actor, id);
  }

  @Post()
  @May('result.enter')
  async list(@CurrentActor() actor: Actor, @Body() input: AgencyInput): Promise<AgencyView> {
    return this.agencies.view(actor, await this.listing.list(actor, input));
  }

  /** A new statement in the place of the old one: its number changes. */
  @Post(':id/corrections')
  @May('result.enter')
  async correct(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CorrectAgencyInput,
  ): Promise<AgencyView> {
    return this.agencies.view(actor, await this.listing.correct(actor, id, input));
  }

  /** A union was founded in it, or it exists no more. */
  @Post(':id/outcome')
  @May('result.enter')
  async end(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AgencyOutcomeInput,
  ): Promise<AgencyView> {
    return this.agencies.view(actor, await this.listing.end(actor, id, input));
  }

  /** Takes a mistaken outcome back. */
  @Post(':id/reopening')
  @May('result.enter')
  async reopen(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { reason }: AgencyReasonInput,
  ): Promise<AgencyView> {
    return this.agencies.view(actor, await this.listing.reopen(actor, id, reason));
  }

  @Post(':id/removal')
  @HttpCode(204)
  @May('result.enter')
  async remove(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { reason }: AgencyReasonInput,
  ): Promise<void> {
    await this.listing.remove(actor, id, reason);
  }
}
