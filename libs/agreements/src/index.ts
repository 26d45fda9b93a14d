/**
 * agreements: work programmes and emulation agreements of a bloc, or of a unit with the head of its agency. Texts in
 * versions, opinions on each, confirmation per member with the signed scan, commitments with deadline, progress and
 * outcome; what a summary says of them, and the records behind it.
 */
export * from './agreement.entity.js';
export * from './agreement.workflow.js';
export * from './agreements.rules.js';
export * from './agreements.dto.js';
export * from './drafting.service.js';
export * from './stepping.service.js';
export * from './opinions.service.js';
export * from './confirmations.service.js';
export * from './commitments.service.js';
export * from './carry-over.service.js';
export * from './passing-days.service.js';
export * from './agreements.queries.js';
export * from './agreement-view.queries.js';
export * from './commitment.queries.js';
export * from './agreement-block.queries.js';
export * from './agreement-lineage.queries.js';
export * from './open-work.service.js';
export * from './agreements.module.js';
