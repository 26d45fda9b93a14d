import { Card, Table } from 'antd';
import { printDay, printNumber } from '@lib/kernel';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { useSession } from '../session/session.js';
import { printCounts } from '../awards/words.js';
import { Figure } from './Figure.js';
import type { OpenedFigure } from './RecordsDrawer.js';
import type { BesideFigure, CampaignSection, CoverageRow, ProposalRow, Summary } from './summary.contract.js';
import { printCoverage } from './words.js';

interface Props {
  summary: Summary;
  onOpen: (figure: BesideFigure) => void;
  /** Records of the counting book. */
  onOpenAwards: (figure: OpenedFigure) => void;
}

/** What leads to awards: campaigns and how far they are deployed, agreements, proposals. Each block only where it holds something. */
export function Process({ summary, onOpen, onOpenAwards }: Props) {
  return (
    <>
      {summary.coverage.length > 0 && <Coverage rows={summary.coverage} onOpen={onOpen} />}
      <Campaigns summary={summary} onOpen={onOpen} onOpenAwards={onOpenAwards} />
      {summary.agreements.members > 0 && <Agreements summary={summary} onOpen={onOpen} />}
      {summary.proposals.length > 0 && <Proposals rows={summary.proposals} onOpen={onOpen} />}
    </>
  );
}

function Coverage({ rows, onOpen }: { rows: CoverageRow[]; onOpen: Props['onOpen'] }) {
  return (
    <Card size="small" title="Mức độ triển khai">
      <Table<CoverageRow>
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={rows}
        columns={[
          {
            title: 'Phong trào, chương trình',
            key: 'campaign',
            render: (_, { campaign, unit }) => (unit ? `${campaign} (${unit.name} báo cáo)` : campaign),
          },
          { title: 'Cấp', dataIndex: 'levelName', width: 240 },
          {
            title: 'Đã triển khai',
            key: 'deployed',
            align: 'right',
            width: 170,
            render: (_, row) => (
              <button
                type="button"
                className="figure"
                title="Mở bản ghi làm nên con số này"
                onClick={() => onOpen(openingOf(row))}
              >
                {printCoverage(row.deployed, row.expected, row.percent)}
              </button>
            ),
          },
          {
            title: 'Còn lại',
            key: 'rest',
            width: 250,
            render: (_, { notDeployed, unknown }) =>
              [
                notDeployed ? `${printNumber(notDeployed)} chưa triển khai` : null,
                unknown ? `${printNumber(unknown)} đơn vị chưa có danh sách` : null,
              ]
                .filter(Boolean)
                .join('; ') || '—',
          },
          {
            title: 'Đến ngày',
            key: 'asOf',
            width: 150,
            render: (_, { asOf, expectedOn }) =>
              expectedOn && expectedOn !== asOf ? (
                <>
                  {printDay(asOf)}
                  <div className="soft">mẫu số ngày {printDay(expectedOn)}</div>
                </>
              ) : (
                printDay(asOf)
              ),
          },
        ]}
      />
    </Card>
  );
}

/** A stated one opens its statement, one that units listed themselves their reports. */
function openingOf({ key, campaign }: CoverageRow): BesideFigure {
  const [, listed] = /^(campaign:\d+):/.exec(key) ?? [];
  return listed ? { block: 'campaigns', key: listed, title: campaign } : { block: 'coverage', key, title: campaign };
}

function Campaigns({ summary: { campaigns, furtherCampaigns }, onOpen, onOpenAwards }: Props) {
  const { may } = useSession();
  if (campaigns.length + furtherCampaigns === 0) return null;
  return (
    <Card size="small" title="Phong trào thi đua, chương trình trong kỳ">
      <Table<CampaignSection>
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={campaigns}
        columns={[
          {
            title: 'Phong trào',
            key: 'name',
            render: (_, row) => (
              <>
                {may('campaign.read') ? <Link to={`/phong-trao/${row.id}`}>{row.name}</Link> : row.name}{' '}
                {row.special && <Mark tone="gold">đặc biệt</Mark>}
                <div className="soft">
                  {row.bloc ?? row.launcher?.name} · {row.stateName.toLowerCase()}
                  {row.phase && ` · ${row.phase}`}
                </div>
              </>
            ),
          },
          {
            title: 'Triển khai ở đơn vị trực tiếp',
            key: 'deployment',
            width: 260,
            render: (_, row) => <Deployment row={row} onOpen={onOpen} />,
          },
          {
            title: 'Khen thưởng (lượt)',
            key: 'awards',
            align: 'right',
            width: 170,
            render: (_, { id, name, awards }) => (
              <CampaignAwards
                awards={awards}
                onOpen={() =>
                  onOpenAwards({ title: name, block: 'awards', keys: null, campaign: id, expected: awards })
                }
              />
            ),
          },
          {
            title: 'Giải',
            key: 'prizes',
            align: 'right',
            width: 90,
            render: (_, { contests }) => {
              const told = contests.flatMap(({ prizes }) => prizes ?? []);
              return told.length > 0 ? printNumber(told.reduce((sum, one) => sum + one, 0)) : '—';
            },
          },
        ]}
      />
      {furtherCampaigns > 0 && (
        <p className="soft">Ngoài ra có {printNumber(furtherCampaigns)} phong trào của các đơn vị cấp dưới nữa.</p>
      )}
    </Card>
  );
}

