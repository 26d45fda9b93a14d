import { Card, Table, type TableColumnsType } from 'antd';
import { lazy, Suspense } from 'react';
import { useRuleNames } from '../awards/rulebook.api.js';
import { printBodies } from '../awards/words.js';
import { Mark } from '../common/Mark.js';
import { Nothing } from '../common/states.js';
import { printWhen, valueOf } from '../words/format.js';
import { Figure } from './Figure.js';
import type { OpenedFigure } from './RecordsDrawer.js';
import type { AwardBlock, Figures, Relation, Summary, SummaryLine } from './summary.contract.js';

const LevelChart = lazy(async () => ({ default: (await import('./LevelChart.js')).LevelChart }));

interface Props {
  summary: Summary;
  onOpen: (figure: OpenedFigure) => void;
}
type Open = Props['onOpen'];
/** A row of figures and the lines it is made of. */
type Row = Figures & { id: string; label: string; keys: string[] | null };

export function AwardTables({ summary, onOpen }: Props) {
  const { awards } = summary;
  const names = useRuleNames(summary.period.to);
  if (!awards.lines.length)
    return (
      <Card size="small" title="Khen thưởng trong kỳ">
        <Nothing>Trong kỳ chưa có khen thưởng nào được ghi.</Nothing>
      </Card>
    );
  const levels: Row[] = awards.byConferringLevel.map((row) => ({ ...row, id: row.level, label: row.levelName }));
  const forms: Row[] = awards.byForm.map((row) => ({ ...row, id: row.form ?? 'none', label: formName(row) }));
  const types: Row[] = awards.byType.map((row) => ({
    ...row,
    id: row.type ?? 'none',
    label: row.type ? names.type(row.type) : 'Không nêu loại hình',
  }));
  return (
    <>
      <div className="side-by-side">
        <Card size="small" title="Theo cấp quyết định">
          <RowsTable first="Cấp quyết định" rows={levels} awards={awards} onOpen={onOpen} />
        </Card>
        <Card size="small" title="Lượt khen theo cấp quyết định" className="no-print">
          <Suspense fallback={<div className="chart" />}>
            <LevelChart
              rows={levels.map(({ label, collectives, individuals }) => ({
                label,
                collectives: valueOf(collectives),
                individuals: valueOf(individuals),
              }))}
            />
          </Suspense>
        </Card>
      </div>
      <div className="side-by-side">
        <Card size="small" title="Theo hình thức">
          <RowsTable first="Hình thức" rows={forms} awards={awards} onOpen={onOpen} />
        </Card>
        <Card size="small" title="Theo loại hình khen thưởng">
          <RowsTable first="Loại hình" rows={types} awards={awards} onOpen={onOpen} />
        </Card>
      </div>
      <Card size="small" title="Chi tiết từng dòng">
        <LinesTable awards={awards} type={names.type} onOpen={onOpen} />
      </Card>
    </>
  );
}

function formName({ form, formName }: { form: string | null; formName: string | null }): string {
  return form === 'UNKNOWN' || form === null ? 'Khen thưởng, chưa rõ hình thức' : (formName ?? form);
}

const WORDS: readonly [keyof Figures, string, string][] = [
  ['collectives', 'Tập thể', 'lượt tập thể'],
  ['individuals', 'Cá nhân', 'lượt cá nhân'],
  ['households', 'Hộ gia đình', 'lượt hộ gia đình'],
  ['unsplit', 'Chưa tách', 'lượt chưa tách'],
];

/** Columns of counts; households and unsplit only where there are any. */
function countColumns<R extends Figures>(
  total: Figures,
  opening: (row: R) => OpenedFigure,
  onOpen: Open,
): TableColumnsType<R> {
  return WORDS.filter(([field], index) => index < 2 || valueOf(total[field]) > 0).map(([field, title, of]) => ({
    title: `Lượt ${title.toLowerCase()}`,
    key: field,
    align: 'right',
    width: 124,
    render: (_, row) => <Figure value={row[field] ?? 0} of={of} onOpen={() => onOpen(opening(row))} />,
  }));
}

function RowsTable({ first, rows, awards, onOpen }: { first: string; rows: Row[]; awards: AwardBlock; onOpen: Open }) {
  const opening = (row: Row): OpenedFigure => ({
    title: row.label,
    block: 'awards',
    keys: row.keys,
    expected: row,
  });
  const columns: TableColumnsType<Row> = [
    { title: first, dataIndex: 'label', render: (label: string) => label },
    ...countColumns<Row>(awards.total, opening, onOpen),
  ];
  const total: Row = { ...awards.total, id: 'total', label: 'Cộng', keys: null };
  return (
    <Table<Row>
      size="small"
      pagination={false}
      rowKey="id"
      dataSource={[...rows, total]}
      columns={columns}
      rowClassName={({ id }) => (id === 'total' ? 'sum' : '')}
    />
  );
}

const RELATIONS: Record<Relation, string> = {
  OWN: 'trong đơn vị',
  FROM_ABOVE: 'được cấp trên khen',
  OUTSIDE_BODY: 'cơ quan ngoài công đoàn khen',
  TO_OUTSIDE: 'khen ra ngoài đơn vị',
};

interface LinesProps {
  awards: AwardBlock;
  type: (code: string | null) => string;
  onOpen: Open;
}

function LinesTable({ awards, type, onOpen }: LinesProps) {
  const opening = (line: SummaryLine): OpenedFigure => ({
    title: `${formName(line)} – ${printBodies(line.conferringBodies)}`,
    block: 'awards',
    keys: [line.key],
    expected: line,
  });
  const columns: TableColumnsType<SummaryLine> = [
    {
      title: 'Cơ quan quyết định',
      key: 'givers',
      render: (_, line) => (
        <>
          {printBodies(line.conferringBodies)} {!line.conferringVerified && <Mark tone="warn">chưa kiểm chứng</Mark>}
          {line.presenting && <div className="soft">trao tặng: {line.presenting.name}</div>}
        </>
      ),
    },
    {
      title: 'Hình thức',
      key: 'form',
      width: 170,
      render: (_, line) => (
        <>
          {formName(line)} {line.formCertainty === 'INFERRED' && <Mark tone="warn">suy ra</Mark>}
        </>
      ),
    },
    {
      title: 'Nội dung',
      key: 'what',
      width: '20%',
      render: (_, line) =>
        [line.type && type(line.type), line.reason, line.campaign].filter(Boolean).join(' – ') || '—',
    },
    {
      title: 'Quan hệ',
      dataIndex: 'relation',
      width: 120,
      render: (relation: Relation) => RELATIONS[relation] ?? relation,
    },
    { title: 'Thời gian', key: 'when', width: 120, render: (_, { when }) => printWhen(when) },
    ...countColumns<SummaryLine>(awards.total, opening, onOpen),
  ];
  return (
    <Table<SummaryLine> size="small" pagination={false} rowKey="key" dataSource={awards.lines} columns={columns} />
  );
}
