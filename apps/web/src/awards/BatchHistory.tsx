import { Button, Card, Timeline } from 'antd';
import { printNumber } from '@lib/kernel';
import type { BatchView, Day, HistoryEntry, Revocation } from '../contract.js';
import { printAnyDay, printInstant } from '../words/format.js';
import { BASIS_NAMES, CERTAINTY_NAMES, CLASSIFICATION_NAMES, GROUNDS, POSITION_BANDS } from '../words/labels.js';
import { useRuleNames } from './rulebook.api.js';
import { isNothing, printCounts, printDecision } from './words.js';

const ACTIONS: Record<HistoryEntry['action'], string> = {
  record: 'Ghi vào sổ',
  lines: 'Thêm vào danh sách',
  correct: 'Đính chính',
  revoke: 'Huỷ',
  withdraw: 'Rút lại việc huỷ',
  remove: 'Gỡ, ghi nhầm',
  'part-of': 'Đổi quan hệ “nằm trong số đã nêu”',
};

/** Who did what when and why; and each revocation with its paper. */
export function BatchHistory({
  batch,
  onWithdraw,
}: {
  batch: BatchView;
  onWithdraw: (revocation: Revocation) => void;
}) {
  if (!batch.history.length && !batch.revocations.length) return null;
  return (
    <Card size="small" title="Diễn biến">
      {batch.revocations.length > 0 && (
        <ul>
          {batch.revocations.map((revocation) => (
            <li key={revocation.id} className={revocation.withdrawnOn ? 'soft' : ''}>
              {revocationWords(batch, revocation)}
              {revocation.withdrawnOn && ` Đã rút lại việc huỷ ngày ${printAnyDay(revocation.withdrawnOn)}.`}
              {batch.abilities.withdraw && !revocation.withdrawnOn && (
                <Button type="link" size="small" onClick={() => onWithdraw(revocation)}>
                  Rút lại việc huỷ này
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Timeline
        className="gap-above"
        items={batch.history.map((entry) => ({
          content: (
            <>
              <strong>{actionWords(entry)}</strong> · {printInstant(entry.at)} · {entry.by}
              {entry.reason && <div>Lý do: {entry.reason}</div>}
              <Changes changes={entry.action === 'correct' ? entry.changes : null} on={batch.when.to} />
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

/** What was done, and to whom or how many where the history says so. */
function actionWords({ action, changes }: HistoryEntry): string {
  const word = ACTIONS[action] ?? action;
  const { name, added, before, after } = changes;
  if (action === 'remove' && typeof name === 'string') return `${word}: ${name}`;
  if (action === 'lines' && typeof added === 'number') return `${word}: ${printNumber(added)} dòng`;
  if (action === 'part-of' && after === null) return 'Bỏ xác nhận “nằm trong số đã nêu”';
  if (action === 'part-of' && before === null) return 'Xác nhận nằm trong số đã nêu';
  return word;
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
  positionBand: 'Nhóm đối tượng',
  fileId: 'Tệp quyết định',
  decisionId: 'Số, ngày quyết định',
  giverId: 'Cơ quan quyết định',
  proposingUnitId: 'Đơn vị đề nghị',
  presentingUnitId: 'Cơ quan trao tặng',
  presentingOutsideId: 'Cơ quan trao tặng',
};

/** The register keeps their keys only; a key says nothing to a reader, so only that they changed is said. */
const KEYS = new Set(['fileId', 'decisionId', 'giverId', 'proposingUnitId', 'presentingUnitId', 'presentingOutsideId']);
const CODES: Record<string, Readonly<Record<string, string>>> = {
  formCertainty: CERTAINTY_NAMES,
  basis: BASIS_NAMES,
  classification: CLASSIFICATION_NAMES,
  positionBand: POSITION_BANDS,
};

/** What a correction changed, before → after; internal keys are left out. */
function Changes({ changes, on }: { changes: Record<string, unknown> | null; on: Day }) {
  const names = useRuleNames(on);
  const known = Object.entries(changes ?? {}).filter(([field]) => field in FIELD_NAMES);
  if (!known.length) return null;
  return (
    <ul className="plain soft">
      {known.map(([field, change]) => {
        const { before, after } = change as { before: unknown; after: unknown };
        const word = (value: unknown) => {
          if (typeof value !== 'string') return wordOf(value);
          if (field === 'form') return names.form(value);
          return field === 'type' ? names.type(value) : (CODES[field]?.[value] ?? wordOf(value));
        };
        return (
          <li key={field}>
            {FIELD_NAMES[field]}: {KEYS.has(field) ? keyWords(before, after) : `${word(before)} → ${word(after)}`}
          </li>
        );
      })}
    </ul>
  );
}

function keyWords(before: unknown, after: unknown): string {
  if (before === null) return 'không có → đã ghi';
  return after === null ? 'đã bỏ' : 'đã đổi';
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'không nêu';
  if (typeof value === 'boolean') return value ? 'có' : 'không';
  return typeof value === 'string' ? printAnyDay(value) : Array.isArray(value) ? value.join('; ') : String(value);
}
