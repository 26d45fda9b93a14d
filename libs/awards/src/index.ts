/**
 * awards: the golden book itself. A batch is a decision or a declaration (who conferred, on whom, what, when, how many);
 * its lines name recipients; batches contain one another where an officer says so. Corrections and revocations are
 * entries with a day and a reason. What a batch contributes to the counts is the view `award_posting`, handed to figures.
 */
export * from './awards.entity.js';
export * from './awards.dto.js';
export * from './register.dto.js';
export * from './awards.rules.js';
export * from './award-scope.js';
export * from './decisions.service.js';
export * from './record.service.js';
export * from './correct.service.js';
export * from './revoke.service.js';
export * from './remove.service.js';
export * from './withdraw.service.js';
export * from './awards.queries.js';
export * from './batch.queries.js';
export * from './person-awards.queries.js';
export * from './awards.module.js';
