import { Card, Table } from 'antd';
import { Link } from 'react-router';
import { printNumber } from '@lib/kernel';
import { isNothing, printCounts } from '../awards/words.js';
import { Mark } from '../common/Mark.js';
import { upperFirst } from '../words/format.js';
import { questionPath, type Question } from './summaries.api.js';
import type { OpenedFigure } from './RecordsDrawer.js';
import type { Block, ChildPart, Summary } from './summary.contract.js';
import { CARRIED_WORDS } from './words.js';

type Counts = ChildPart['titles'];

/** One column: what it counts of a part. Titles and recognitions keep collectives and individuals apart in words. */
interface Measure {
  title: string;
  block: Block;
  /** The figure that the records behind it must add up to. */
  expected: (part: ChildPart) => OpenedFigure['expected'];
  /** Printed, or null for nothing. */
  print: (part: ChildPart) => string | null;
  always?: boolean;
}

const number = (count: number | null): string | null => (count ? printNumber(count) : null);
const counts = (of: Counts): string | null => (isNothing(of) ? null : printCounts(of));

const MEASURES: readonly Measure[] = [
  {
    title: 'Lượt tập thể',
    block: 'awards',
    expected: ({ awards }) => awards,
    print: ({ awards }) => number(awards.collectives),
    always: true,
  },
  {
    title: 'Lượt cá nhân',
    block: 'awards',
    expected: ({ awards }) => awards,
    print: ({ awards }) => number(awards.individuals),
    always: true,
  },
  {
    title: 'Lượt hộ gia đình',
    block: 'awards',
    expected: ({ awards }) => awards,
    print: ({ awards }) => number(awards.households),
  },
  {
    title: 'Lượt chưa tách',
    block: 'awards',
    expected: ({ awards }) => awards,
    print: ({ awards }) => number(awards.unsplit),
  },
  { title: 'Danh hiệu', block: 'titles', expected: ({ titles }) => titles, print: ({ titles }) => counts(titles) },
  {
    title: 'Tuyên dương',
    block: 'recognitions',
    expected: ({ recognitions }) => recognitions,
    print: ({ recognitions }) => counts(recognitions),
  },
  { title: 'Giải', block: 'prizes', expected: ({ prizes }) => prizes, print: ({ prizes }) => number(prizes) },
];

interface Props {
  summary: Summary;
  question: Question;
  onOpen: (figure: OpenedFigure) => void;
}

/** The part of each direct sub-unit and of the unit itself; the parts sum to the total. A name leads to that unit's own summary, a figure to its records. */
export function Children({ summary, question, onOpen }: Props) {
  const { children } = summary;
  if (children.length < 2) return null;
  const total = children.reduce(addParts);
  const measures = MEASURES.filter(({ print, always }) => always || print(total) !== null);
  const cell = (part: ChildPart, { title, block, expected, print }: Measure) => {
    const text = print(part);
    if (text === null) return <span className="figure-none">0</span>;
    // Restricted units stand together under no code: their records are not to be listed here.
    if (!part.unit.code) return text;
    const figure = {
      title: `${title}, ${nameOf(part)}`,
      block,
      keys: null,
      part: part.unit.code,
      expected: expected(part),
    };
    return (
      <button type="button" className="figure" onClick={() => onOpen(figure)}>
        {text}
      </button>
    );
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
              part.own || !part.unit.code ? <em>{nameOf(part)}</em> : <UnitOf part={part} question={question} />,
          },
          ...measures.map((measure) => ({
            title: measure.title,
            key: measure.title,
            align: 'right' as const,
            width: 124,
            render: (_: unknown, part: ChildPart) => cell(part, measure),
          })),
        ]}
        summary={() => sumRow(measures, total)}
      />
    </Card>
  );
}

/** Its name leads to its own summary; a unit that has ended, to what it left. */
function UnitOf({ part, question }: { part: ChildPart; question: Question }) {
  return (
    <span className="marks">
      <Link to={questionPath({ ...question, unit: part.unit.code })}>{part.unit.name}</Link>
      {part.carried && <Mark tone="gold">{upperFirst(CARRIED_WORDS[part.carried])}</Mark>}
      {part.restructured && !part.carried && (
        <Mark title="Có đơn vị được lập, chuyển, sáp nhập, chia tách hoặc kết thúc trong kỳ hoặc sau kỳ.">
          Tổ chức có thay đổi
        </Mark>
      )}
    </span>
  );
}

function nameOf({ own, unit }: ChildPart): string {
  return own ? `Tại ${unit.name}, và phần không chia được cho đơn vị trực thuộc` : unit.name;
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
