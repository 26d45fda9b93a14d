/**
 * commendations: what the competent organ decides on lines that came before it. A draft gathers lines with an outcome each;
 * decided by somebody else than proposed it; signed under the clerk's number, for good; prepared by a job that freezes list
 * and paper; issued in one transaction that writes the register. Until then the outcome is known on the deciding side alone.
 */
export * from './commendation.workflow.js';
export * from './commendations.entity.js';
export * from './commendations.dto.js';
export * from './verdict.rules.js';
export * from './commendation-lines.queries.js';
export * from './commendations.queries.js';
export * from './draft.service.js';
export * from './sign.service.js';
export * from './prepare.service.js';
export * from './issue.service.js';
export * from './open-work.service.js';
export * from './commendations.module.js';
