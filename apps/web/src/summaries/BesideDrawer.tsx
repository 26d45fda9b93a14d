import { Descriptions, Drawer, Table, type TableColumnsType } from 'antd';
import { printNumber } from '@lib/kernel';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printAnyDay, printCount, printInterval } from '../words/format.js';
import { useBeside, useCoverage, type Question } from './summaries.api.js';
import type {
  AgreementRecord,
  BesideBlock,
  BesideFigure,
  BesidePage,
  DeploymentRecord,
  OrganisationRecord,
  ProposalRecord,
  ResultRecord,
} from './summary.contract.js';
import { printCoverage } from './words.js';

interface Props {
  question: Question;
  figure: BesideFigure;
  onClose: () => void;
}

const HIDDEN = 'Bản ghi ngoài phạm vi được xem';

/** From a figure beside the awards down to the reports, members or lines that prove it. */
export function BesideDrawer({ question, figure, onClose }: Props) {
  return (
    <Drawer open size={860} title={`Bản ghi: ${figure.title}`} onClose={onClose}>
      {figure.block === 'coverage' ? (
        <Statement question={question} figure={figure} />
      ) : (
        <Records question={question} figure={figure} block={figure.block} />
      )}
    </Drawer>
  );
}

type Inside = Omit<Props, 'onClose'>;

/** Coverage is stated in one sentence of one paper: who said it, when, where. */
function Statement({ question, figure }: Inside) {
  const statement = useCoverage(question, figure.key);
  if (statement.isPending) return <Loading rows={4} />;
  if (statement.isError) return <Failed error={statement.error} onRetry={() => void statement.refetch()} />;
  const { unit, campaign, asOf, deployed, expected, source, fileId, recordedOn, recordedBy } = statement.data;
  const items = [
    { key: 'unit', label: 'Đơn vị nêu', children: unit?.name ?? HIDDEN },
    { key: 'campaign', label: 'Phong trào, chương trình', children: campaign },
    { key: 'figure', label: 'Đã nêu', children: printCoverage(deployed, expected, null) },
    { key: 'asOf', label: 'Đến ngày', children: printAnyDay(asOf) },
    { key: 'source', label: 'Nguồn', children: source ?? '—' },
    { key: 'file', label: 'Văn bản', children: fileId ? <a href={`/api/files/${fileId}`}>Tải về</a> : '—' },
    { key: 'recorded', label: 'Ghi', children: `${printAnyDay(recordedOn)}${recordedBy ? ` · ${recordedBy}` : ''}` },
  ];
  return <Descriptions bordered size="small" column={1} items={items} />;
}

function Records({ question, figure, block }: Inside & { block: Exclude<BesideBlock, 'coverage'> }) {
  const records = useBeside(question, figure);
  if (records.isPending) return <Loading rows={6} />;
  if (records.isError) return <Failed error={records.error} onRetry={() => void records.refetch()} />;
  const rows = records.data.pages.flatMap((page): Row[] => [...page.items]);
  const hidden = records.data.pages[0]?.hidden ?? 0;
  return (
    <>
      <Table<Row>
        size="small"
        pagination={false}
        rowKey={(row) => rows.indexOf(row)}
        dataSource={rows}
        locale={{ emptyText: <Nothing>Không có bản ghi nào.</Nothing> }}
        columns={COLUMNS[block] as TableColumnsType<Row>}
      />
      {hidden > 0 && (
        <p className="soft">
          Và {printNumber(hidden)} bản ghi của đơn vị ngoài phạm vi được xem, vẫn nằm trong con số.
        </p>
      )}
      <More list={records} shown={rows.length} />
    </>
  );
}

type Row = BesidePage['items'][number];

const INDICATORS: TableColumnsType<ResultRecord> = [
  {
    title: 'Báo cáo',
    key: 'report',
    render: (_, { reportId, unit, source, counted, takenOff }) => (
      <>
        {reportId === null ? (
          HIDDEN
        ) : (
          <Link to={`/ket-qua?bao-cao=${reportId}`}>{unit?.name ?? `Báo cáo ${reportId}`}</Link>
        )}{' '}
        {takenOff && <Mark title="Số được tính đã bao gồm, nhưng đơn vị nay thuộc nơi khác">trừ ra</Mark>}
        {!counted && !takenOff && <Mark title="Số lớn hơn nêu ở trên đã bao gồm">đã nằm trong số lớn hơn</Mark>}
        {source && <div className="soft">{source}</div>}
      </>
    ),
  },
  {
    title: 'Phạm vi',
    key: 'scope',
    width: 170,
    render: (_, { scope }) => (scope === 'OWN' ? 'riêng đơn vị' : 'gồm cả cấp dưới'),
  },
  { title: 'Kỳ báo cáo', key: 'span', width: 190, render: (_, { from, to }) => printInterval({ from, to }) },
  {
    title: 'Con số',
    key: 'figure',
    width: 170,
    align: 'right',
    render: (_, { figure, measure }) => `${printCount(figure)}${measure === 'MONEY' ? ' đồng' : ''}`,
  },
  { title: 'Ghi ngày', key: 'recorded', width: 110, render: (_, { recordedOn }) => printAnyDay(recordedOn) },
];

