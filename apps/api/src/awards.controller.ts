import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import {
  AddLinesInput,
  AwardsQueries,
  BatchQueries,
  CorrectBatchInput,
  CorrectService,
  PartOfInput,
  RecordBatchInput,
  RecordService,
  RegisterQuery,
  RemovalInput,
  RemoveService,
  RevokeInput,
  RevokeService,
  WithdrawService,
  type BatchRow,
  type BatchView,
  type Recorded,
  type RegisterLine,
} from '@lib/awards';
import type { Actor, Warning } from '@lib/kernel';
import { IdPipe } from './id.pipe.js';

interface Saved {
  readonly batch: BatchView;
  readonly warnings: readonly Warning[];
}

@ApiTags('awards')
@Controller()
export class AwardsController {
  constructor(
    private readonly recording: RecordService,
    private readonly correcting: CorrectService,
    private readonly revoking: RevokeService,
    private readonly removing: RemoveService,
    private readonly withdrawing: WithdrawService,
    private readonly register: AwardsQueries,
    private readonly batches: BatchQueries,
  ) {}

  @Post('award-batches')
  @May('award.record')
  async record(@CurrentActor() actor: Actor, @Body() input: RecordBatchInput): Promise<Saved> {
    return this.saved(actor, await this.recording.record(actor, input));
  }

  @Get('award-batches')
  @May('award.read')
  list(@CurrentActor() actor: Actor, @Query() ask: RegisterQuery): Promise<{ items: BatchRow[]; next: string | null }> {
    return this.register.batches(actor, ask);
  }

  @Get('award-batches/:id')
  @May('award.read')
  view(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<BatchView> {
    return this.batches.view(actor, id);
  }

  @Post('award-batches/:id/corrections')
  @May('award.correct')
  async correct(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: CorrectBatchInput,
  ): Promise<Saved> {
    return this.saved(actor, await this.correcting.correct(actor, id, input));
  }

  @Post('award-batches/:id/revocations')
  @May('award.revoke')
  async revoke(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: RevokeInput,
  ): Promise<Saved> {
    return this.saved(actor, await this.revoking.revoke(actor, id, input));
  }

  @Post('award-batches/:id/revocations/:revocationId/withdrawal')
  @May('award.revoke')
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('revocationId', IdPipe) revocationId: number,
    @Body() { reason }: RemovalInput,
  ): Promise<Saved> {
    return this.saved(actor, await this.withdrawing.withdraw(actor, id, revocationId, reason));
  }

  @Post('award-batches/:id/lines')
  @May('award.record')
  async addLines(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: AddLinesInput,
  ): Promise<Saved> {
    return this.saved(actor, await this.recording.addLines(actor, id, input));
  }

  @Post('award-batches/:id/lines/:lineId/removal')
  @May('award.correct')
  async removeLine(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Param('lineId', IdPipe) lineId: number,
    @Body() { reason }: RemovalInput,
  ): Promise<Saved> {
    return this.saved(actor, await this.correcting.removeLine(actor, id, lineId, reason));
  }

  @Post('award-batches/:id/removal')
  @May('award.correct')
  async remove(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { reason }: RemovalInput,
  ): Promise<Saved> {
    return this.saved(actor, await this.removing.remove(actor, id, reason));
  }

  @Put('award-batches/:id/part-of')
  @May('award.correct')
  async setPartOf(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { partOf }: PartOfInput,
  ): Promise<Saved> {
    return this.saved(actor, await this.correcting.setPartOf(actor, id, partOf ?? null));
  }

  @Delete('award-batches/:id/part-of')
  @May('award.correct')
  async clearPartOf(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<Saved> {
    return this.saved(actor, await this.correcting.setPartOf(actor, id, null));
  }

  @Get('awards')
  @May('award.read')
  lines(
    @CurrentActor() actor: Actor,
    @Query() ask: RegisterQuery,
  ): Promise<{ items: RegisterLine[]; next: string | null }> {
    return this.register.lines(actor, ask);
  }

  private async saved(actor: Actor, { id, warnings }: Recorded): Promise<Saved> {
    return { batch: await this.batches.view(actor, id), warnings };
  }
}
