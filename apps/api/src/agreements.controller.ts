import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import {
  AgreementsQueries,
  AgreementsQuery,
  AgreementStepInput,
  AgreementTextInput,
  AgreementViews,
  CarryOverInput,
  CarryOverService,
  CommitmentInput,
  CommitmentsService,
  AgreementConfirmationInput,
  ConfirmationsService,
  CreateAgreementInput,
  DraftingService,
  EditAgreementInput,
  AgreementExcuseInput,
  AgreementOpinionAnswerInput,
  AgreementOpinionInput,
  OpinionsService,
  CommitmentOutcomeInput,
  CommitmentProgressInput,
  AgreementSeenInput,
  SteppingService,
  type AgreementRow,
  type AgreementView,
  type CarriedOver,
} from '@lib/agreements';
import type { Actor } from '@lib/kernel';
import { IdPipe } from './id.pipe.js';

/** Each command answers with the whole agreement as it stands now. */
@ApiTags('agreements')
@Controller('agreements')
export class AgreementsController {
  constructor(
    private readonly drafting: DraftingService,
    private readonly stepping: SteppingService,
    private readonly opinions: OpinionsService,
    private readonly confirmations: ConfirmationsService,
    private readonly commitments: CommitmentsService,
    private readonly carrying: CarryOverService,
    private readonly lists: AgreementsQueries,
    private readonly views: AgreementViews,
  ) {}

  @Get()
  @May('agreement.read')
  list(
    @CurrentActor() actor: Actor,
    @Query() ask: AgreementsQuery,
  ): Promise<{ items: AgreementRow[]; next: string | null }> {
    return this.lists.list(actor, ask);
  }

  @Get(':id')
  @May('agreement.read')
  view(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<AgreementView> {
    return this.views.view(actor, id);
  }

  @Post()
  @May('agreement.draft')
  async create(@CurrentActor() actor: Actor, @Body() input: CreateAgreementInput): Promise<AgreementView> {
    return this.views.view(actor, await this.drafting.create(actor, input));
  }

  @Put(':id')
  @May('agreement.draft')
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: EditAgreementInput,
  ): Promise<AgreementView> {
    await this.drafting.edit(actor, id, input);
    return this.views.view(actor, id);
  }

  @Post(':id/texts')
  @May('agreement.draft')
  async addText(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AgreementTextInput,
  ): Promise<AgreementView> {
    await this.drafting.addText(actor, id, input);
    return this.views.view(actor, id);
  }

  @Post(':id/steps')
  @May('agreement.draft')
  async step(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AgreementStepInput,
  ): Promise<AgreementView> {
    await this.stepping.take(actor, id, input);
    return this.views.view(actor, id);
  }

  @Post(':id/opinions')
  @May('agreement.draft')
  async opine(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AgreementOpinionInput,
  ): Promise<AgreementView> {
    await this.opinions.give(actor, id, input);
    return this.views.view(actor, id);
  }

  @Put(':id/opinions/:opinionId/answer')
  @May('agreement.draft')
  async answer(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('opinionId', IdPipe) opinionId: number,
    @Body() input: AgreementOpinionAnswerInput,
  ): Promise<AgreementView> {
    await this.opinions.answer(actor, id, opinionId, input);
    return this.views.view(actor, id);
  }

  @Post(':id/confirmations')
  @May('agreement.confirm')
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AgreementConfirmationInput,
  ): Promise<AgreementView> {
    await this.confirmations.confirm(actor, id, input);
    return this.views.view(actor, id);
  }

  @Post(':id/excuses')
  @May('agreement.draft')
  async excuse(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AgreementExcuseInput,
  ): Promise<AgreementView> {
    await this.confirmations.excuse(actor, id, input);
    return this.views.view(actor, id);
  }

  @Post(':id/commitments')
  @May('agreement.draft')
  async commit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CommitmentInput,
  ): Promise<AgreementView> {
    await this.commitments.add(actor, id, input);
    return this.views.view(actor, id);
  }

  @Put(':id/commitments/:commitmentId')
  @May('agreement.draft')
  async change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('commitmentId', IdPipe) commitmentId: number,
    @Body() input: CommitmentInput,
  ): Promise<AgreementView> {
    await this.commitments.change(actor, id, commitmentId, input);
    return this.views.view(actor, id);
  }

  @Delete(':id/commitments/:commitmentId')
  @May('agreement.draft')
  async remove(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('commitmentId', IdPipe) commitmentId: number,
    @Query() { version }: AgreementSeenInput,
  ): Promise<AgreementView> {
    await this.commitments.remove(actor, id, commitmentId, version);
    return this.views.view(actor, id);
  }

  @Post(':id/commitments/:commitmentId/progress')
  @May('agreement.draft')
  async report(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('commitmentId', IdPipe) commitmentId: number,
    @Body() input: CommitmentProgressInput,
  ): Promise<AgreementView> {
    await this.commitments.report(actor, id, commitmentId, input);
    return this.views.view(actor, id);
  }

  @Post(':id/commitments/:commitmentId/outcomes')
  @May('agreement.draft')
  async end(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('commitmentId', IdPipe) commitmentId: number,
    @Body() input: CommitmentOutcomeInput,
  ): Promise<AgreementView> {
    await this.commitments.end(actor, id, commitmentId, input);
    return this.views.view(actor, id);
  }

  /** A draft of the next year with what is still running. */
  @Post(':id/carry-over')
  @May('agreement.draft')
  carryOver(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CarryOverInput,
  ): Promise<CarriedOver> {
    return this.carrying.carry(actor, id, input);
  }
}
