import { Button, Card, Segmented, Space, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { Day } from '../contract.js';
import { ExcelButton } from '../common/ExcelButton.js';
import { DayPicker } from '../common/DayPicker.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { printAnyDay, printCount, printNumber } from '../words/format.js';
import { useDeployment } from './campaigns.api.js';
import type { Campaign, DeploymentRow, DeploymentStatus } from './campaigns.contract.js';
import { DeploymentBar } from './DeploymentBar.js';
import { EntriesDialog } from './EntriesDialog.js';
import { ReportDialog } from './ReportDialog.js';
import { STATUS_NAMES, statusTone } from './words.js';

/** Who has deployed it, as of any day; a unit opens to those below it. */
export function DeploymentCard({ campaign }: { campaign: Campaign }) {
  const [path, setPath] = useState<readonly { code: string; name: string }[]>([]);
  const [status, setStatus] = useState<DeploymentStatus | ''>('');
  const [on, setOn] = useState<Day | null>(null);
  const [reporting, setReporting] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const unit = path.at(-1)?.code ?? null;
  const list = useDeployment(campaign.id, { unit, status: status || null, on });
  if (list.isPending) return <Loading rows={6} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const [first] = list.data.pages;
  const rows = list.data.pages.flatMap((page) => page.items);
  const deploys = campaign.may.includes('deploy');
  if (!first) return null;
  return (
    <Card
      size="small"
      title="Triển khai"
      extra={
        <Space>
          <ExcelButton
            path={`/campaigns/${campaign.id}/deployments`}
            values={{ unit, status: status || null, on }}
            size="small"
          />
          {deploys && (
            <Button type="primary" size="small" onClick={() => setReporting(unit ?? '')}>
              Báo cáo triển khai
            </Button>
          )}
        </Space>
      }
    >
      <DeploymentBar label="Các đơn vị trực thuộc được giao" counts={first.overall} />
      {(path.length > 0 || differs(first.counts, first.overall)) && (
        <DeploymentBar label={path.at(-1)?.name ?? 'Đơn vị của anh/chị'} counts={first.counts} />
      )}
      <search className="filters gap-above" aria-label="Lọc triển khai">
        <Segmented
          aria-label="Tình trạng triển khai"
          value={status}
          options={[
            { value: '', label: 'Mọi tình trạng' },
            ...(Object.keys(STATUS_NAMES) as DeploymentStatus[]).map((value) => ({
              value,
              label: STATUS_NAMES[value],
            })),
          ]}
          onChange={(value) => setStatus(value as DeploymentStatus | '')}
        />
        <DayPicker value={on} onChange={setOn} placeholder="tính đến ngày" aria-label="Tính đến ngày" />
        {path.length > 0 && (
          <Button type="link" onClick={() => setPath(path.slice(0, -1))}>
            ← Lên một cấp
          </Button>
        )}
      </search>
      <Table<DeploymentRow>
        className="book-list"
        size="small"
        rowKey={({ unit: { code } }) => code}
        pagination={false}
        dataSource={rows}
        columns={columns({
          onOpen: (row) => setPath([...path, row.unit]),
          onReport: (row) => setReporting(row.unit.code),
          onEntries: (row) => setOpened(row.unit.code),
        })}
        locale={{ emptyText: <Nothing>Không có đơn vị nào như vậy trong phạm vi của anh/chị.</Nothing> }}
      />
      <More list={list} shown={rows.length} />
      {reporting !== null && (
        <ReportDialog campaign={campaign} unit={reporting || null} onClose={() => setReporting(null)} />
      )}
      {opened !== null && <EntriesDialog campaign={campaign} unit={opened} onClose={() => setOpened(null)} />}
    </Card>
  );
}

function differs(a: object, b: object): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

interface Actions {
  onOpen: (row: DeploymentRow) => void;
  onReport: (row: DeploymentRow) => void;
  onEntries: (row: DeploymentRow) => void;
}

function columns({ onOpen, onReport, onEntries }: Actions): TableColumnsType<DeploymentRow> {
  return [
    {
      title: 'Đơn vị',
      key: 'unit',
      render: (_, row) => {
        const { deployed, planned, notStarted, notReported } = row.below;
        const below = deployed + planned + notStarted + notReported;
        return below === 0 ? (
          row.unit.name
        ) : (
          <>
            <Button type="link" className="plain" onClick={() => onOpen(row)}>
              {row.unit.name}
            </Button>
            <div className="soft">
              bên dưới: {printNumber(deployed)}/{printNumber(below)} đơn vị đã triển khai
            </div>
          </>
        );
      },
    },
    {
      title: 'Tình trạng',
      key: 'status',
      width: 190,
      render: (_, { status, entry }) => (
        <>
          <Mark tone={statusTone(status)}>{STATUS_NAMES[status]}</Mark>
          {entry && <div className="soft">từ {printAnyDay(entry.since)}</div>}
        </>
      ),
    },
    {
      title: 'Kế hoạch, chỉ tiêu của đơn vị',
      key: 'plan',
      render: (_, { entry }) =>
        entry && (
          <>
            {[entry.plan, entry.target && `Chỉ tiêu: ${entry.target}`].filter(Boolean).join(' · ')}
            {entry.enteredFor && <Mark>nhập thay</Mark>}
          </>
        ),
    },
    {
      title: 'Người tham gia',
      key: 'participants',
      width: 130,
      align: 'right',
      render: (_, { entry }) => printCount(entry?.participants, '–'),
    },
    {
      title: '',
      key: 'actions',
      width: 170,
      render: (_, row) => (
        <>
          {row.entry && (
            <Button type="link" size="small" onClick={() => onEntries(row)}>
              Các lần báo cáo
            </Button>
          )}
          {row.mayReport && (
            <Button type="link" size="small" onClick={() => onReport(row)}>
              Báo cáo
            </Button>
          )}
        </>
      ),
    },
  ];
}
