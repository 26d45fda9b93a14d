/**
 * platform: what the program stands on. Settings read once, the database (embedded or given), the transaction that is
 * visible in every command, the clock that tests and the demo can set, jobs and queues, the audit trail, checks of input.
 */
export * from './env.js';
export * from './clock.js';
export * from './checks.js';
export * from './database.js';
export * from './transact.js';
export * from './audit.js';
export * from './jobs.js';
export * from './steps.js';
export * from './outbox.js';
export * from './platform.module.js';
export * from './embedded/supervisor.js';
