/** What goes over HTTP about blocs, under the names the screens use. */
export type {
  BlocKind,
  BlocMemberInput,
  BlocMemberView as BlocMember,
  BlocRole,
  BlocRow,
  BlocView as Bloc,
  CampaignLine as BlocCampaign,
  CreateBlocInput,
  EditBlocInput,
} from '../contract/types.gen.js';
