import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import { may, Refused } from '@lib/kernel';
import { SESSION_COOKIE } from './access.rules.js';
import type { Cargo } from './cargo.js';
import { ROUTE_ACCESS, signedOut, type AccessRequest, type RouteAccess } from './decorators.js';
import { Sessions } from './sessions.service.js';

/**
 * Denied unless granted. A route without `@Public`, `@SignedIn` or `@May` answers as if it did not exist, and so does
 * one whose permission the caller holds nowhere.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly modules: ModuleRef,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<RouteAccess | undefined>(ROUTE_ACCESS, context.getHandler());
    if (access?.who === 'public') return true;
    const request = context.switchToHttp().getRequest<AccessRequest>();
    const token = request.cookies?.[SESSION_COOKIE];
    const session = token ? await this.sessions.find(token, this.cargo(access, request.query)) : null;
    if (!session) throw signedOut();
    if (!access) throw Refused.notFound('route');
    if (access.who === 'may' && !may(session.actor, access.permission)) throw Refused.notFound('route');
    request.liveSession = session;
    return true;
  }

  private cargo(access: RouteAccess | undefined, query: unknown): ReturnType<Cargo['load']> {
    if (access?.who !== 'may' || !access.carries) return null;
    return this.modules.get(access.carries, { strict: false }).load(query);
  }
}
