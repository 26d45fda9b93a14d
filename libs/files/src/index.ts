/**
 * files: papers as they came. Streamed to disk and hashed while they arrive, sniffed, limited, stored once per content
 * under their hash, with a row per upload. This room grants no download by itself: the room whose record a file belongs
 * to does (`FileOwners`); until a record takes it over, only its uploader reads it. Always served as an attachment.
 */
export * from './file.entity.js';
export * from './files.rules.js';
export * from './file-owners.js';
export * from './content-store.js';
export * from './files.service.js';
export * from './files.module.js';
