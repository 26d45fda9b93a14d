/** What goes over HTTP, both ways: made from openapi.json, under the names the screens use. */
import type {
  BatchRow,
  CountsView,
  DemoAccount,
  FilesControllerAddResponses,
  HealthControllerHealthResponses,
  UnitsControllerSearchResponses,
} from './contract/types.gen.js';

export type {
  AccountDetail,
  AccountPage,
  AccountView,
  AwardFormView as FormRow,
  AwardState as RecordState,
  Basis,
  BatchFacts,
  BatchRow,
  BatchView,
  Block as AwardKind,
  BodyLabel as BodyRef,
  ChangeUnitInput,
  Classification,
  CommendationTypeView as RuleRow,
  ConferringInput,
  CreateUnitInput,
  Day,
  DecisionInput,
  DeclareStrengthInput,
  DemoAccount,
  FormCertainty,
  Ground,
  HistoryView as HistoryEntry,
  Level,
  LineClass as RecipientClass,
  LineInput,
  LineView,
  MailState,
  NoticePage,
  NoticeView,
  Occasion,
  OwnMail,
  Permission,
  PersonView as Person,
  PositionBand,
  Qualifier,
  RecipientInput,
  RecordBatchInput,
  RegisterLine as RecipientRow,
  RevocationView as Revocation,
  RemovalInput,
  RevokeInput,
  Role,
  Saved,
  SessionView as Session,
  StatedInput,
  StrengthKind,
  StrengthView as Strength,
  TaskCount,
  TaskPage,
  TaskView,
  UnitDetail,
  UnitNode,
  UnitRef,
  UnitVersionView as UnitVersion,
  VoteRuleView as VoteRuleRow,
  BeneficiaryClass,
  CoverageView,
  EnterReportInput,
  CreateIndicatorInput,
  IndicatorView,
  Nature,
  ReportBasis,
  ReportScope,
  ReportView,
  ResultStatus,
  SavedReport,
  SetTargetInput,
  StateCoverageInput,
  TargetOutcome,
  TargetSpan,
  TargetView,
  Warning as Warned,
} from './contract/types.gen.js';

export type Id = number;
export interface Page<T> {
  items: T[];
  next: string | null;
}
/** Counts of a record; null: not stated, which is not 0. */
export type Counts = CountsView & { women?: number | null };
export type When = BatchRow['when'];
/** A decision as far as it is known. */
export interface Decision {
  number: string | null;
  symbol: string | null;
  date: string | null;
}
export type Health = HealthControllerHealthResponses[200] & { demoAccounts?: DemoAccount[] };
export type FoundUnit = UnitsControllerSearchResponses[200]['items'][number];
export type StoredFile = FilesControllerAddResponses[201];
