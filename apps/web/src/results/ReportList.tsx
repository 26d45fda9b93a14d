import { PaperClipOutlined } from '@ant-design/icons';
import { printMoney } from '@lib/kernel';
import { Alert, Button, Select, Space, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { ReportView, Warned } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { foldedSearch } from '../common/pick.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { printAnyDay, printCount, printDay, printInterval } from '../words/format.js';
import { options, QUALIFIER_NAMES } from '../words/labels.js';
import { EndDialog } from './EndDialog.js';
import { IndicatorDialog } from './IndicatorDialog.js';
import { ReportDialog } from './ReportDialog.js';
import { useIndicators, useStatements, type Filters } from './results.api.js';
import { BENEFICIARY_NAMES, SCOPE_NAMES, STATUS_NAMES } from './words.js';

interface Props {
  filters: Filters;
  onFilter: (change: Filters) => void;
}

type Asked = { do: 'enter' } | { do: 'indicator' } | { do: 'correct' | 'remove'; report: ReportView } | null;

/** Reports of a unit and all below it, newest first. */
export function ReportList({ filters, onFilter }: Props) {
  const { may, account } = useSession();
  const list = useStatements<ReportView>('/result-reports', filters);
  const indicators = useIndicators();
  const [asked, setAsked] = useState<Asked>(null);
  const [warnings, setWarnings] = useState<readonly Warned[]>([]);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const close = () => setAsked(null);
  return (
    <>
      <search className="filters" aria-label="Lọc kết quả">
        <UnitPicker
          className="w-unit"
          allowClear
          value={filters['unit'] ?? null}
          placeholder="Mọi đơn vị"
          aria-label="Đơn vị"
          onChange={(unit) => onFilter({ unit })}
        />
        <DayPicker
          value={filters['from'] ?? null}
          placeholder="từ ngày"
          aria-label="Từ ngày"
          onChange={(from) => onFilter({ from })}
        />
        <DayPicker
          value={filters['to'] ?? null}
          placeholder="đến ngày"
          aria-label="Đến ngày"
          onChange={(to) => onFilter({ to })}
        />
        <Select
          className="w-choice"
          allowClear
          showSearch={foldedSearch}
          placeholder="Mọi chỉ tiêu"
          aria-label="Chỉ tiêu"
          popupMatchSelectWidth={false}
          value={filters['indicator'] ?? undefined}
          options={(indicators.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(indicator) => onFilter({ indicator: indicator ?? null })}
        />
        <Select
          className="w-choice"
          allowClear
          placeholder="Mọi tình trạng"
          aria-label="Tình trạng"
          value={filters['status'] ?? undefined}
          options={options(STATUS_NAMES)}
          onChange={(status: string | undefined) => onFilter({ status: status ?? null })}
        />
        {may('result.enter') && <Button onClick={() => setAsked({ do: 'indicator' })}>Thêm chỉ tiêu</Button>}
        {may('result.enter') && (
          <Button type="primary" onClick={() => setAsked({ do: 'enter' })}>
            Nhập kết quả
          </Button>
        )}
      </search>
      {warnings.length > 0 && (
        <Alert
          className="gap-below"
          type="warning"
          showIcon
          closable={{ onClose: () => setWarnings([]) }}
          title="Đã ghi, và có điều cần xem lại"
          description={warnings.map(({ message }) => message).join(' ')}
        />
      )}
      {list.isPending ? (
        <Loading rows={8} />
      ) : list.isError ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <>
          <Table<ReportView>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            columns={columns(setAsked)}
            locale={{ emptyText: <Nothing>Chưa có kết quả nào như vậy.</Nothing> }}
          />
          <More list={list} shown={rows.length} />
        </>
      )}
      {asked?.do === 'indicator' && <IndicatorDialog unit={account.grants[0]?.unit.code ?? null} onClose={close} />}
      {(asked?.do === 'enter' || asked?.do === 'correct') && (
        <ReportDialog
          report={asked.do === 'correct' ? asked.report : null}
          unit={filters['unit'] ?? null}
          onSaved={setWarnings}
          onClose={close}
        />
      )}
      {asked?.do === 'remove' && (
        <EndDialog
          path={`/result-reports/${asked.report.id}`}
          title={`Xoá báo cáo số ${asked.report.id} của ${asked.report.unit.name}`}
          onClose={close}
        />
      )}
    </>
  );
}

function columns(ask: (asked: Asked) => void): TableColumnsType<ReportView> {
  return [
    { title: 'Thời gian', key: 'when', width: 130, render: (_, row) => whenOf(row) },
    {
      title: 'Kết quả',
      key: 'what',
      render: (_, row) => (
        <>
          {row.items.map(({ code, name, unitOfMeasure, count }) => (
            <div key={code}>
              {name}: <strong>{count ? `${printCount(count)} ${unitOfMeasure}` : '—'}</strong>
            </div>
          ))}
          <div className="soft">
            {[row.beneficiaryClass && (row.beneficiaries ?? BENEFICIARY_NAMES[row.beneficiaryClass]), row.occasion]
              .filter(Boolean)
              .join(' – ')}
          </div>
        </>
      ),
    },
    {
      title: 'Số tiền',
      key: 'money',
      width: 170,
      render: (_, { money, fundingSource }) => (
        <>
          {money
            ? `${money.qualifier === 'EXACT' ? '' : `${QUALIFIER_NAMES[money.qualifier]} `}${printMoney(money.value)}`
            : '—'}
          {fundingSource && <div className="soft">nguồn {fundingSource}</div>}
        </>
      ),
    },
    {
      title: 'Đơn vị',
      key: 'unit',
      width: 200,
      render: (_, { unit, scope, enteredFor }) => (
        <>
          {unit.name}
          <div className="soft">
            {SCOPE_NAMES[scope]}
            {enteredFor && ', nhập thay'}
          </div>
        </>
      ),
    },
    {
      title: 'Tình trạng',
      key: 'status',
      width: 118,
      render: (_, { status }) => (
        <Mark tone={status === 'DELIVERED' ? 'good' : status === 'APPROVED' ? 'gold' : 'plain'}>
          {STATUS_NAMES[status]}
        </Mark>
      ),
    },
    {
      title: 'Nguồn',
      key: 'source',
      width: 180,
      render: (_, { source, fileId, recordedOn }) => (
        <>
          {source}{' '}
          {fileId && (
            <a href={`/api/files/${fileId}`}>
              <PaperClipOutlined aria-hidden /> tệp
            </a>
          )}
          <div className="soft">ghi ngày {printAnyDay(recordedOn)}</div>
        </>
      ),
    },
    {
      key: 'do',
      width: 96,
      render: (_, report) => (
        <Space size={0} orientation="vertical">
          {report.may.includes('correct') && (
            <Button type="link" size="small" onClick={() => ask({ do: 'correct', report })}>
              Sửa
            </Button>
          )}
          {report.may.includes('remove') && (
            <Button type="link" size="small" danger onClick={() => ask({ do: 'remove', report })}>
              Xoá
            </Button>
          )}
        </Space>
      ),
    },
  ];
}

function whenOf({ nature, from, to }: ReportView): string {
  if (nature === 'STOCK') return `tại ${printDay(to)}`;
  if (nature === 'CUMULATIVE') return `luỹ kế đến ${printDay(to)}`;
  return printInterval({ from, to });
}
