/** What a unit's page shows, under the names the screens use. */
export type {
  AgencyView as Agency,
  CoordinationView as CoordinationLink,
  UnitEventKind,
  UnitEventPart,
  UnitEventView as UnitEvent,
  UnitLeadersView as UnitLeaders,
} from '../contract/types.gen.js';
