import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Accounts,
  AccountsQueries,
  AccountsQuery,
  CreateAccountInput,
  CurrentActor,
  May,
  SetDisabledInput,
  SetGrantsInput,
  type AccountView,
} from '@lib/access';
import type { Actor } from '@lib/kernel';
import { IdPipe } from './id.pipe.js';

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly queries: AccountsQueries,
  ) {}

  @Get()
  @May('account.manage')
  list(@CurrentActor() actor: Actor, @Query() { unit }: AccountsQuery): Promise<{ items: AccountView[] }> {
    return this.queries.list(actor, unit ?? null);
  }

  @Post()
  @May('account.manage')
  create(@CurrentActor() actor: Actor, @Body() input: CreateAccountInput): Promise<AccountView> {
    return this.accounts.create(actor, input);
  }

  @Put(':id/grants')
  @May('account.manage')
  setGrants(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { grants }: SetGrantsInput,
  ): Promise<AccountView> {
    return this.accounts.setGrants(actor, id, grants);
  }

  @Put(':id/disabled')
  @May('account.manage')
  setDisabled(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { disabled }: SetDisabledInput,
  ): Promise<AccountView> {
    return this.accounts.setDisabled(actor, id, disabled);
  }
}
