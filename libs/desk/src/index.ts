/**
 * desk: what waits for whom by when. Rooms open a task for a unit and a permission, and close it when the step is taken;
 * whoever holds that permission on that very unit has it on the desk and is told, in the app and by mail, which leaves
 * through the outbox; those above may act in their place. A task is a pointer: the record it leads to decides who may do
 * what, so task, notice and mail hold a title, a reason and a link, and name no people.
 */
export * from './desk.service.js';
export * from './desk.dto.js';
export * from './tasks.queries.js';
export * from './notices.service.js';
export * from './handover.dto.js';
export * from './handover.service.js';
export * from './daily.service.js';
export * from './desk.module.js';
