import { Alert, Button, Card, Table } from 'antd';
import { useState } from 'react';
import { Mark } from '../common/Mark.js';
import { Nothing } from '../common/states.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { printAnyDay } from '../words/format.js';
import { PositionDialog, ReasonDialog, ServiceDialog } from './dialogs.js';
import type { PersonProfile, PositionView, ServicePeriodView, ServiceYears } from './people.contract.js';
import { CAPACITY_NAMES, printSpan } from './words.js';

type Row = PositionView | ServicePeriodView;

/** Posts, and years of union work with the sum explained. */
export function CareerCards({ person }: { person: PersonProfile }) {
  const { may } = useSession();
  const [open, setOpen] = useState<'position' | 'service' | null>(null);
  const [removing, setRemoving] = useState<{ path: string; title: string } | null>(null);
  const records = may('person.record');
  const remove = (table: 'positions' | 'service-periods', title: string) => ({
    title: '',
    key: 'act',
    width: 70,
    render: (_: unknown, { id }: Row) =>
      records && (
        <Button type="link" size="small" onClick={() => setRemoving({ path: `${table}/${id}`, title })}>
          Bỏ
        </Button>
      ),
  });
  return (
    <>
      <Card
        title="Chức danh"
        size="small"
        className="gap-below"
        extra={
          records && (
            <Button size="small" onClick={() => setOpen('position')}>
              Thêm chức danh
            </Button>
          )
        }
      >
        <Table<PositionView>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={[...person.positions]}
          locale={{ emptyText: <Nothing>Chưa ghi chức danh nào.</Nothing> }}
          columns={[
            { title: 'Thời gian', key: 'span', width: 210, render: (_, { from, to }) => printSpan(from, to) },
            {
              title: 'Chức danh',
              key: 'title',
              render: (_, { title, leads }) => (
                <>
                  {title} {leads && <Mark tone="gold">đứng đầu</Mark>}
                </>
              ),
            },
            { title: 'Đơn vị', key: 'unit', render: (_, { unit }) => unit?.name ?? '—' },
            {
              title: 'Tính chất',
              key: 'full',
              width: 170,
              render: (_, { fullTime }) => (fullTime ? 'Chuyên trách' : 'Không chuyên trách'),
            },
            remove('positions', 'Bỏ chức danh ghi nhầm'),
          ]}
        />
      </Card>
      <Card
        title="Thời gian công tác công đoàn"
        size="small"
        className="gap-below"
        extra={
          records && (
            <Button size="small" onClick={() => setOpen('service')}>
              Thêm thời gian
            </Button>
          )
        }
      >
        <Table<ServicePeriodView>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={[...person.servicePeriods]}
          locale={{ emptyText: <Nothing>Chưa ghi thời gian công tác nào.</Nothing> }}
          columns={[
            { title: 'Thời gian', key: 'span', width: 210, render: (_, { from, to }) => printSpan(from, to) },
            {
              title: 'Công việc',
              key: 'title',
              render: (_, { title, unit }) => [title, unit?.name].filter(Boolean).join(', ') || '—',
            },
            { title: 'Tính chất', key: 'capacity', render: (_, { capacity }) => CAPACITY_NAMES[capacity] },
            remove('service-periods', 'Bỏ thời gian ghi nhầm'),
          ]}
        />
        {/* Who never did union work is not told how many years are missing. */}
        {(person.servicePeriods.length > 0 ? person.serviceYears : []).map((years) => (
          <Years key={years.rule.id} years={years} />
        ))}
      </Card>
      {open === 'position' && <PositionDialog person={person} onClose={() => setOpen(null)} />}
      {open === 'service' && <ServiceDialog person={person} onClose={() => setOpen(null)} />}
      {removing && (
        <ReasonDialog
          title={removing.title}
          okText="Bỏ dòng này"
          hint="Dòng này không còn tính từ hôm nay; lịch sử vẫn giữ."
          work={(reason) => http.put(`/people/${person.id}/${removing.path}/removed`, { reason })}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}

function Years({ years }: { years: ServiceYears }) {
  const { rule, summary, stretches, warnings, reached, expectedOn } = years;
  return (
    <section className="gap-above" aria-label={rule.name}>
      <h3>
        {rule.name} {reached ? <Mark tone="good">đủ thời gian</Mark> : <Mark>chưa đủ thời gian</Mark>}
      </h3>
      <p>
        <strong>{summary}</strong>{' '}
        {expectedOn && `Nếu tiếp tục như hiện nay, đủ vào khoảng ${printAnyDay(expectedOn)}.`}
      </p>
      {stretches.length > 0 && (
        <ul>
          {stretches.map(({ from, words }) => (
            <li key={from}>{words}</li>
          ))}
        </ul>
      )}
      {warnings.length > 0 && <Alert type="warning" showIcon title={warnings.join(' ')} />}
      <p className="soft">Theo: {rule.source}</p>
    </section>
  );
}
