/**
 * people: who can be honoured by name. Names are common: a person is name, birth year and the units he has been in, helped
 * by a member card or a service number; never the name alone. No citizen's identity number (CCCD) is kept: no payee ledger
 * needs one yet. Records that may be one person are proposed and a person decides; a merge rewrites nothing and can be taken
 * back. Lists stand in Vietnamese order (given name, then family name), found without accents; rows outside the caller's
 * units do not exist.
 */
export * from './person.entity.js';
export * from './person.rules.js';
export * from './person.sql.js';
export * from './people.dto.js';
export * from './people.queries.js';
export * from './people.service.js';
export * from './named-people.service.js';
export * from './account-person.service.js';
export * from './people-news.js';
export * from './memberships.rules.js';
export * from './memberships.service.js';
export * from './moves.service.js';
export * from './merge.service.js';
export * from './uses.sql.js';
export * from './duplicates.rules.js';
export * from './duplicates.service.js';
export * from './duplicates.queries.js';
export * from './service-years.rules.js';
export * from './career.service.js';
export * from './profile.queries.js';
export * from './unit-leaders.queries.js';
export * from './people.module.js';
export * from './people-import.columns.js';
export * from './people.import.js';
