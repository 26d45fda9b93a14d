import { createHash, randomBytes } from 'node:crypto';
import { isEmail } from 'class-validator';
import { fold, Refused, ROLE_PERMISSIONS, type Grant, type Permission, type Role } from '@lib/kernel';
import { COMMON_PASSWORDS } from './common-passwords.js';

const HOUR_MS = 3_600_000;

/** A session ends after this long without a request, and at the latest this long after sign-in. */
export const IDLE_MS = 12 * HOUR_MS;
export const ABSOLUTE_MS = 7 * 24 * HOUR_MS;
/** `seen_at` is written at most this often, so that reading does not write. */
export const SEEN_EVERY_MS = 5 * 60_000;

/** Failed sign-ins within the window after which further ones are not even tried. */
export const ATTEMPT_WINDOW_MS = 15 * 60_000;
export const ATTEMPTS_PER_USERNAME = 10;
export const ATTEMPTS_PER_ADDRESS = 100;

export const SESSION_COOKIE = 'sv_session';

/** Every demo account has it, and it is shown on the sign-in page. Nothing else may use it. */
export const DEMO_PASSWORD = 'so-vang-minh-hoa';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** @throws Refused `access.password_too_short`, `access.password_too_common` */
export function checkPassword(password: string, username: string, field: string): void {
  if (password.length < PASSWORD_MIN) {
    throw new Refused('access.password_too_short', `Mật khẩu cần ít nhất ${PASSWORD_MIN} ký tự.`, field);
  }
  const bare = fold(password).replaceAll(' ', '');
  if (COMMON_PASSWORDS.has(bare) || bare === fold(username).replaceAll(' ', '') || /^(.)\1*$/u.test(bare)) {
    throw new Refused('access.password_too_common', 'Mật khẩu này quá dễ đoán, hãy chọn mật khẩu khác.', field);
  }
}

/** The address as it is stored; null where none is given. @throws Refused `access.email_wrong` */
export function storedEmail(given: string | null | undefined): string | null {
  const email = given?.trim() ?? '';
  if (email === '') return null;
  if (isEmail(email)) return email;
  throw new Refused('access.email_wrong', 'Địa chỉ thư không đúng dạng; ví dụ: ten@congdoan.vn.', 'email');
}

/** 256 random bits; the cookie holds them, the database only their hash. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Roles on one unit add up to one grant, so that a permission and its companions are looked for in one place. `inherited`:
 * whose history is read by those with a unit, as `inheritedBy` brings it.
 */
export function grantsOf(
  held: readonly { readonly unitId: number; readonly role: Role }[],
  inherited: readonly (readonly [readerId: number, unitId: number, restricted: boolean])[] = [],
): Grant[] {
  const byUnit = new Map<number, Set<Permission>>();
  for (const { unitId, role } of held) {
    const permissions = byUnit.get(unitId) ?? new Set<Permission>();
    for (const permission of ROLE_PERMISSIONS[role] ?? []) permissions.add(permission);
    byUnit.set(unitId, permissions);
  }
  return [...byUnit].map(([unitId, permissions]) => {
    const own = inherited.filter(([reader]) => reader === unitId);
    if (own.length === 0) return { unitId, permissions };
    return { unitId, permissions, inherited: own.map(([, unit, restricted]) => ({ unitId: unit, restricted })) };
  });
}
