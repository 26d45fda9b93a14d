/**
 * rulebook: dated law as data. Award forms, titles and types of commendation, each row with the days on which it holds,
 * the text it comes from, and whether someone has read that text. An unverified row warns and never blocks; a change of
 * regulation is a new row, entered by an administrator, no redeploy.
 */
export * from './rulebook.entity.js';
export * from './rulebook.dto.js';
export * from './rulebook.queries.js';
export * from './rulebook.service.js';
export * from './rulebook.module.js';
