/**
 * rulebook: dated law as data. Award forms, titles types of commendation and how councils vote, each row with the days on which it holds,
 * the text it comes from, and whether someone has read that text. An unverified row warns and never blocks; a change of
 * regulation is a new row, entered by an administrator, no redeploy.
 */
export * from './rulebook.entity.js';
export * from './rulebook.dto.js';
export * from './rulebook.queries.js';
export * from './vote-rules.queries.js';
export * from './service-rules.queries.js';
export * from './rulebook.service.js';
export * from './rulebook.module.js';
