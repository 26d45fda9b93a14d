/**
 * summaries: what leaders read. A summary is asked for (unit, days, as known on a day), computed by a job from the counting
 * book, stored as text, marked stale by the applier when a fact touches it, and read in one statement. Every figure of it
 * opens to the records that make it.
 */
export * from './summary.dto.js';
export * from './body.js';
export * from './ask.service.js';
export * from './asked-periods.queries.js';
export * from './compute.service.js';
export * from './records.queries.js';
export * from './process-records.queries.js';
export { printSummary } from './print.js';
export * from './workbook.js';
export * from './summaries.module.js';
