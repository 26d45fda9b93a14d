/** What goes over HTTP about imports, under the names the screens use. */
export type {
  ImportDetail,
  ImportKindView as ImportKind,
  ImportRowView as ImportRow,
  ImportState,
  ImportView as ImportRecord,
  LineVerdict as Verdict,
} from '../contract/types.gen.js';
