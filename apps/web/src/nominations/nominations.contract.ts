import type { ReturnReasonInput } from '../contract/types.gen.js';

/** What goes over HTTP about nominations, under the names the screens use. */
export type {
  AskedBody,
  AnsweredLineInput,
  DossierInput,
  DossierLine,
  DossierRow,
  DossierSaved,
  DossierState,
  DossierView as Dossier,
  LineSeenInput,
  LineState,
  NominationInput,
  NominationView as Nomination,
  NominationWarning,
  PaperKind,
  PaperView as Paper,
  ReasonView as Reason,
  RegistrationInput,
  RegistrationView as Registration,
  ReturnReasonInput,
} from '../contract/types.gen.js';

/** Which field a return is about. */
export type ReasonField = ReturnReasonInput['field'];
