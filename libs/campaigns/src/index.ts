/**
 * campaigns: what is launched, by a unit or a bloc, and how units below deploy it; phases, contests, events, occasions,
 * links. A launched campaign is addressed to everyone below its owner; a sibling's does not exist. Deployment is told by
 * dated entries that nothing overwrites, so that coverage can be told of any day, as known on any other. Prizes stay in
 * the register: a contest is linked to them by its name.
 */
export * from './campaigns.entity.js';
export * from './campaigns.workflow.js';
export * from './campaigns.dto.js';
export * from './deployment.dto.js';
export * from './parts.dto.js';
export * from './campaigns.js';
export * from './campaigns.service.js';
export * from './campaign-steps.service.js';
export * from './campaign-parts.service.js';
export * from './deployment.service.js';
export * from './events.service.js';
export * from './campaigns.queries.js';
export * from './campaign-view.queries.js';
export * from './events.queries.js';
export * from './deployment.queries.js';
export * from './deployment-table.queries.js';
export * from './campaign.block.js';
export * from './campaign.lineage.js';
export * from './open-work.service.js';
export * from './campaigns.module.js';
