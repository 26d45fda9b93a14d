import { Mark } from '../common/Mark.js';
import { printAnyDay, upperFirst } from '../words/format.js';
import type { Summary } from './summary.contract.js';
import { CARRIED_WORDS } from './words.js';

const FRESHNESS = {
  FRESH: { tone: 'good', word: 'Số liệu mới nhất', title: 'Mọi quyết định, báo cáo đã ghi đều đã được tính.' },
  STALE: {
    tone: 'warn',
    word: 'Đang cập nhật',
    title: 'Có quyết định, báo cáo mới vừa ghi; con số tự đổi khi tính xong.',
  },
  COMPUTING: { tone: 'warn', word: 'Đang tính', title: 'Con số tự hiện khi tính xong.' },
} as const;
const STATES = { OPEN: 'Chưa khoá', LOCKED: 'Đã khoá số liệu', PUBLISHED: 'Đã công bố' } as const;

/** How far these figures may be trusted today: four marks, independent of one another. */
export function Marks({ summary }: { summary: Summary }) {
  const { tone, word, title } = FRESHNESS[summary.freshness];
  return (
    <div className="marks" aria-live="polite">
      <Mark tone={tone} title={title}>
        {word}
      </Mark>
      <Mark tone={summary.state === 'OPEN' ? 'plain' : 'gold'}>
        {STATES[summary.state]}
        {summary.version !== null && ` bản ${summary.version}`}
      </Mark>
      {summary.restructured ? (
        <Mark
          tone="warn"
          title={
            summary.lens === 'as-was'
              ? 'Trong kỳ hoặc sau kỳ có đơn vị được lập, chuyển, đổi cấp hoặc kết thúc; số liệu mỗi ngày theo tổ chức của ngày ấy.'
              : 'Trong kỳ hoặc sau kỳ có đơn vị được lập, chuyển, đổi cấp hoặc kết thúc; số liệu được quy về các đơn vị hiện nay.'
          }
        >
          Tổ chức có thay đổi
        </Mark>
      ) : (
        <Mark>Tổ chức không đổi từ đầu kỳ</Mark>
      )}
      {summary.carried && (
        <Mark
          tone="gold"
          title="Đơn vị này đã kết thúc: những gì nó để lại nay tính ở đơn vị kế thừa hoặc cấp trên; đây là phần đứng tên nó trong đó."
        >
          {upperFirst(CARRIED_WORDS[summary.carried])}
        </Mark>
      )}
      <span>Theo số liệu biết đến {printAnyDay(summary.asKnownOn)}</span>
    </div>
  );
}
