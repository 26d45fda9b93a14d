/** A summary as the API prints it, under the names the page uses. */
import type {
  ChildRow,
  Computing,
  Line,
  PrizeLine,
  RecordRow,
  Relation,
  StatedStrength,
  SummariesControllerRecordsResponses,
  Summary,
  Totals,
  UndatedRow,
} from '../contract/types.gen.js';
import type { CountLike } from '../words/format.js';

export type Block = 'awards' | 'titles' | 'recognitions' | 'prizes';
/** Whatever holds counts by class, for tables that print any of them. */
export interface Figures {
  collectives: CountLike;
  individuals: CountLike;
  households?: CountLike;
  unsplit?: CountLike;
  women?: CountLike;
}
export type AwardBlock = Summary['awards'];
export type PlainBlock = Summary['titles'];
export type RecordPage = SummariesControllerRecordsResponses[200];
export type {
  ChildRow as ChildPart,
  Computing,
  Line as SummaryLine,
  PrizeLine as Prize,
  RecordRow as RecordItem,
  Relation,
  StatedStrength as Stated,
  Summary,
  Totals as Total,
  UndatedRow as Undated,
};

export function isComplete(answer: Summary | Computing): answer is Summary {
  return 'awards' in answer;
}
