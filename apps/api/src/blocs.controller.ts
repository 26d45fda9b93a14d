import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, May } from '@lib/access';
import {
  Blocs,
  BlocsQuery,
  BlocsService,
  CreateBlocInput,
  EditBlocInput,
  type BlocRow,
  type BlocView,
} from '@lib/blocs';
import type { Actor } from '@lib/kernel';
import { IdPipe } from './id.pipe.js';

@ApiTags('blocs')
@Controller('blocs')
export class BlocsController {
  constructor(
    private readonly keeping: BlocsService,
    private readonly blocs: Blocs,
  ) {}

  @Get()
  @May('bloc.read')
  list(@CurrentActor() actor: Actor, @Query() ask: BlocsQuery): Promise<{ items: BlocRow[]; next: string | null }> {
    return this.blocs.list(actor, ask);
  }

  @Get(':id')
  @May('bloc.read')
  view(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<BlocView> {
    return this.blocs.view(actor, id);
  }

  @Post()
  @May('bloc.keep')
  async create(@CurrentActor() actor: Actor, @Body() input: CreateBlocInput): Promise<BlocView> {
    return this.blocs.view(actor, await this.keeping.create(actor, input));
  }

  @Put(':id')
  @May('bloc.keep')
  async edit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: EditBlocInput,
  ): Promise<BlocView> {
    await this.keeping.edit(actor, id, input);
    return this.blocs.view(actor, id);
  }

  /** The bloc of the next year: members carried over, head not. */
  @Post(':id/copies')
  @May('bloc.keep')
  async copy(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<BlocView> {
    return this.blocs.view(actor, await this.keeping.copy(actor, id));
  }
}
