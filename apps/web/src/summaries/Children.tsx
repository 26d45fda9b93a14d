import { Card, Table } from 'antd';
import { Link } from 'react-router';
import { printCount, valueOf } from '../words/format.js';
import { questionPath, type Question } from './summaries.api.js';
import type { Counts } from '../contract.js';
import type { ChildPart, Summary } from './summary.contract.js';

/** The part of each direct sub-unit and of the unit itself; the parts sum to the total. A figure leads to that unit's own summary. */
export function Children({ summary, question }: { summary: Summary; question: Question }) {
  if (summary.children.length < 2) return null;
  const figure = (part: ChildPart, value: number) =>
    value === 0 ? (
      <span className="figure-none">0</span>
    ) : part.own ? (
      printCount(value)
    ) : (
      <Link to={questionPath({ ...question, unit: part.unit.code })}>{printCount(value)}</Link>
    );
  const award = (title: string, field: keyof Counts) => ({
    title,
    key: field,
    align: 'right' as const,
    width: 110,
    render: (_: unknown, part: ChildPart) => figure(part, valueOf(part.awards[field])),
  });
  const other = (title: string, field: 'titles' | 'recognitions' | 'prizes') => ({
    title,
    key: field,
    align: 'right' as const,
    width: 110,
    render: (_: unknown, part: ChildPart) => figure(part, partCount(part[field])),
  });
  return (
    <Card size="small" title="Theo đơn vị trực thuộc">
      <Table<ChildPart>
        size="small"
        pagination={summary.children.length > 60 ? { pageSize: 60, showSizeChanger: false } : false}
        rowKey={({ unit, own }) => `${unit.code}-${own ? 'own' : ''}`}
        dataSource={summary.children}
        columns={[
          {
            title: 'Đơn vị',
            key: 'unit',
            render: (_, part) =>
              part.own ? (
                <em>Chính {part.unit.name} (và phần không chia được cho đơn vị trực thuộc)</em>
              ) : (
                <Link to={questionPath({ ...question, unit: part.unit.code })}>{part.unit.name}</Link>
              ),
          },
          award('Lượt tập thể', 'collectives'),
          award('Lượt cá nhân', 'individuals'),
          award('Hộ gia đình', 'households'),
          award('Chưa tách', 'unsplit'),
          other('Danh hiệu', 'titles'),
          other('Tuyên dương', 'recognitions'),
          other('Giải', 'prizes'),
        ]}
        summary={sumRow}
      />
    </Card>
  );
}

/** Titles and recognitions of a part as one number of lượt, prizes of giải. */
function partCount(count: Counts | number): number {
  if (typeof count === 'number') return count;
  return valueOf(count.collectives) + valueOf(count.individuals) + valueOf(count.households) + valueOf(count.unsplit);
}

function sumRow(parts: readonly ChildPart[]) {
  const add = (count: (part: ChildPart) => number) => printCount(parts.reduce((sum, part) => sum + count(part), 0));
  const sums = [
    ...(['collectives', 'individuals', 'households', 'unsplit'] as const).map((field) =>
      add((part) => valueOf(part.awards[field])),
    ),
    ...(['titles', 'recognitions', 'prizes'] as const).map((field) => add((part) => partCount(part[field]))),
  ];
  return (
    <Table.Summary.Row className="sum">
      <Table.Summary.Cell index={0}>Cộng</Table.Summary.Cell>
      {sums.map((sum, index) => (
        // The columns stand still: their order is their identity.
        <Table.Summary.Cell key={`sum-${index + 1}`} index={index + 1} align="right">
          {sum}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  );
}
