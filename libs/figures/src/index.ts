/**
 * figures: the counting book. Records of higher rooms post signed, dated entries into an inbox within their own
 * transaction; one applier moves them into the book and into cells per unit and month, up the dated tree. Any period is
 * read from whole months of cells and from the entries at its edges; as known on a day, from the entries known then.
 * Nothing is ever updated here: a correction or a revocation is a counter-entry. ALL roll-up SQL lives in this room.
 */
export * from './measures.js';
export * from './relations.js';
export * from './sources.js';
export * from './keys.service.js';
export * from './ledger.service.js';
export * from './applier.service.js';
export * from './person-places.service.js';
export {
  cellsTell,
  PeriodQueries,
  type Dim,
  type FigureLine,
  type LineRow,
  type Question,
  type UndatedRecord,
} from './period.queries.js';
export * from './restatement.queries.js';
export { isWholeMonths } from './split.sql.js';
export * from './breakdown.queries.js';
export * from './campaign-figures.queries.js';
export * from './lineage.queries.js';
export * from './rebuild.service.js';
export * from './recompute.service.js';
export * from './indicator.sql.js';
export * from './indicator.queries.js';
export * from './indicators.service.js';
export * from './seen.sql.js';
export * from './waiting.sql.js';
export * from './figures.module.js';
