/**
 * access: who is at the door, and what they may do where. Accounts (argon2id), sessions (only the hash of the token is
 * stored), sign-in throttled in the database so that replicas share it, grants of roles on units with dates, and the
 * guard that denies every route which does not name its permission.
 */
export * from './account.entity.js';
export * from './access.rules.js';
export * from './access.dto.js';
export * from './cargo.js';
export * from './decorators.js';
export * from './access.guard.js';
export * from './sessions.service.js';
export * from './accounts.service.js';
export * from './accounts.queries.js';
export * from './following-grants.service.js';
export * from './delegations.dto.js';
export * from './delegations.service.js';
export * from './own-mail.service.js';
export * from './access.module.js';
