import { Card, Timeline } from 'antd';
import type { BatchView, HistoryEntry, Revocation } from '../contract.js';
import { printAnyDay, printInstant } from '../words/format.js';
import { GROUNDS } from '../words/labels.js';
import { isNothing, printCounts, printDecision } from './words.js';

const ACTIONS: Record<HistoryEntry['action'], string> = {
  record: 'Ghi vào sổ',
  lines: 'Thêm vào danh sách',
  correct: 'Đính chính',
  revoke: 'Huỷ',
  remove: 'Gỡ dòng nhập nhầm',
  'part-of': 'Đổi quan hệ “nằm trong số đã nêu”',
};

/** Who did what when and why; and each revocation with its paper. */
export function BatchHistory({ batch }: { batch: BatchView }) {
  if (!batch.history.length && !batch.revocations.length) return null;
  return (
    <Card size="small" title="Diễn biến">
      {batch.revocations.length > 0 && (
        <ul>
          {batch.revocations.map((revocation) => (
            <li key={revocation.id}>{revocationWords(batch, revocation)}</li>
          ))}
        </ul>
      )}
      <Timeline
        className="gap-above"
        items={batch.history.map((entry) => ({
          content: (
            <>
              <strong>{ACTIONS[entry.action] ?? entry.action}</strong> · {printInstant(entry.at)} · {entry.by}
              {entry.reason && <div>Lý do: {entry.reason}</div>}
              <Changes changes={entry.action === 'correct' ? entry.changes : null} />
            </>
          ),
        }))}
      />
    </Card>
  );
}

function revocationWords(
  batch: BatchView,
  { lineId, whole, counts, reason, ground, decision, recordedOn, recordedBy }: Revocation,
): string {
  const what = whole
    ? 'toàn bộ'
    : lineId !== null
      ? (batch.lines.find(({ id }) => id === lineId)?.name ?? 'một dòng')
      : isNothing(counts)
        ? ''
        : printCounts(counts, batch.kind);
  const paper = decision?.number || decision?.date ? ` ${printDecision(decision)}.` : '';
  const because = ground ? ` Căn cứ: ${GROUNDS[ground].toLowerCase()}.` : '';
  return `Đã huỷ ${what} ngày ${printAnyDay(recordedOn)} (${recordedBy}). Lý do: ${reason}.${because}${paper}`;
}

const FIELD_NAMES: Record<string, string> = {
  form: 'Hình thức',
  formCertainty: 'Căn cứ hình thức',
  type: 'Loại hình',
  campaign: 'Phong trào',
  reason: 'Thành tích, lý do',
  tier: 'Hạng giải',
  contests: 'Cuộc thi, hội thi',
  spanFrom: 'Từ ngày',
  day: 'Đến ngày',
  basis: 'Căn cứ thời gian',
  statedColl: 'Tập thể',
  statedIndiv: 'Cá nhân',
  statedHh: 'Hộ gia đình',
  statedUnsplit: 'Chưa tách',
  statedWomen: 'Trong đó nữ',
  source: 'Nguồn',
  unitPath: 'Đơn vị',
  conferringVerified: 'Đã rõ cơ quan quyết định',
  classification: 'Mức phổ biến',
};

/** What a correction changed, before → after; internal keys are left out. */
function Changes({ changes }: { changes: Record<string, unknown> | null }) {
  const known = Object.entries(changes ?? {}).filter(([field]) => field in FIELD_NAMES);
  if (!known.length) return null;
  return (
    <ul className="plain soft">
      {known.map(([field, change]) => {
        const { before, after } = change as { before: unknown; after: unknown };
        return (
          <li key={field}>
            {FIELD_NAMES[field]}: {wordOf(before)} → {wordOf(after)}
          </li>
        );
      })}
    </ul>
  );
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'không nêu';
  if (typeof value === 'boolean') return value ? 'có' : 'không';
  return typeof value === 'string' ? printAnyDay(value) : Array.isArray(value) ? value.join('; ') : String(value);
}
