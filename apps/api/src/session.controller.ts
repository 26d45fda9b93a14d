import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ABSOLUTE_MS,
  ActingInput,
  AccountsQueries,
  ChangePasswordInput,
  ColleaguesQuery,
  CurrentActor,
  CurrentSession,
  DelegationInput,
  Delegations,
  OwnMailService,
  Public,
  SESSION_COOKIE,
  SetMailInput,
  Sessions,
  SignedIn,
  signedOut,
  SignInInput,
  type ColleagueView,
  type DelegationView,
  type LiveSession,
  type OwnMail,
  type SessionView,
} from '@lib/access';
import type { Actor } from '@lib/kernel';
import { IdPipe } from './id.pipe.js';
import { ENV, type ApiEnv } from './settings.js';

@ApiTags('session')
@Controller('session')
export class SessionController {
  constructor(
    @Inject(ENV) private readonly env: ApiEnv,
    private readonly sessions: Sessions,
    private readonly accounts: AccountsQueries,
    private readonly ownMail: OwnMailService,
    private readonly delegations: Delegations,
  ) {}

  @Post()
  @Public()
  @HttpCode(200)
  async signIn(
    @Body() input: SignInInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const token = await this.sessions.signIn(input, request.ip);
    void reply.setCookie(SESSION_COOKIE, token, { ...this.cookie(), maxAge: ABSOLUTE_MS / 1000 });
    const session = await this.sessions.find(token);
    if (!session) throw signedOut();
    return this.accounts.session(session);
  }

  @Get()
  @SignedIn()
  show(@CurrentSession() session: LiveSession): Promise<SessionView> {
    return this.accounts.session(session);
  }

  @Delete()
  @SignedIn()
  @HttpCode(204)
  async signOut(
    @CurrentSession() session: LiveSession,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    void reply.clearCookie(SESSION_COOKIE, this.cookie());
    await this.sessions.signOut(session);
  }

  @Put('password')
  @SignedIn()
  @HttpCode(204)
  changePassword(@CurrentSession() session: LiveSession, @Body() input: ChangePasswordInput): Promise<void> {
    return this.sessions.changePassword(session, input);
  }

  @Get('mail')
  @SignedIn()
  mail(@CurrentActor() actor: Actor): Promise<OwnMail> {
    return this.ownMail.show(actor);
  }

  @Put('mail')
  @SignedIn()
  setMail(@CurrentActor() actor: Actor, @Body() input: SetMailInput): Promise<OwnMail> {
    return this.ownMail.set(actor, input);
  }

  /** Colleagues whom the caller may name, for acting in his place or taking his work over. */
  @Get('colleagues')
  @SignedIn()
  colleagues(@CurrentActor() actor: Actor, @Query() ask: ColleaguesQuery): Promise<{ items: ColleagueView[] }> {
    return this.delegations.colleagues(actor, ask);
  }

  @Get('delegations')
  @SignedIn()
  listDelegations(@CurrentActor() actor: Actor): Promise<{ items: DelegationView[] }> {
    return this.delegations.list(actor);
  }

  @Post('delegations')
  @SignedIn()
  @HttpCode(204)
  delegate(@CurrentActor() actor: Actor, @Body() input: DelegationInput): Promise<void> {
    return this.delegations.give(actor, input);
  }

  @Put('delegations/:id/revoked')
  @SignedIn()
  @HttpCode(204)
  revokeDelegation(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.delegations.revoke(actor, id);
  }

  /** The session acts by a delegation from now on, or for its own account again. */
  @Put('acting')
  @SignedIn()
  @HttpCode(204)
  act(@CurrentSession() session: LiveSession, @Body() { delegation }: ActingInput): Promise<void> {
    return this.delegations.act(session, delegation ?? null);
  }

  private cookie() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.env.https } as const;
  }
}
