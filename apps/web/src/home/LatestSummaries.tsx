import { Card } from 'antd';
import { Link } from 'react-router';
import type { UnitRef } from '../contract.js';
import { useBatches } from '../awards/awards.api.js';
import { periodWords } from '../summaries/periods.js';
import { questionPath, useSummary, type Question } from '../summaries/summaries.api.js';
import { isComplete } from '../summaries/summary.contract.js';
import { printCount, today, upperFirst } from '../words/format.js';

/** The running year and the latest years that have something in the book, of my first unit. */
export function LatestSummaries({ unit }: { unit: UnitRef }) {
  const latest = useBatches({}, 50).data?.pages[0]?.items ?? [];
  const years = [...new Set([today(), ...latest.map(({ when }) => when.to)].map((day) => day.slice(0, 4)))].slice(0, 4);
  return (
    <Card size="small" title="Tổng hợp của đơn vị">
      <p className="hint">{unit.name}, khen thưởng:</p>
      <ul className="plain spaced">
        {years.map((of) => (
          <YearRow
            key={of}
            question={{ unit: unit.code, from: `${of}-01-01`, to: `${of}-12-31`, asKnownOn: null, lens: 'as-was' }}
          />
        ))}
      </ul>
    </Card>
  );
}

function YearRow({ question }: { question: Question }) {
  const summary = useSummary(question);
  const words = () => {
    if (summary.isPending) return '…';
    if (summary.isError) return 'chưa tải được';
    if (!isComplete(summary.data)) return 'đang tính';
    const { collectives, individuals } = summary.data.awards.total;
    return `${printCount(collectives)} lượt tập thể, ${printCount(individuals)} lượt cá nhân`;
  };
  return (
    <li>
      <Link to={questionPath(question)}>{upperFirst(periodWords(question))}</Link>
      <div className="soft">{words()}</div>
    </li>
  );
}
