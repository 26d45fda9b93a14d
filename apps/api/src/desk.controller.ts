import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '@lib/access';
import {
  HandoverInput,
  HandoverQuery,
  Handovers,
  Notices,
  NoticesQuery,
  ReadAllInput,
  TaskCountsQuery,
  TaskQueries,
  TasksQuery,
  type HandoverView,
  type NoticePage,
  type TaskCount,
  type TaskPage,
} from '@lib/desk';
import type { Actor } from '@lib/kernel';
import { IdPipe } from './id.pipe.js';

/** Everybody's own desk: what waits follows from the caller's grants, notices belong to the account. */
@ApiTags('desk')
@Controller()
export class DeskController {
  constructor(
    private readonly waiting: TaskQueries,
    private readonly told: Notices,
    private readonly handovers: Handovers,
  ) {}

  @Get('tasks')
  @SignedIn()
  tasks(@CurrentActor() actor: Actor, @Query() ask: TasksQuery): Promise<TaskPage> {
    return this.waiting.list(actor, ask);
  }

  @Get('tasks/counts')
  @SignedIn()
  counts(@CurrentActor() actor: Actor, @Query() { of }: TaskCountsQuery): Promise<{ items: TaskCount[] }> {
    return this.waiting.counts(actor, of);
  }

  /** The open work that would go over, and what of it the other may do. */
  @Get('handovers/preview')
  @SignedIn()
  previewHandover(@CurrentActor() actor: Actor, @Query() ask: HandoverQuery): Promise<HandoverView> {
    return this.handovers.preview(actor, ask);
  }

  @Post('handovers')
  @SignedIn()
  handOver(@CurrentActor() actor: Actor, @Body() input: HandoverInput): Promise<HandoverView> {
    return this.handovers.handOver(actor, input);
  }

  @Get('notices')
  @SignedIn()
  notices(@CurrentActor() actor: Actor, @Query() ask: NoticesQuery): Promise<NoticePage> {
    return this.told.list(actor, ask);
  }

  @Get('notices/unread')
  @SignedIn()
  unread(@CurrentActor() actor: Actor): Promise<{ unread: number }> {
    return this.told.count(actor);
  }

  @Put('notices/read')
  @SignedIn()
  @HttpCode(204)
  readAll(@CurrentActor() actor: Actor, @Body() { upTo }: ReadAllInput): Promise<void> {
    return this.told.readAll(actor, upTo);
  }

  @Put('notices/:id/read')
  @SignedIn()
  @HttpCode(204)
  read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.told.read(actor, id);
  }
}
