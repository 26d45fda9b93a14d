/**
 * units: who is under whom, and since when. Dated versions of every unit, levels, declared strengths, executive offices,
 * and the bodies that stand outside the tree. Two times: valid days, and the numbered change that made the row known.
 * ALL hierarchy SQL lives here, the row scope `inScope` included; no other room walks the tree.
 */
export * from './unit-tree.js';
export * from './chains.sql.js';
export * from './units.service.js';
export * from './strengths.service.js';
export * from './units.queries.js';
export * from './units.dto.js';
export * from './units.module.js';
