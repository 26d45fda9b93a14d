import { Card, Table } from 'antd';
import { printDay, type Qualified } from '@lib/kernel';
import { Mark } from '../common/Mark.js';
import { printCount, printInterval } from '../words/format.js';
import { Figure } from './Figure.js';
import type { BesideFigure, IndicatorRow, MoneyGroupRow, Summary, TargetRow } from './summary.contract.js';
import { OUTCOMES, printMoney, printPercent } from './words.js';

interface Props {
  summary: Summary;
  onOpen: (figure: BesideFigure) => void;
}

/** What was done, as it was stated: indicators with count and money, sums that several share, targets. */
export function Indicators({ summary, onOpen }: Props) {
  const { indicators, moneyGroups } = summary;
  if (indicators.length + moneyGroups.length === 0) return null;
  const targets = indicators.flatMap((row) => row.targets.map((target) => ({ row, target })));
  return (
    <>
      <Card size="small" title="Kết quả, chăm lo (không cộng vào khen thưởng)">
        <Table<IndicatorRow>
          size="small"
          pagination={false}
          rowKey={(row) => `${row.code}-${row.key}`}
          dataSource={indicators.filter((row) => row.key !== '')}
          columns={[
            { title: 'Chỉ tiêu, công việc', key: 'name', render: (_, row) => <Name row={row} /> },
            {
              title: 'Số lượng',
              key: 'count',
              align: 'right',
              width: 170,
              render: (_, row) => (
                <Counted row={row} onOpen={() => onOpen({ block: 'indicators', key: row.key, title: row.name })} />
              ),
            },
            {
              title: 'Số tiền (đồng)',
              key: 'money',
              align: 'right',
              width: 190,
              render: (_, { code, money }) =>
                money ? (
                  printMoney(money)
                ) : shared(moneyGroups, code) ? (
                  <span className="soft">chung, dưới đây</span>
                ) : (
                  '—'
                ),
            },
            { title: 'Cách tính', key: 'nature', width: 220, render: (_, row) => <Nature row={row} /> },
          ]}
        />
        {moneyGroups.length > 0 && <SharedMoney groups={moneyGroups} onOpen={onOpen} />}
      </Card>
      {targets.length > 0 && (
        <Card size="small" title="So với chỉ tiêu">
          <Table<{ row: IndicatorRow; target: TargetRow }>
            size="small"
            pagination={false}
            rowKey={({ target }) => target.key}
            dataSource={targets}
            columns={[
              { title: 'Chỉ tiêu', key: 'name', render: (_, { row }) => row.name },
              { title: 'Của', key: 'of', width: 220, render: (_, { target }) => <Of target={target} /> },
              {
                title: 'Giao',
                key: 'total',
                align: 'right',
                width: 150,
                render: (_, { target }) =>
                  target.total ? printCount(target.total) : <span className="soft">không nêu số</span>,
              },
              {
                title: 'Đạt được',
                key: 'reached',
                align: 'right',
                width: 150,
                render: (_, { row, target }) => (
                  <Figure
                    value={target.reached}
                    of={row.unitOfMeasure}
                    onOpen={
                      row.key === ''
                        ? null
                        : () =>
                            onOpen({
                              block: 'indicators',
                              key: row.key,
                              title: `${row.name}, ${target.label}`,
                              span: { from: target.from, to: earlier(target.to, summary.period.to) },
                            })
                    }
                  />
                ),
              },
              { title: 'Kết quả', key: 'met', width: 230, render: (_, { target }) => <Outcome target={target} /> },
            ]}
          />
        </Card>
      )}
    </>
  );
}

function shared(groups: readonly MoneyGroupRow[], code: string): boolean {
  return groups.some((group) => group.indicators.includes(code));
}

