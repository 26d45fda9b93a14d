/**
 * reorganisations: the process around a unit event. Rehearsed before it is applied, applied in one transaction with what
 * becomes of open work, taken back by a counter-event. The event itself is a fact of `units`.
 */
export * from './open-work.js';
export * from './reorganisation.entity.js';
export * from './reorganisation.workflow.js';
export * from './reorganisations.dto.js';
export * from './reorganisations.views.js';
export * from './reorganisations.service.js';
export * from './open-work.service.js';
export * from './application.service.js';
export * from './rehearsals.service.js';
export * from './scheduled-days.service.js';
export * from './reorganisations.queries.js';
export * from './reorganisations.module.js';
