/**
 * nominations: title registration; dossiers of nomination lines, submitted upwards, returned with reasons, appraised,
 * composed into one submission, or sent to a body outside the system and answered line by line. The one state machine of
 * a line lives here; councils and commendations take their steps through `NominationLines`. Warnings out of the register
 * and the open nominations never block.
 */
export * from './dossiers.dto.js';
export * from './line.entity.js';
export * from './line.workflow.js';
export * from './lines.service.js';
export * from './nominations.queries.js';
export * from './separation.service.js';
export * from './registrations.service.js';
export * from './dossiers.service.js';
export * from './draft-lines.service.js';
export * from './submit.service.js';
export * from './appraise.service.js';
export * from './compose.service.js';
export * from './answer.service.js';
export * from './dossiers.queries.js';
export * from './dossier-view.queries.js';
export * from './warnings.queries.js';
export * from './proposal-block.queries.js';
export * from './open-work.service.js';
export * from './nominations.module.js';
