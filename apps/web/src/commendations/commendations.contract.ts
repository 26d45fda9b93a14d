/** What goes over HTTP about decisions, under the names the screens use. */
export type {
  CommendationLineView as CommendationLine,
  CommendationRow,
  CommendationSaved,
  CommendationState,
  CommendationView as Commendation,
  CouncilWord,
  Organ,
  ReadyLine,
  SignInput,
  Verdict,
  VerdictInput,
} from '../contract/types.gen.js';
