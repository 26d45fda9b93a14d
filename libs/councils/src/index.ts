/**
 * councils: the competent body of a unit and its sittings. Membership is frozen when a sitting opens; ties between members
 * and nominees are found from what the system holds; per line the numbers of the vote stand beside an outcome that the dated
 * rule of voting allows. Numbers only: nothing ties a ballot to its voter. The council advises, commendations decide.
 */
export * from './councils.entity.js';
export * from './sitting.workflow.js';
export * from './vote.rules.js';
export * from './councils.dto.js';
export * from './council-scope.js';
export * from './conflicts.queries.js';
export * from './sitting-lines.queries.js';
export * from './councils.queries.js';
export * from './sittings.queries.js';
export * from './outcomes.queries.js';
export * from './councils.service.js';
export * from './sittings.service.js';
export * from './votes.service.js';
export * from './open-work.service.js';
export * from './councils.module.js';
