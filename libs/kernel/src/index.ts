/**
 * kernel: the words every room speaks. Pure code only: no database, no clock, no framework.
 * A file is admitted when two rooms need it and it has a name from the field:
 * refusals and warnings, days and intervals, qualified numbers, name folding, levels,
 * permissions, who is acting with which scope, and the arithmetic of a vote (screens show it while numbers are typed).
 */
export * from './refusal.js';
export * from './workflow.js';
export * from './day.js';
export * from './qualified.js';
export * from './money.js';
export * from './fold.js';
export * from './levels.js';
export * from './classification.js';
export * from './permissions.js';
export * from './actor.js';
export * from './tally.js';
