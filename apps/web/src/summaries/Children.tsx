import { Card, Table } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { printNumber } from '@lib/kernel';
import { isNothing, printCounts } from '../awards/words.js';
import { questionPath, type Question } from './summaries.api.js';
import type { ChildPart, Summary } from './summary.contract.js';

type Counts = ChildPart['titles'];

/** One column: what it counts of a part. Titles and recognitions keep collectives and individuals apart in words. */
interface Measure {
  title: string;
  /** Printed, or null for nothing. */
  print: (part: ChildPart) => string | null;
  always?: boolean;
}

const number = (count: number | null): string | null => (count ? printNumber(count) : null);
const counts = (of: Counts): string | null => (isNothing(of) ? null : printCounts(of));

const MEASURES: readonly Measure[] = [
  { title: 'Lượt tập thể', print: ({ awards }) => number(awards.collectives), always: true },
  { title: 'Lượt cá nhân', print: ({ awards }) => number(awards.individuals), always: true },
  { title: 'Lượt hộ gia đình', print: ({ awards }) => number(awards.households) },
  { title: 'Lượt chưa tách', print: ({ awards }) => number(awards.unsplit) },
  { title: 'Danh hiệu', print: ({ titles }) => counts(titles) },
  { title: 'Tuyên dương', print: ({ recognitions }) => counts(recognitions) },
  { title: 'Giải', print: ({ prizes }) => number(prizes) },
];

/** The part of each direct sub-unit and of the unit itself; the parts sum to the total. A figure leads to that unit's own summary. */
export function Children({ summary, question }: { summary: Summary; question: Question }) {
  const { children } = summary;
  if (children.length < 2) return null;
  const total = children.reduce(addParts);
  const measures = MEASURES.filter(({ print, always }) => always || print(total) !== null);
  const open = (part: ChildPart, text: ReactNode) => (
    <Link to={questionPath({ ...question, unit: part.unit.code })}>{text}</Link>
  );
  const cell = (part: ChildPart, text: string | null) => {
    if (text === null) return <span className="figure-none">0</span>;
    return part.own ? text : open(part, text);
  };
  return (
    <Card size="small" title="Theo đơn vị trực thuộc">
      <Table<ChildPart>
        size="small"
        pagination={children.length > 60 ? { pageSize: 60, showSizeChanger: false } : false}
        rowKey={({ unit, own }) => `${unit.code}-${own ? 'own' : ''}`}
        dataSource={children}
        columns={[
          {
            title: 'Đơn vị',
            key: 'unit',
            render: (_, part) =>
              part.own ? (
                <em>Tại {part.unit.name}, và phần không chia được cho đơn vị trực thuộc</em>
              ) : (
                open(part, part.unit.name)
              ),
          },
          ...measures.map(({ title, print }) => ({
            title,
            key: title,
            align: 'right' as const,
            width: 124,
            render: (_: unknown, part: ChildPart) => cell(part, print(part)),
          })),
        ]}
        summary={() => sumRow(measures, total)}
      />
    </Card>
  );
}

/** Of all parts, also of those on another page of the table. */
function sumRow(measures: readonly Measure[], total: ChildPart) {
  return (
    <Table.Summary.Row className="sum">
      <Table.Summary.Cell index={0}>Cộng</Table.Summary.Cell>
      {measures.map(({ title, print }, index) => (
        <Table.Summary.Cell key={title} index={index + 1} align="right">
          {print(total) ?? '0'}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  );
}

function addParts(a: ChildPart, b: ChildPart): ChildPart {
  return {
    ...a,
    awards: addCounts(a.awards, b.awards),
    titles: addCounts(a.titles, b.titles),
    recognitions: addCounts(a.recognitions, b.recognitions),
    prizes: a.prizes + b.prizes,
  };
}

function addCounts(a: Counts, b: Counts): Counts {
  const add = (field: keyof Counts) => a[field] + b[field];
  return {
    collectives: add('collectives'),
    individuals: add('individuals'),
    households: add('households'),
    unsplit: add('unsplit'),
  };
}
