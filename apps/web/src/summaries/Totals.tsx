import { Alert } from 'antd';
import { printNumber } from '@lib/kernel';
import { printCount, valueOf, type CountLike } from '../words/format.js';
import { Figure } from './Figure.js';
import type { OpenedFigure } from './RecordsDrawer.js';
import type { Block, Figures, Summary, Total } from './summary.contract.js';

interface Props {
  summary: Summary;
  onOpen: (figure: OpenedFigure) => void;
}

/** Awards, titles, recognitions and prizes stand side by side and are never added together. */
export function Totals({ summary, onOpen }: Props) {
  const { awards, titles, recognitions, prizes } = summary;
  const undated = awards.undatedWithin.length;
  return (
    <section aria-label="Tổng số">
      <div className="totals">
        <BlockTotal name="Khen thưởng" block="awards" total={awards.total} onOpen={onOpen} always />
        <BlockTotal name="Danh hiệu thi đua" block="titles" total={titles.total} onOpen={onOpen} />
        <BlockTotal name="Tuyên dương" block="recognitions" total={recognitions.total} onOpen={onOpen} />
        <div className="total">
          <h3>Giải cuộc thi</h3>
          <Big
            value={prizes.total}
            of="giải"
            onOpen={() =>
              onOpen({ title: 'Giải cuộc thi, hội thi', block: 'prizes', keys: null, expected: prizes.total })
            }
          />
        </div>
      </div>
      <p className="hint">
        Bốn loại trên đứng cạnh nhau, không cộng chung. “Lượt” là số lần khen; một người được khen hai lần là hai lượt.
      </p>
      {undated > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`Còn ${printNumber(undated)} lần ghi chưa xác định có nằm trong kỳ này không, nên chưa tính; xem “Chưa xác định kỳ” ở dưới.`}
        />
      )}
    </section>
  );
}

interface BlockProps {
  name: string;
  block: Block;
  total: Partial<Total>;
  onOpen: Props['onOpen'];
  /** Awards always print both counts, the others only what there is. */
  always?: boolean;
}

const COUNTED: readonly [keyof Figures, string][] = [
  ['collectives', 'lượt tập thể'],
  ['individuals', 'lượt cá nhân'],
  ['households', 'lượt hộ gia đình'],
  ['unsplit', 'lượt chưa tách tập thể, cá nhân'],
];

function BlockTotal({ name, block, total, onOpen, always = false }: BlockProps) {
  const shown = COUNTED.filter(([field], index) => (always && index < 2) || valueOf(total[field]) > 0);
  const open = () => onOpen({ title: name, block, keys: null, expected: total });
  return (
    <div className="total">
      <h3>{name}</h3>
      <div className="total-figures">
        {shown.length === 0 && <Big value={0} of="lượt" onOpen={open} />}
        {shown.map(([field, of]) => (
          <Big key={field} value={total[field]} of={of} onOpen={open} />
        ))}
      </div>
      {always && COUNTED.some(([field]) => valueOf(total[field]) > 0) && <People total={total} />}
    </div>
  );
}

function Big({ value, of, onOpen }: { value: CountLike; of: string; onOpen: () => void }) {
  return (
    <div className="big">
      <span className="figure-line">
        <Figure value={value ?? 0} of={of} onOpen={onOpen} />
      </span>
      <small>{of}</small>
    </div>
  );
}

/** Distinct people are another count than lượt; they are told only where every award is named. */
function People({ total }: { total: Partial<Total> }) {
  const persons = total.persons ?? null;
  return (
    <p>
      {persons === null
        ? `Số người: không tính được${total.personsReason ? ` – ${lowerFirst(total.personsReason)}` : ''}`
        : `Số người (mỗi người tính một lần): ${printCount(persons)} người`}
      {' · '}
      Trong đó lượt nữ: {printCount(total.women)}
    </p>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
