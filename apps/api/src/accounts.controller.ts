import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  Accounts,
  AccountsQueries,
  AccountsQuery,
  CreateAccountInput,
  CurrentActor,
  May,
  SetDisabledInput,
  SetGrantsInput,
  SetMailInput,
  type AccountPage,
  type AccountView,
} from '@lib/access';
import { Refused, type Actor } from '@lib/kernel';
import { AccountPeople, SetAccountPersonInput, type AccountPerson } from '@lib/people';
import { Outbox, PLATFORM_SETTINGS, reader, type OutboxState, type PlatformSettings } from '@lib/platform';
import { UnitSearchQuery, UnitsQueries, type UnitRef } from '@lib/units';
import { IdPipe } from './id.pipe.js';

/** One account with the person it is. */
export interface AccountDetail extends AccountView {
  /** Null where nobody is linked, or somebody outside the administrator's units. */
  readonly person: AccountPerson | null;
}

/** How the mail of the whole installation fares; names nobody. */
export interface MailState extends OutboxState {
  readonly available: boolean;
}

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly queries: AccountsQueries,
    private readonly people: AccountPeople,
    private readonly units: UnitsQueries,
    private readonly outbox: Outbox,
    private readonly db: DataSource,
    @Inject(PLATFORM_SETTINGS) private readonly settings: PlatformSettings,
  ) {}

  @Get()
  @May('account.manage')
  list(@CurrentActor() actor: Actor, @Query() ask: AccountsQuery): Promise<AccountPage> {
    return this.queries.list(actor, ask);
  }

  /** Units in which the administrator may give roles: code and name, nothing more. */
  @Get('units')
  @May('account.manage')
  async findUnits(
    @CurrentActor() actor: Actor,
    @Query() { q, on, limit }: UnitSearchQuery,
  ): Promise<{ items: UnitRef[] }> {
    const found = await this.units.search(actor, q, on, limit, 'account.manage');
    return { items: found.map(({ code, name, level }) => ({ code, name, level })) };
  }

  /** What waits to leave by mail, and what was given up. */
  @Get('mail-state')
  @May('account.manage')
  async mailState(): Promise<MailState> {
    return { available: !!this.settings.mail, ...(await this.outbox.state('mail')) };
  }

  @Get(':id')
  @May('account.manage')
  async show(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<AccountDetail> {
    const account = await this.queries.one(reader(this.db), actor, id);
    if (!account) throw Refused.notFound('account');
    return { ...account, person: await this.people.show(actor, id) };
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

  @Put(':id/mail')
  @May('account.manage')
  setMail(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() input: SetMailInput,
  ): Promise<AccountView> {
    return this.accounts.setMail(actor, id, input);
  }

  @Put(':id/person')
  @May('account.manage')
  async setPerson(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() { person }: SetAccountPersonInput,
  ): Promise<{ person: AccountPerson | null }> {
    return { person: await this.people.set(actor, id, person ?? null) };
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
