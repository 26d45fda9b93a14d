/** What goes over HTTP about councils, under the names the screens use. */
export type {
  Candidate,
  CouncilChange,
  CouncilInput,
  CouncilOutcome,
  CouncilView as Council,
  MemberRole,
  MemberView as CouncilMember,
  NominationView as ReadyNomination,
  Presence,
  SittingLineView as SittingLine,
  SittingRow,
  SittingSaved,
  SittingView as Sitting,
  VoteInput,
} from '../contract/types.gen.js';
