import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import { AgreementsQueries, AgreementsQuery, AgreementViews } from '@lib/agreements';
import { Blocs, BlocsQuery } from '@lib/blocs';
import {
  CampaignQueries,
  CampaignsQuery,
  CampaignViews,
  DeploymentQuery,
  DeploymentTables,
  EventQueries,
  EventsQuery,
} from '@lib/campaigns';
import { CommendationsQueries, CommendationsQuery } from '@lib/commendations';
import { CouncilsQueries, CouncilsQuery, SittingsQueries, SittingsQuery } from '@lib/councils';
import { printDay, type Actor } from '@lib/kernel';
import {
  checkState,
  DossierQueries,
  DossiersQuery,
  DossierViews,
  NominationsQuery,
  Registrations,
  RegistrationsQuery,
} from '@lib/nominations';
import { tableOf } from '@lib/spreadsheets';
import {
  commendationLines,
  commendations,
  councils,
  dossiers,
  nominations,
  registrations,
  sittingLines,
  sittings,
} from './exports/deciding.js';
import { Exports } from './exports/exports.service.js';
import {
  agreementMembers,
  agreements,
  blocMembers,
  blocs,
  campaigns,
  commitmentLines,
  commitments,
  deployment,
  events,
} from './exports/striving.js';
import { IdPipe } from './id.pipe.js';

/** Lists on the way to an award as workbooks; see {@link ExportsController}. */
@ApiTags('exports')
@Controller()
export class ProcessExportsController {
  constructor(
    private readonly out: Exports,
    private readonly campaigns: CampaignQueries,
    private readonly campaignViews: CampaignViews,
    private readonly deployments: DeploymentTables,
    private readonly events: EventQueries,
    private readonly blocs: Blocs,
    private readonly agreements: AgreementsQueries,
    private readonly agreementViews: AgreementViews,
    private readonly registrations: Registrations,
    private readonly dossiers: DossierQueries,
    private readonly dossierViews: DossierViews,
    private readonly councils: CouncilsQueries,
    private readonly sittings: SittingsQueries,
    private readonly commendations: CommendationsQueries,
  ) {}

  @Get('campaigns/xlsx')
  @May('campaign.read')
  campaignList(@CurrentActor() actor: Actor, @Query() ask: CampaignsQuery): Promise<StreamableFile> {
    return this.out.list(actor, campaigns, ask, (page) => this.campaigns.list(actor, page));
  }

  @Get('campaigns/:id/deployments/xlsx')
  @May('campaign.read')
  async deployment(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Query() ask: DeploymentQuery,
  ): Promise<StreamableFile> {
    const { name } = await this.campaignViews.view(actor, id);
    const list = { ...deployment, title: `Tình hình triển khai: ${name}` };
    return this.out.list(actor, list, ask, (page) => this.deployments.table(actor, id, page));
  }

  @Get('events/xlsx')
  @May('campaign.read')
  eventList(@CurrentActor() actor: Actor, @Query() ask: EventsQuery): Promise<StreamableFile> {
    return this.out.list(actor, events, ask, (page) => this.events.list(actor, page));
  }

  @Get('blocs/xlsx')
  @May('bloc.read')
  blocList(@CurrentActor() actor: Actor, @Query() ask: BlocsQuery): Promise<StreamableFile> {
    return this.out.list(actor, blocs, ask, (page) => this.blocs.list(actor, page));
  }

  @Get('blocs/:id/xlsx')
  @May('bloc.read')
  async blocMembers(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<StreamableFile> {
    const { name, memberUnits } = await this.blocs.view(actor, id);
    return this.out.record(actor, blocMembers.file, { id, name }, [tableOf(blocMembers, memberUnits)]);
  }

  @Get('agreements/xlsx')
  @May('agreement.read')
  agreementList(@CurrentActor() actor: Actor, @Query() ask: AgreementsQuery): Promise<StreamableFile> {
    return this.out.list(actor, agreements, ask, (page) => this.agreements.list(actor, page));
  }

  /** Who has signed, and what was promised and kept. */
  @Get('agreements/:id/xlsx')
  @May('agreement.read')
  async agreement(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<StreamableFile> {
    const { title, memberUnits, commitments: all } = await this.agreementViews.view(actor, id);
    return this.out.record(actor, agreements.file, { id, name: title }, [
      tableOf(agreementMembers, memberUnits),
      tableOf(commitments, commitmentLines(all)),
    ]);
  }

  @Get('title-registrations/xlsx')
  @May('nomination.read')
  registrationList(@CurrentActor() actor: Actor, @Query() ask: RegistrationsQuery): Promise<StreamableFile> {
    return this.out.list(actor, registrations, ask, (page) => this.registrations.list(actor, page));
  }

  @Get('dossiers/xlsx')
  @May('nomination.read')
  dossierList(@CurrentActor() actor: Actor, @Query() ask: DossiersQuery): Promise<StreamableFile> {
    checkState(ask.state, 'dossier');
    return this.out.list(actor, dossiers, ask, (page) => this.dossiers.list(actor, page));
  }

  @Get('dossiers/:id/xlsx')
  @May('nomination.read')
  async dossierLines(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<StreamableFile> {
    const { title, dossierLines } = await this.dossierViews.view(actor, id);
    return this.out.record(actor, nominations.file, { id, name: title }, [tableOf(nominations, dossierLines)]);
  }

  @Get('nominations/xlsx')
  @May('nomination.read')
  nominationList(@CurrentActor() actor: Actor, @Query() ask: NominationsQuery): Promise<StreamableFile> {
    checkState(ask.state, 'nomination');
    return this.out.list(actor, nominations, ask, (page) => this.dossiers.lines(actor, page));
  }

  @Get('councils/xlsx')
  @May('council.read')
  councilList(@CurrentActor() actor: Actor, @Query() ask: CouncilsQuery): Promise<StreamableFile> {
    return this.out.list(actor, councils, ask, (page) => this.councils.list(actor, page));
  }

  @Get('sittings/xlsx')
  @May('council.read')
  sittingList(@CurrentActor() actor: Actor, @Query() ask: SittingsQuery): Promise<StreamableFile> {
    return this.out.list(actor, sittings, ask, (page) => this.sittings.list(actor, page));
  }

  @Get('sittings/:id/xlsx')
  @May('council.read')
  async sittingLines(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<StreamableFile> {
    const { council, day, lines } = await this.sittings.view(actor, id);
    const name = `${council.name}, phiên ngày ${printDay(day)}`;
    return this.out.record(actor, sittingLines.file, { id, name }, [tableOf(sittingLines, lines)]);
  }

  @Get('commendations/xlsx')
  @May('commendation.read')
  commendationList(@CurrentActor() actor: Actor, @Query() ask: CommendationsQuery): Promise<StreamableFile> {
    return this.out.list(actor, commendations, ask, (page) => this.commendations.list(actor, page));
  }

  @Get('commendations/:id/xlsx')
  @May('commendation.read')
  async commendationLines(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<StreamableFile> {
    const { title, lines } = await this.commendations.view(actor, id);
    return this.out.record(actor, commendationLines.file, { id, name: title }, [tableOf(commendationLines, lines)]);
  }
}
