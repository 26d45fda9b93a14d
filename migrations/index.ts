import { Platform1790000000100 } from './1790000000100-platform.js';
import { Units1790000000200 } from './1790000000200-units.js';
import { Access1790000000300 } from './1790000000300-access.js';
import { Rulebook1790000000400 } from './1790000000400-rulebook.js';
import { People1790000000500 } from './1790000000500-people.js';
import { Files1790000000600 } from './1790000000600-files.js';
import { Figures1790000000700 } from './1790000000700-figures.js';
import { Awards1790000000800 } from './1790000000800-awards.js';
import { Summaries1790000000900 } from './1790000000900-summaries.js';
import { StepsAndOutbox1790000001000 } from './1790000001000-steps-and-outbox.js';
import { Desk1790000001100 } from './1790000001100-desk.js';
import { PeopleAccounts1790000001200 } from './1790000001200-people-accounts.js';
import { Blocs1790000001300 } from './1790000001300-blocs.js';
import { Campaigns1790000001400 } from './1790000001400-campaigns.js';
import { IndicatorFigures1790000001500 } from './1790000001500-indicator-figures.js';
import { FigureTouch1790000001600 } from './1790000001600-figure-touch.js';
import { Results1790000001700 } from './1790000001700-results.js';
import { Agreements1790000001800 } from './1790000001800-agreements.js';
import { Nominations1790000001900 } from './1790000001900-nominations.js';
import { Councils1790000002000 } from './1790000002000-councils.js';
import { VoteRules1790000002050 } from './1790000002050-vote-rules.js';
import { Commendations1790000002100 } from './1790000002100-commendations.js';
import { SummaryParts1790000002200 } from './1790000002200-summary-parts.js';
import { IndicatorFlow1790000002300 } from './1790000002300-indicator-flow.js';
import { UnitEvents1790000003000 } from './1790000003000-unit-events.js';
import { Coordination1790000003050 } from './1790000003050-coordination.js';
import { Identity1790000003100 } from './1790000003100-identity.js';
import { Imports1790000003200 } from './1790000003200-imports.js';
import { Reorganisations1790000003300 } from './1790000003300-reorganisations.js';
import { Lenses1790000003400 } from './1790000003400-lenses.js';
import { Agencies1790000003500 } from './1790000003500-agencies.js';

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
  StepsAndOutbox1790000001000,
  Desk1790000001100,
  PeopleAccounts1790000001200,
  Blocs1790000001300,
  Campaigns1790000001400,
  IndicatorFigures1790000001500,
  FigureTouch1790000001600,
  Results1790000001700,
  Agreements1790000001800,
  Nominations1790000001900,
  Councils1790000002000,
  VoteRules1790000002050,
  Commendations1790000002100,
  SummaryParts1790000002200,
  IndicatorFlow1790000002300,
  UnitEvents1790000003000,
  Coordination1790000003050,
  Identity1790000003100,
  Imports1790000003200,
  Reorganisations1790000003300,
  Lenses1790000003400,
  Agencies1790000003500,
];
