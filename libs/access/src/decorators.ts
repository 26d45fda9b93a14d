import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext, type Type } from '@nestjs/common';
import { ApiCookieAuth, ApiExtension, ApiResponse } from '@nestjs/swagger';
import { Refused, type Actor, type Permission } from '@lib/kernel';
import { SESSION_COOKIE } from './access.rules.js';
import type { Cargo } from './cargo.js';
import type { LiveSession } from './sessions.service.js';

/** What a route asks of its caller. A route that says nothing is denied. */
export type RouteAccess =
  | { readonly who: 'public' }
  | { readonly who: 'signed_in' }
  | { readonly who: 'may'; readonly permission: Permission; readonly carries?: Type<Cargo> };

export const ROUTE_ACCESS = 'access:route';

/** Anyone. */
export function Public(): MethodDecorator {
  return applyDecorators(
    SetMetadata(ROUTE_ACCESS, { who: 'public' } satisfies RouteAccess),
    ApiExtension('x-access', 'public'),
  );
}

/** Anyone with a session; the handler looks only at the caller's own things. */
export function SignedIn(): MethodDecorator {
  return applyDecorators(
    SetMetadata(ROUTE_ACCESS, { who: 'signed_in' } satisfies RouteAccess),
    ApiExtension('x-access', 'signed_in'),
    ApiCookieAuth(SESSION_COOKIE),
    ApiResponse({ status: 401, description: 'Chưa đăng nhập.' }),
  );
}

/**
 * Those who hold the permission on some unit; on which rows, the service decides by scope. A route that is read very often
 * may have its reading carried by the statement that finds the session.
 */
export function May(permission: Permission, carries?: Type<Cargo>): MethodDecorator {
  return applyDecorators(
    SetMetadata(ROUTE_ACCESS, { who: 'may', permission, ...(carries ? { carries } : {}) } satisfies RouteAccess),
    ApiExtension('x-access', permission),
    ApiCookieAuth(SESSION_COOKIE),
    ApiResponse({ status: 401, description: 'Chưa đăng nhập.' }),
    ApiResponse({ status: 404, description: `Không có, hoặc ngoài phạm vi được giao (cần quyền \`${permission}\`).` }),
  );
}

/** What the guard leaves on a request. */
export interface AccessRequest {
  liveSession?: LiveSession;
  headers: Record<string, string | string[] | undefined>;
  cookies?: Record<string, string | undefined>;
  query?: unknown;
}

export function sessionOf(context: ExecutionContext): LiveSession {
  const { liveSession } = context.switchToHttp().getRequest<AccessRequest>();
  if (!liveSession) throw signedOut();
  return liveSession;
}

/** The caller, with grants: the first argument of every service call. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => sessionOf(context).actor,
);

/** What the session's statement brought along; null where the route's cargo had nothing to ask. Not judged yet: no scope was known. */
export const Carried = createParamDecorator(
  (_: unknown, context: ExecutionContext): unknown => sessionOf(context).carried,
);

/** The caller's session: only for the routes about the session itself. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): LiveSession =>
  sessionOf(context),
);

export function signedOut(): Refused {
  return new Refused('access.signed_out', 'Phiên làm việc đã hết. Hãy đăng nhập.', null, 'signed_out');
}
