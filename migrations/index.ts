import { Platform1790000000100 } from './1790000000100-platform.js';
import { Units1790000000200 } from './1790000000200-units.js';
import { Access1790000000300 } from './1790000000300-access.js';
import { Rulebook1790000000400 } from './1790000000400-rulebook.js';
import { People1790000000500 } from './1790000000500-people.js';
import { Files1790000000600 } from './1790000000600-files.js';
import { Figures1790000000700 } from './1790000000700-figures.js';
import { Awards1790000000800 } from './1790000000800-awards.js';
import { Summaries1790000000900 } from './1790000000900-summaries.js';

/** In the order in which they run. A migration that has landed is never edited. */
export const migrations = [
  Platform1790000000100,
  Units1790000000200,
  Access1790000000300,
  Rulebook1790000000400,
  People1790000000500,
  Files1790000000600,
  Figures1790000000700,
  Awards1790000000800,
  Summaries1790000000900,
];