const STATUS_NAMES = { DEPLOYED: 'đã triển khai', PLANNED: 'có kế hoạch', NOT_STARTED: 'chưa bắt đầu' } as const;

const CAMPAIGNS: TableColumnsType<DeploymentRecord> = [
  { title: 'Đơn vị', key: 'unit', render: (_, { unit }) => unit.name },
  { title: 'Triển khai', key: 'status', width: 140, render: (_, { status }) => STATUS_NAMES[status] },
  { title: 'Từ ngày', key: 'since', width: 120, render: (_, { since }) => printAnyDay(since) },
  {
    title: 'Kế hoạch, nguồn',
    key: 'plan',
    render: (_, { plan, source }) => [plan, source].filter(Boolean).join('; ') || '—',
  },
  {
    title: 'Ghi',
    key: 'recorded',
    width: 170,
    render: (_, { recordedBy, recordedOn }) => (
      <>
        {printAnyDay(recordedOn)}
        <div className="soft">{recordedBy}</div>
      </>
    ),
  },
];

const AGREEMENTS: TableColumnsType<AgreementRecord> = [
  {
    title: 'Giao ước',
    key: 'agreement',
    render: (_, { agreement }) =>
      agreement ? <Link to={`/giao-uoc/${agreement.id}`}>{agreement.title}</Link> : HIDDEN,
  },
  { title: 'Đơn vị', key: 'unit', width: 220, render: (_, { unit }) => unit?.name ?? '—' },
  {
    title: 'Ký ngày',
    key: 'signed',
    width: 130,
    render: (_, { signedOn, late }) => (
      <>
        {printAnyDay(signedOn, 'chưa ký')} {late && <Mark tone="warn">muộn</Mark>}
      </>
    ),
  },
  {
    title: 'Cam kết',
    key: 'commitment',
    render: (_, { commitment }) =>
      commitment ? (
        <>
          {commitment.content}
          <div className="soft">hạn {printAnyDay(commitment.deadline)}</div>
        </>
      ) : (
        '—'
      ),
  },
];

const PROPOSALS: TableColumnsType<ProposalRecord> = [
  {
    title: 'Đề nghị',
    key: 'line',
    render: (_, { line }) => (line ? <Link to={`/de-nghi/${line.dossierId}`}>{line.name}</Link> : HIDDEN),
  },
  { title: 'Đơn vị', key: 'unit', width: 220, render: (_, { line }) => line?.unit?.name ?? '—' },
  { title: 'Trình ngày', key: 'day', width: 120, render: (_, { submittedOn }) => printAnyDay(submittedOn) },
  {
    title: 'Kết quả',
    key: 'state',
    width: 190,
    render: (_, { line, awarded }) =>
      awarded ? <Mark tone="good">được khen</Mark> : <span>{line?.stateName.toLowerCase() ?? '—'}</span>,
  },
];

const ORGANISATION: TableColumnsType<OrganisationRecord> = [
  {
    title: 'Bản ghi',
    key: 'record',
    render: (_, { what, id, title, unit, detail, counted }) => (
      <>
        {what === 'UNIT' && unit && <Link to={`/don-vi/${unit.code}?muc=lich-su`}>{title}</Link>}
        {what === 'PERSON' && <Link to={`/doan-vien/${id}`}>{title}</Link>}
        {what === 'REPORT' && <Link to={`/ket-qua?bao-cao=${id}`}>{title}</Link>}
        {what === 'AGENCY' && unit && <Link to={`/don-vi/${unit.code}?muc=chua-co-cong-doan`}>{title}</Link>}
        {what === 'HIDDEN' && title} {!counted && <Mark title="Một báo cáo đã bao gồm">đã nằm trong số báo cáo</Mark>}
        {detail && <div className="soft">{detail}</div>}
      </>
    ),
  },
  {
    title: 'Đơn vị',
    key: 'unit',
    width: 220,
    render: (_, { what, unit }) => (what === 'UNIT' ? '—' : (unit?.name ?? '—')),
  },
  { title: 'Ngày', key: 'day', width: 110, render: (_, { day }) => printAnyDay(day) },
  { title: 'Con số', key: 'figure', width: 110, align: 'right', render: (_, { figure }) => printCount(figure) },
  { title: 'Ghi ngày', key: 'recorded', width: 110, render: (_, { recordedOn }) => printAnyDay(recordedOn) },
];

const COLUMNS = {
  indicators: INDICATORS,
  campaigns: CAMPAIGNS,
  agreements: AGREEMENTS,
  proposals: PROPOSALS,
  organisation: ORGANISATION,
};
