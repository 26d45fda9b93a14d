/**
 * spreadsheets: workbooks in and out. An import is read as a stream, told row by row before anything is written, accepted
 * as one step and undone as one; what a row means, the room that owns it registers. Lists and tables leave as workbooks
 * with real numbers, laid out for A4.
 */
export * from './import-kind.js';
export * from './import-kinds.js';
export * from './import-effects.js';
export * from './import.workflow.js';
export * from './imports.entity.js';
export * from './imports.dto.js';
export * from './imports.queries.js';
export * from './imports.service.js';
export * from './import-runner.service.js';
export { typeWords } from './template.workbook.js';
export { readTable } from './reading/table-in.js';
export * from './spreadsheets.module.js';
export * from './list-out.js';
export * from './workbook-out.js';
