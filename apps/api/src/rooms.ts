import { AccessModule } from '@lib/access';
import { FilesModule } from '@lib/files';
import { PeopleModule } from '@lib/people';
import { RulebookModule } from '@lib/rulebook';
import { AwardsModule } from '@lib/awards';
import { FiguresModule } from '@lib/figures';
import { SummariesModule } from '@lib/summaries';
import { UnitsModule } from '@lib/units';

/** Every room of the program, in the order of the staircase: what the api, the worker and the command line all stand on. */
export const ROOMS = [
  FilesModule,
  UnitsModule,
  AccessModule,
  RulebookModule,
  PeopleModule,
  FiguresModule,
  AwardsModule,
  SummariesModule,
];
