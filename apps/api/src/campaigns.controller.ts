import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import { AwardsQueries, type PrizeRow } from '@lib/awards';
import {
  CampaignParts,
  CampaignQueries,
  CampaignsQuery,
  CampaignsService,
  CampaignStepInput,
  CampaignSteps,
  CampaignViews,
  ChangeCampaignInput,
  ContestInput,
  DeploymentQuery,
  DeploymentService,
  DeploymentTables,
  EventInput,
  EventQueries,
  Events,
  EventsQuery,
  LinkInput,
  OccasionInput,
  OccasionsQuery,
  PhaseInput,
  PhaseStepInput,
  RegisterCampaignInput,
  RemoveDeploymentInput,
  ReportDeploymentInput,
  type CampaignLine,
  type CampaignView,
  type DeploymentEntry,
  type DeploymentTable,
  type EventView,
  type OccasionView,
} from '@lib/campaigns';
import type { Actor } from '@lib/kernel';
import { IdPipe } from './id.pipe.js';

interface Numbered {
  readonly id: number;
}

@ApiTags('campaigns')
@Controller()
export class CampaignsController {
  constructor(
    private readonly registering: CampaignsService,
    private readonly stepping: CampaignSteps,
    private readonly parts: CampaignParts,
    private readonly deploying: DeploymentService,
    private readonly holding: Events,
    private readonly lists: CampaignQueries,
    private readonly views: CampaignViews,
    private readonly tables: DeploymentTables,
    private readonly eventLists: EventQueries,
    private readonly awards: AwardsQueries,
  ) {}

  @Get('campaigns')
  @May('campaign.read')
  list(
    @CurrentActor() actor: Actor,
    @Query() ask: CampaignsQuery,
  ): Promise<{ items: CampaignLine[]; next: string | null }> {
    return this.lists.list(actor, ask);
  }

  @Post('campaigns')
  @May('campaign.register')
  async register(@CurrentActor() actor: Actor, @Body() input: RegisterCampaignInput): Promise<CampaignView> {
    return this.views.view(actor, await this.registering.register(actor, input));
  }

  @Get('campaigns/:id')
  @May('campaign.read')
  view(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<CampaignView> {
    return this.views.view(actor, id);
  }

  @Post('campaigns/:id/changes')
  @May('campaign.register')
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ChangeCampaignInput,
  ): Promise<CampaignView> {
    await this.registering.change(actor, id, input);
    return this.views.view(actor, id);
  }

  /** Which permission a step asks for, its table says: drafting the officer's, deciding the leader's. */
  @Post('campaigns/:id/steps')
  @May('campaign.read')
  async step(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CampaignStepInput,
  ): Promise<CampaignView> {
    await this.stepping.take(actor, id, input);
    return this.views.view(actor, id);
  }

  @Get('campaigns/:id/deployments')
  @May('campaign.read')
  deployment(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() ask: DeploymentQuery,
  ): Promise<DeploymentTable> {
    return this.tables.table(actor, id, ask);
  }

  @Get('campaigns/:id/deployments/:unit')
  @May('campaign.read')
  async deploymentOf(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('unit') unit: string,
  ): Promise<{ items: DeploymentEntry[] }> {
    return { items: await this.tables.entries(actor, id, unit) };
  }

  @Post('campaigns/:id/deployments')
  @May('campaign.deploy')
  async report(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ReportDeploymentInput,
  ): Promise<Numbered> {
    return { id: await this.deploying.report(actor, id, input) };
  }

  @Post('campaigns/:id/deployments/:entryId/removal')
  @May('campaign.deploy')
  @HttpCode(204)
  removeReport(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('entryId', IdPipe) entryId: number,
    @Body() input: RemoveDeploymentInput,
  ): Promise<void> {
    return this.deploying.remove(actor, id, entryId, input);
  }

  @Post('campaigns/:id/phases')
  @May('campaign.read')
  async addPhase(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: PhaseInput,
  ): Promise<CampaignView> {
    await this.parts.addPhase(actor, id, input);
    return this.views.view(actor, id);
  }

  @Post('campaigns/:id/phases/:phaseId/steps')
  @May('campaign.read')
  async stepPhase(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('phaseId', IdPipe) phaseId: number,
    @Body() input: PhaseStepInput,
  ): Promise<CampaignView> {
    await this.parts.stepPhase(actor, id, phaseId, input);
    return this.views.view(actor, id);
  }

  @Delete('campaigns/:id/phases/:phaseId')
  @May('campaign.read')
  @HttpCode(204)
  removePhase(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('phaseId', IdPipe) phaseId: number,
  ): Promise<void> {
    return this.parts.removePhase(actor, id, phaseId);
  }

  @Post('campaigns/:id/contests')
  @May('campaign.read')
  async addContest(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ContestInput,
  ): Promise<CampaignView> {
    await this.parts.addContest(actor, id, input);
    return this.views.view(actor, id);
  }

  @Put('campaigns/:id/contests/:contestId')
  @May('campaign.read')
  async changeContest(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('contestId', IdPipe) contestId: number,
    @Body() input: ContestInput,
  ): Promise<CampaignView> {
    await this.parts.changeContest(actor, id, contestId, input);
    return this.views.view(actor, id);
  }

  @Delete('campaigns/:id/contests/:contestId')
  @May('campaign.read')
  @HttpCode(204)
  removeContest(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('contestId', IdPipe) contestId: number,
  ): Promise<void> {
    return this.parts.removeContest(actor, id, contestId);
  }

  /** Prizes of the register that were given in this campaign's contests. */
  @Get('campaigns/:id/prizes')
  @May('campaign.read')
  async prizes(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<{ items: PrizeRow[] }> {
    const { contests } = await this.views.view(actor, id);
    return {
      items: await this.awards.prizes(
        actor,
        contests.flatMap(({ name, aliases }) => [name, ...aliases]),
      ),
    };
  }

  @Post('campaigns/:id/links')
  @May('campaign.read')
  async link(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { campaign }: LinkInput,
  ): Promise<CampaignView> {
    await this.parts.link(actor, id, campaign);
    return this.views.view(actor, id);
  }

  @Delete('campaigns/:id/links/:otherId')
  @May('campaign.read')
  @HttpCode(204)
  unlink(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('otherId', IdPipe) otherId: number,
  ): Promise<void> {
    return this.parts.unlink(actor, id, otherId);
  }

  @Get('events')
  @May('campaign.read')
  events(
    @CurrentActor() actor: Actor,
    @Query() ask: EventsQuery,
  ): Promise<{ items: EventView[]; next: string | null }> {
    return this.eventLists.list(actor, ask);
  }

  @Post('events')
  @May('campaign.register')
  async recordEvent(@CurrentActor() actor: Actor, @Body() input: EventInput): Promise<Numbered> {
    return { id: await this.holding.record(actor, input) };
  }

  @Delete('events/:id')
  @May('campaign.register')
  @HttpCode(204)
  removeEvent(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.holding.remove(actor, id);
  }

  @Get('occasions')
  @May('campaign.read')
  async occasions(@CurrentActor() actor: Actor, @Query() ask: OccasionsQuery): Promise<{ items: OccasionView[] }> {
    return { items: await this.eventLists.occasions(actor, ask) };
  }

  @Post('occasions')
  @May('campaign.register')
  async addOccasion(@CurrentActor() actor: Actor, @Body() input: OccasionInput): Promise<Numbered> {
    return { id: await this.holding.addOccasion(actor, input) };
  }
}
