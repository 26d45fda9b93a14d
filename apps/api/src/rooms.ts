import { FilesModule } from '@lib/files';
import { SpreadsheetsModule } from '@lib/spreadsheets';
import { UnitsModule } from '@lib/units';
import { AccessModule } from '@lib/access';
import { DeskModule } from '@lib/desk';
import { RulebookModule } from '@lib/rulebook';
import { PeopleModule } from '@lib/people';
import { BlocsModule } from '@lib/blocs';
import { FiguresModule } from '@lib/figures';
import { CampaignsModule } from '@lib/campaigns';
import { AwardsModule } from '@lib/awards';
import { ResultsModule } from '@lib/results';
import { AgreementsModule } from '@lib/agreements';
import { NominationsModule } from '@lib/nominations';
import { CouncilsModule } from '@lib/councils';
import { CommendationsModule } from '@lib/commendations';
import { SummariesModule } from '@lib/summaries';
import { ReorganisationsModule } from '@lib/reorganisations';

/** Every room of the program, in the order of the staircase: what the api, the worker and the command line all stand on. */
export const ROOMS = [
  FilesModule,
  SpreadsheetsModule,
  UnitsModule,
  AccessModule,
  DeskModule,
  RulebookModule,
  PeopleModule,
  BlocsModule,
  FiguresModule,
  CampaignsModule,
  AwardsModule,
  ResultsModule,
  AgreementsModule,
  NominationsModule,
  CouncilsModule,
  CommendationsModule,
  SummariesModule,
  ReorganisationsModule,
];
