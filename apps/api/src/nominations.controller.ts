import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import type { Actor, Warning } from '@lib/kernel';
import {
  AddNominationsInput,
  AnswerInput,
  AnswerService,
  AppraisalInput,
  AppraiseService,
  checkState,
  ComposeService,
  ConfirmationInput,
  DossierInput,
  DossierQueries,
  DossiersQuery,
  DossierService,
  DossierViews,
  DraftLines,
  EditDossierInput,
  EditNominationInput,
  LinesSeenInput,
  NominationsQuery,
  NominationWarnings,
  PaperInput,
  RegistrationInput,
  RegistrationRemovalInput,
  Registrations,
  RegistrationsQuery,
  ResubmitLinesInput,
  ReturnInput,
  SendBackInput,
  SubmitInput,
  SubmitService,
  VersionInput,
  WithdrawDossierInput,
  WithdrawNominationInput,
  type DossierPage,
  type DossierView,
  type NominationDetail,
  type NominationPage,
  type RegistrationPage,
  type RegistrationView,
} from '@lib/nominations';
import { IdPipe } from './id.pipe.js';

interface DossierSaved {
  readonly dossier: DossierView;
  readonly warnings: readonly Warning[];
}

@ApiTags('nominations')
@Controller()
export class NominationsController {
  constructor(
    private readonly registrations: Registrations,
    private readonly dossiers: DossierService,
    private readonly drafts: DraftLines,
    private readonly submitting: SubmitService,
    private readonly appraising: AppraiseService,
    private readonly composing: ComposeService,
    private readonly answering: AnswerService,
    private readonly queries: DossierQueries,
    private readonly views: DossierViews,
    private readonly warnings: NominationWarnings,
  ) {}

  @Get('title-registrations')
  @May('nomination.read')
  registered(@CurrentActor() actor: Actor, @Query() ask: RegistrationsQuery): Promise<RegistrationPage> {
    return this.registrations.list(actor, ask);
  }

  @Post('title-registrations')
  @May('nomination.propose')
  async register(@CurrentActor() actor: Actor, @Body() input: RegistrationInput): Promise<RegistrationView> {
    return this.registrations.one(actor, await this.registrations.register(actor, input));
  }

  @Post('title-registrations/:id/removal')
  @HttpCode(204)
  @May('nomination.propose')
  async unregister(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: RegistrationRemovalInput,
  ): Promise<void> {
    await this.registrations.remove(actor, id, input);
  }

  @Get('dossiers')
  @May('nomination.read')
  list(@CurrentActor() actor: Actor, @Query() ask: DossiersQuery): Promise<DossierPage> {
    checkState(ask.state, 'dossier');
    return this.queries.list(actor, ask);
  }

  @Post('dossiers')
  @May('nomination.propose')
  async draft(@CurrentActor() actor: Actor, @Body() input: DossierInput): Promise<DossierSaved> {
    return this.saved(actor, await this.dossiers.draft(actor, input));
  }

  @Get('dossiers/:id')
  @May('nomination.read')
  view(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<DossierView> {
    return this.views.view(actor, id);
  }

  @Put('dossiers/:id')
  @May('nomination.propose')
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: EditDossierInput,
  ): Promise<DossierSaved> {
    await this.dossiers.edit(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/papers')
  @May('nomination.propose')
  async addPaper(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: PaperInput,
  ): Promise<DossierSaved> {
    await this.dossiers.addPaper(actor, id, input);
    return this.saved(actor, id);
  }

  @Delete('dossiers/:id/papers/:paperId')
  @May('nomination.propose')
  async removePaper(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('paperId', IdPipe) paperId: number,
  ): Promise<DossierSaved> {
    await this.dossiers.removePaper(actor, id, paperId);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/nominations')
  @May('nomination.propose')
  async addLines(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AddNominationsInput,
  ): Promise<DossierSaved> {
    const { warnings } = await this.drafts.add(actor, id, input);
    return this.saved(actor, id, warnings);
  }

  /** The officer has finished; it waits for the leader. */
  @Post('dossiers/:id/readiness')
  @May('nomination.propose')
  async ask(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<DossierSaved> {
    await this.submitting.ask(actor, id);
    return this.saved(actor, id);
  }

  /** By the leader; by the officer where the unit has no leader in the system, so the service asks. */
  @Post('dossiers/:id/submission')
  @May('nomination.read')
  async submit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: SubmitInput,
  ): Promise<DossierSaved> {
    await this.submitting.submit(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/withdrawal')
  @May('nomination.propose')
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: WithdrawDossierInput,
  ): Promise<DossierSaved> {
    await this.submitting.withdraw(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/receipt')
  @May('nomination.appraise')
  async receive(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: VersionInput,
  ): Promise<DossierSaved> {
    await this.appraising.receive(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/returns')
  @May('nomination.appraise')
  async giveBack(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ReturnInput,
  ): Promise<DossierSaved> {
    await this.appraising.giveBack(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/resubmissions')
  @May('nomination.propose')
  async resubmit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ResubmitLinesInput,
  ): Promise<DossierSaved> {
    await this.appraising.resubmit(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/appraisal')
  @May('nomination.appraise')
  async appraise(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AppraisalInput,
  ): Promise<DossierSaved> {
    const { warnings } = await this.appraising.appraise(actor, id, input);
    return this.saved(actor, id, warnings);
  }

  @Post('dossiers/:id/composition')
  @May('nomination.propose')
  async compose(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: LinesSeenInput,
  ): Promise<DossierSaved> {
    await this.composing.compose(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/taken-out')
  @May('nomination.propose')
  async takeOut(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: LinesSeenInput,
  ): Promise<DossierSaved> {
    await this.composing.takeOut(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/sent-back')
  @May('nomination.propose')
  async sendBack(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: SendBackInput,
  ): Promise<DossierSaved> {
    await this.composing.sendBack(actor, id, input);
    return this.saved(actor, id);
  }

  @Post('dossiers/:id/answers')
  @May('nomination.propose')
  async answer(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AnswerInput,
  ): Promise<DossierSaved> {
    const { warnings } = await this.answering.answer(actor, id, input);
    return this.saved(actor, id, warnings);
  }

  @Get('nominations')
  @May('nomination.read')
  lines(@CurrentActor() actor: Actor, @Query() ask: NominationsQuery): Promise<NominationPage> {
    checkState(ask.state, 'nomination');
    return this.queries.lines(actor, ask);
  }

  @Get('nominations/:id')
  @May('nomination.read')
  line(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<NominationDetail> {
    return this.views.nomination(actor, id);
  }

  @Put('nominations/:id')
  @May('nomination.propose')
  async editLine(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: EditNominationInput,
  ): Promise<NominationDetail> {
    await this.drafts.edit(actor, id, input);
    return this.views.nomination(actor, id);
  }

  @Post('nominations/:id/withdrawal')
  @May('nomination.propose')
  async withdrawLine(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: WithdrawNominationInput,
  ): Promise<DossierSaved> {
    return this.saved(actor, await this.drafts.withdraw(actor, id, input));
  }

  /** By the proposer or by the desk that appraises: the service asks which. */
  @Post('nominations/:id/confirmations')
  @May('nomination.read')
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: ConfirmationInput,
  ): Promise<NominationDetail> {
    await this.warnings.confirm(actor, id, input);
    return this.views.nomination(actor, id);
  }

  private async saved(actor: Actor, id: number, warnings: readonly Warning[] = []): Promise<DossierSaved> {
    return { dossier: await this.views.view(actor, id), warnings };
  }
}
