import { printMoney } from '@lib/kernel';
import { Button, Space, Table } from 'antd';
import { useState } from 'react';
import type { TargetView } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { printCount, printDay, printInterval } from '../words/format.js';
import { QUALIFIER_NAMES } from '../words/labels.js';
import { EndDialog } from './EndDialog.js';
import { useStatements, type Filters } from './results.api.js';
import { TargetDialog } from './TargetDialog.js';
import { OUTCOME_NAMES } from './words.js';

type Asked = { do: 'set' } | { do: 'correct' | 'remove'; target: TargetView } | null;

/** Targets of units, with what was said about reaching them. */
export function TargetList({ filters, onFilter }: { filters: Filters; onFilter: (change: Filters) => void }) {
  const { may } = useSession();
  const unit = filters['unit'] ?? null;
  const list = useStatements<TargetView>('/result-targets', { unit });
  const [asked, setAsked] = useState<Asked>(null);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const close = () => setAsked(null);
  return (
    <>
      <search className="filters" aria-label="Lọc chỉ tiêu">
        <UnitPicker
          className="w-unit"
          allowClear
          value={unit}
          placeholder="Mọi đơn vị"
          aria-label="Đơn vị"
          onChange={(code) => onFilter({ unit: code })}
        />
        {may('result.enter') && (
          <Button type="primary" onClick={() => setAsked({ do: 'set' })}>
            Giao chỉ tiêu
          </Button>
        )}
      </search>
      {list.isPending ? (
        <Loading rows={6} />
      ) : list.isError ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <>
          <Table<TargetView>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            locale={{ emptyText: <Nothing>Chưa có chỉ tiêu nào.</Nothing> }}
            columns={[
              {
                title: 'Kỳ',
                key: 'when',
                width: 190,
                render: (_, { label, from, to }) => (
                  <>
                    {label}
                    <div className="soft">{printInterval({ from, to })}</div>
                  </>
                ),
              },
              {
                title: 'Chỉ tiêu',
                key: 'what',
                render: (_, row) => (
                  <>
                    {row.indicatorName}
                    <div className="soft">{row.campaign}</div>
                  </>
                ),
              },
              { title: 'Đơn vị', key: 'unit', width: 220, render: (_, row) => row.unit.name },
              { title: 'Số giao', key: 'value', width: 190, render: (_, row) => valueOf(row) },
              { title: 'Kết quả đã nêu', key: 'outcome', width: 170, render: (_, row) => <Outcome target={row} /> },
              {
                key: 'do',
                width: 120,
                render: (_, target) =>
                  target.may.length > 0 && (
                    <Space size={0}>
                      <Button type="link" size="small" onClick={() => setAsked({ do: 'correct', target })}>
                        Sửa
                      </Button>
                      <Button type="link" size="small" danger onClick={() => setAsked({ do: 'remove', target })}>
                        Xoá
                      </Button>
                    </Space>
                  ),
              },
            ]}
          />
          <More list={list} shown={rows.length} />
        </>
      )}
      {(asked?.do === 'set' || asked?.do === 'correct') && (
        <TargetDialog target={asked.do === 'correct' ? asked.target : null} unit={unit} onClose={close} />
      )}
      {asked?.do === 'remove' && (
        <EndDialog
          path={`/result-targets/${asked.target.id}`}
          title={`Xoá chỉ tiêu “${asked.target.label}”`}
          onClose={close}
        />
      )}
    </>
  );
}

function valueOf({ value, measure, unitOfMeasure, perLevelName }: TargetView): string {
  if (!value) return 'không nêu số';
  const said =
    measure === 'COUNT'
      ? `${printCount(value)} ${unitOfMeasure}`
      : `${value.qualifier === 'EXACT' ? '' : `${QUALIFIER_NAMES[value.qualifier]} `}${printMoney(value.value)}`;
  return perLevelName ? `mỗi ${perLevelName} ${said}` : said;
}

function Outcome({ target: { outcome, percent, statedOn } }: { target: TargetView }) {
  if (!statedOn) return <span className="soft">chưa nêu</span>;
  const share =
    percent === null ? null : `${new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }).format(percent)}%`;
  return (
    <>
      {outcome && <Mark tone={outcome === 'NOT_MET' ? 'warn' : 'good'}>{OUTCOME_NAMES[outcome]}</Mark>} {share}
      <div className="soft">nêu ngày {printDay(statedOn)}</div>
    </>
  );
}
