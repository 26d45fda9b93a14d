import { Card, Table } from 'antd';
import { printBodies } from '../awards/words.js';
import { printWhen, valueOf } from '../words/format.js';
import { Figure } from './Figure.js';
import type { OpenedFigure } from './RecordsDrawer.js';
import type { Block, PlainBlock, Prize, Summary, SummaryLine } from './summary.contract.js';

interface Props {
  summary: Summary;
  onOpen: (figure: OpenedFigure) => void;
}

/** Titles, recognitions and prizes, each in its own table with its own count. */
export function OtherBlocks({ summary, onOpen }: Props) {
  return (
    <>
      <PlainTable name="Danh hiệu thi đua" block="titles" data={summary.titles} onOpen={onOpen} />
      <PlainTable
        name="Tuyên dương, biểu dương (không phải hình thức khen thưởng theo luật)"
        block="recognitions"
        data={summary.recognitions}
        onOpen={onOpen}
      />
      {summary.prizes.lines.length > 0 && (
        <Card size="small" title="Giải cuộc thi, hội thi">
          <Table<Prize>
            size="small"
            pagination={false}
            rowKey="key"
            dataSource={summary.prizes.lines}
            columns={[
              { title: 'Cuộc thi, hội thi', key: 'contests', render: (_, { contests }) => contests.join('; ') || '—' },
              {
                title: 'Hạng giải',
                dataIndex: 'tier',
                width: 140,
                render: (tier: string | null) => tier ?? 'không nêu',
              },
              {
                title: 'Cơ quan trao giải',
                key: 'givers',
                width: 280,
                render: (_, prize) => printBodies(prize.conferringBodies),
              },
              {
                title: 'Số giải',
                key: 'count',
                align: 'right',
                width: 110,
                render: (_, prize) => (
                  <Figure
                    value={prize.count}
                    of="giải"
                    onOpen={() =>
                      onOpen({
                        title: prize.contests.join('; '),
                        block: 'prizes',
                        keys: [prize.key],
                        expected: prize.count,
                      })
                    }
                  />
                ),
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}

type Class = 'collectives' | 'individuals' | 'households' | 'unsplit';
/** Only the classes that the block holds get a column. */
const CLASSES: readonly [Class, string][] = [
  ['collectives', 'Lượt tập thể'],
  ['individuals', 'Lượt cá nhân'],
  ['households', 'Lượt hộ gia đình'],
  ['unsplit', 'Lượt chưa tách'],
];

interface PlainProps extends Pick<Props, 'onOpen'> {
  name: string;
  block: Block;
  data: PlainBlock;
}

function PlainTable({ name, block, data, onOpen }: PlainProps) {
  if (!data.lines.length) return null;
  const figure = (field: Class, of: string) => (_: unknown, line: SummaryLine) => (
    <Figure
      value={line[field] ?? 0}
      of={of}
      onOpen={() => onOpen({ title: line.reason ?? line.campaign ?? name, block, keys: [line.key], expected: line })}
    />
  );
  return (
    <Card size="small" title={name}>
      <Table<SummaryLine>
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={data.lines}
        columns={[
          { title: 'Cơ quan quyết định', key: 'givers', render: (_, line) => printBodies(line.conferringBodies) },
          {
            title: 'Nội dung',
            key: 'what',
            render: (_, line) =>
              [line.form && (line.formName ?? line.form), line.reason, line.campaign].filter(Boolean).join(' – ') ||
              '—',
          },
          { title: 'Thời gian', key: 'when', width: 130, render: (_, { when }) => printWhen(when) },
          ...CLASSES.filter(([field]) => valueOf(data.total[field]) > 0).map(([field, title]) => ({
            title,
            key: field,
            align: 'right' as const,
            width: 124,
            render: figure(field, title.toLowerCase()),
          })),
        ]}
      />
    </Card>
  );
}
