import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Carried, CurrentActor, May } from '@lib/access';
import type { Actor } from '@lib/kernel';
import { AskService, RecordsQueries, RecordsQuery, SummaryQuery } from '@lib/summaries';

@ApiTags('summaries')
@Controller('summaries')
export class SummariesController {
  constructor(
    private readonly asking: AskService,
    private readonly opened: RecordsQueries,
  ) {}

  /** The stored text as it is; 202 while it is computed for the first time. */
  @Get()
  @May('summary.read', AskService)
  @ApiOkResponse({ description: 'Bản tổng hợp (JSON); 202 khi đang tính lần đầu.' })
  async ask(
    @CurrentActor() actor: Actor,
    @Carried() carried: unknown,
    @Query() question: SummaryQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { ready, text } = await this.asking.ask(actor, question, carried);
    await reply
      .status(ready ? 200 : 202)
      .type('application/json; charset=utf-8')
      .send(text);
  }

  @Get('records')
  @May('summary.read')
  records(@CurrentActor() actor: Actor, @Query() ask: RecordsQuery): ReturnType<RecordsQueries['records']> {
    return this.opened.records(actor, ask);
  }

  @Get('status')
  @May('summary.read')
  status(): ReturnType<AskService['status']> {
    return this.asking.status();
  }
}
