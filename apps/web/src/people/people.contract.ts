/** What people look like over HTTP. */
export type {
  ColleagueView,
  CountedStretch,
  DelegationView,
  DuplicateView,
  HandoverView,
  MembershipView,
  MergedRecord,
  PersonAward,
  PersonProfile,
  PersonView,
  PositionView,
  ServicePeriodView,
  ServiceYears,
} from '../contract/types.gen.js';