function Name({ row }: { row: IndicatorRow }) {
  return (
    <>
      {row.name} {row.status !== 'DELIVERED' && <Mark tone="warn">{row.statusName.toLowerCase()}</Mark>}
      {row.fundingSource && <div className="soft">nguồn: {row.fundingSource}</div>}
    </>
  );
}

/** The figure; without one, what is known of the period is said beside it and never added up to a guess. */
function Counted({ row, onOpen }: { row: IndicatorRow; onOpen: () => void }) {
  if (!row.count && row.money) return <Figure value={null} of={row.unitOfMeasure} onOpen={null} />;
  return (
    <>
      <Figure value={row.count} of={row.unitOfMeasure} onOpen={onOpen} />{' '}
      {row.count && <span className="soft">{row.unitOfMeasure}</span>}
      {!row.count && row.parts.count.length > 0 && (
        <div className="soft">có {row.parts.count.length} báo cáo không phủ hết kỳ</div>
      )}
      {row.countFrom?.difference ? <Differs stated={row.countFrom.stated} parts={row.countFrom.fromParts} /> : null}
    </>
  );
}

function Differs({ stated, parts }: { stated: Qualified | null; parts: Qualified | null }) {
  return (
    <div className="soft">
      nêu {printCount(stated)}, cộng cấp dưới {printCount(parts)}
    </div>
  );
}

function Nature({ row: { nature, since, asOf, inPeriod, reportedUnits } }: { row: IndicatorRow }) {
  const units = reportedUnits > 1 ? `${reportedUnits} đơn vị báo cáo` : null;
  const days =
    nature === 'FLOW'
      ? 'trong kỳ'
      : nature === 'STOCK'
        ? `tại ${asOf ? printDay(asOf) : '—'}`
        : `luỹ kế${since ? ` từ ${printDay(since)}` : ''}${asOf ? ` đến ${printDay(asOf)}` : ''}`;
  const within = inPeriod ? `riêng trong kỳ: ${printCount(inPeriod.count)}` : null;
  return (
    <>
      {days}
      {[units, within].map(
        (text) =>
          text && (
            <div key={text} className="soft">
              {text}
            </div>
          ),
      )}
    </>
  );
}

function SharedMoney({ groups, onOpen }: { groups: MoneyGroupRow[]; onOpen: Props['onOpen'] }) {
  return (
    <ul className="plain spaced shared-money">
      {groups.map((group) => (
        <li key={group.key}>
          Số tiền chung của {group.names.join(' và ')}:{' '}
          <Figure
            value={group.value === null ? null : { value: group.value, qualifier: group.qualifier ?? 'EXACT' }}
            of="đồng"
            onOpen={() => onOpen({ block: 'indicators', key: group.key, title: group.names.join(' và ') })}
          />{' '}
          {group.value !== null && 'đồng'}{' '}
          {group.status !== 'DELIVERED' && <Mark tone="warn">{group.statusName.toLowerCase()}</Mark>}
        </li>
      ))}
    </ul>
  );
}

function Of({ target: { label, from, to, perUnit, unit } }: { target: TargetRow }) {
  return (
    <>
      {label}
      {unit && ` (${unit.name})`}
      <div className="soft">{printInterval({ from, to })}</div>
      {perUnit && <div className="soft">mỗi đơn vị, {perUnit.units} đơn vị</div>}
    </>
  );
}

function Outcome({ target }: { target: TargetRow }) {
  const outcome = target.outcomeStated ?? target.outcomeDerived;
  const percent = target.percentDerived ?? target.percentStated;
  return (
    <>
      {percent !== null && <strong>{printPercent(percent)} </strong>}
      {outcome && <Mark tone={outcome === 'NOT_MET' ? 'warn' : 'good'}>{OUTCOMES[outcome]}</Mark>}
      {outcome === null && percent === null && <span className="soft">chưa có kết quả</span>}
      {target.statedOn && <div className="soft">nêu ngày {printDay(target.statedOn)}</div>}
    </>
  );
}

/** What a target had reached is told up to the end of the period. */
function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