function CampaignAwards({ awards, onOpen }: { awards: CampaignSection['awards']; onOpen: () => void }) {
  const { collectives, individuals, households, unsplit } = awards;
  if (collectives + individuals + households + unsplit === 0) return <span className="figure-none">0</span>;
  return (
    <button type="button" className="figure" title="Mở các bản ghi làm nên con số này" onClick={onOpen}>
      {printCounts(awards, 'AWARD')}
    </button>
  );
}

const STATUSES = [
  ['deployed', 'đã triển khai'],
  ['planned', 'có kế hoạch'],
  ['notStarted', 'chưa bắt đầu'],
  ['notReported', 'chưa báo cáo'],
] as const;

function Deployment({ row, onOpen }: { row: CampaignSection; onOpen: Props['onOpen'] }) {
  const { deployment } = row;
  const parts = STATUSES.filter(([field]) => deployment[field] > 0);
  if (parts.length === 0) return <span className="soft">—</span>;
  return (
    <>
      {parts.map(([field, name]) => (
        <div key={field}>
          <Figure
            value={deployment[field]}
            of={name}
            onOpen={
              field === 'notReported' ? null : () => onOpen({ block: 'campaigns', key: row.key, title: row.name })
            }
          />{' '}
          {name}
        </div>
      ))}
    </>
  );
}

const COMMITMENTS = [
  ['kept', 'đạt'],
  ['running', 'đang thực hiện'],
  ['overdue', 'quá hạn'],
  ['broken', 'không đạt'],
  ['ended', 'dừng cùng đơn vị'],
] as const;

function Agreements({ summary: { agreements }, onOpen }: Omit<Props, 'onOpenAwards'>) {
  const open = (key: string, title: string) => () => onOpen({ block: 'agreements', key, title });
  return (
    <Card size="small" title="Giao ước thi đua">
      <p>
        <Figure value={agreements.signed} of="đơn vị đã ký" onOpen={open('signed', 'Đơn vị đã ký giao ước')} /> trên{' '}
        <Figure value={agreements.members} of="đơn vị thành viên" onOpen={open('members', 'Đơn vị thành viên')} /> đơn
        vị thành viên đã ký
        {agreements.late > 0 && (
          <>
            , <Figure value={agreements.late} of="đơn vị muộn" onOpen={open('late', 'Đơn vị ký muộn')} /> đơn vị muộn
          </>
        )}
        .
      </p>
      <p>
        Cam kết:{' '}
        {COMMITMENTS.filter(([field]) => field !== 'ended' || agreements.commitments.ended > 0).map(
          ([field, name], index) => (
            <span key={field}>
              {index > 0 && '; '}
              <Figure value={agreements.commitments[field]} of={name} onOpen={open(field, `Cam kết ${name}`)} /> {name}
            </span>
          ),
        )}
        .
      </p>
    </Card>
  );
}

function Proposals({ rows, onOpen }: { rows: ProposalRow[]; onOpen: Props['onOpen'] }) {
  const counts = ({ collectives, individuals, households }: ProposalRow['proposed']) =>
    `${printNumber(collectives)} tập thể, ${printNumber(individuals)} cá nhân${households ? `, ${printNumber(households)} hộ` : ''}`;
  return (
    <Card size="small" title="Đề nghị khen thưởng (không cộng vào khen thưởng)">
      <Table<ProposalRow>
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={rows}
        columns={[
          { title: 'Hình thức đề nghị', dataIndex: 'formName' },
          { title: 'Trình', key: 'to', width: 280, render: (_, { toBody }) => toBody.name },
          {
            title: 'Đã đề nghị',
            key: 'proposed',
            width: 220,
            align: 'right',
            render: (_, row) => (
              <button
                type="button"
                className="figure"
                title="Mở các dòng đề nghị"
                onClick={() =>
                  onOpen({ block: 'proposals', key: row.key, title: `${row.formName} – ${row.toBody.name}` })
                }
              >
                {counts(row.proposed)}
              </button>
            ),
          },
          { title: 'Được khen', key: 'awarded', width: 220, align: 'right', render: (_, row) => counts(row.awarded) },
        ]}
      />
    </Card>
  );
}
