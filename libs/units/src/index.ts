/**
 * units: who is under whom, and since when. Dated versions of every unit, levels, declared strengths, executive offices,
 * and the bodies that stand outside the tree. Two times: valid days, and the numbered change that made the row known.
 * ALL hierarchy SQL lives here, the row scope `inScope` included; no other room walks the tree.
 */
export * from './unit-tree.js';
export * from './unit-lists.queries.js';
export * from './units.import.js';
export * from './chains.sql.js';
export * from './as-is.sql.js';
export * from './below.sql.js';
export * from './inherited.sql.js';
export * from './tree-writer.js';
export * from './units.service.js';
export * from './events.words.js';
export { planEvent } from './events.rules.js';
export type { Version } from './versions.rules.js';
export * from './events.dto.js';
export * from './unit-events.service.js';
export * from './unit-events.queries.js';
export * from './unit-history.queries.js';
export * from './coordination.service.js';
export * from './passed-days.service.js';
export * from './strengths.service.js';
export * from './units.queries.js';
export * from './unit-changes.queries.js';
export * from './units.dto.js';
export * from './tree-difference.queries.js';
export * from './units.module.js';
