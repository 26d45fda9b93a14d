/**
 * blocs: khối and cụm of a year: organiser, members, head and deputy units, theme. The key is organiser, kind, number and
 * year: numbers repeat. The organiser and the member units see the bloc of that year; organiser, head and deputies act for
 * it, so that campaigns and agreements may be a bloc's.
 */
export * from './bloc.entity.js';
export * from './blocs.rules.js';
export * from './blocs.dto.js';
export * from './bloc-scope.js';
export * from './blocs.queries.js';
export * from './blocs.service.js';
export * from './open-work.service.js';
export * from './blocs.module.js';
