/**
 * people: who can be honoured by name. Names are common: a person is name, birth year and unit, never the name alone.
 * Lists stand in Vietnamese order (given name, then family name) and are found without accents; rows outside the
 * caller's units do not exist.
 */
export * from './person.entity.js';
export * from './person.rules.js';
export * from './people.dto.js';
export * from './people.queries.js';
export * from './people.service.js';
export * from './people.module.js';
