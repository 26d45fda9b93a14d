import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ABSOLUTE_MS,
  AccountsQueries,
  ChangePasswordInput,
  CurrentSession,
  Public,
  SESSION_COOKIE,
  Sessions,
  SignedIn,
  signedOut,
  SignInInput,
  type LiveSession,
  type SessionView,
} from '@lib/access';
import { ENV, type ApiEnv } from './settings.js';

@ApiTags('session')
@Controller('session')
export class SessionController {
  constructor(
    @Inject(ENV) private readonly env: ApiEnv,
    private readonly sessions: Sessions,
    private readonly accounts: AccountsQueries,
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

  private cookie() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.env.https } as const;
  }
}
