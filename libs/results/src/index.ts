/**
 * results: what was done, in numbers as they were stated: indicators with count and money, targets, coverage. A statement
 * is never changed; a correction replaces it and a removal ends it, so that a past day can be told. How a figure comes
 * out of the reports is the figures room's; here they are entered, corrected and opened. Agencies without a union are
 * statements of the same kind; beside them stand the other facts by which an organisation grows. A series is what a value is of:
 * indicators, status, source of the money, beneficiaries, nature.
 */
export * from './results.entity.js';
export * from './rows.js';
export * from './results.dto.js';
export * from './indicators.service.js';
export * from './reports.service.js';
export * from './targets.service.js';
export * from './coverage.service.js';
export * from './results.queries.js';
export * from './indicator.block.js';
export * from './coverage.block.js';
export * from './lineage.queries.js';
export * from './agency.entity.js';
export * from './agencies.dto.js';
export * from './agencies.service.js';
export * from './agencies.queries.js';
export * from './admissions.service.js';
export * from './organisation.block.js';
export * from './organisation.lineage.js';
export * from './results.module.js';
