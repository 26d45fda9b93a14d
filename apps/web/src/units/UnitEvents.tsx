import { Card, Table } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { printDay, printNumber } from '@lib/kernel';
import { Mark } from '../common/Mark.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { useUnitEvents } from './units.api.js';
import type { UnitEvent, UnitEventPart } from './units.contract.js';
import { EVENT_NAMES } from './words.js';

/** What decisions did to the unit, with the units it came from and went into. */
export function UnitEvents({ code }: { code: string }) {
  const events = useUnitEvents(code);
  return (
    <Card size="small" title="Quyết định tổ chức đã qua">
      {events.isPending && <Loading rows={2} />}
      {events.isError && <Failed error={events.error} onRetry={() => void events.refetch()} />}
      {events.data && (
        <Table<UnitEvent>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={events.data}
          rowClassName={({ reversedBy }) => (reversedBy === null ? '' : 'struck')}
          locale={{ emptyText: <Nothing>Chưa ghi quyết định sắp xếp nào.</Nothing> }}
          columns={[
            { title: 'Từ ngày', key: 'from', width: 112, render: (_, { from }) => printDay(from) },
            {
              title: 'Việc',
              key: 'kind',
              width: 140,
              render: (_, event) => (
                <>
                  <span className="strikable">
                    {event.resumes ? 'Hoạt động trở lại' : EVENT_NAMES[event.kind]}
                    {!event.complete && ' một phần'}
                  </span>{' '}
                  {event.reverses !== null && <Mark tone="warn">rút lại quyết định trước</Mark>}
                  {event.reversedBy !== null && <Mark tone="bad">đã rút lại</Mark>}
                </>
              ),
            },
            { title: 'Các đơn vị', key: 'units', render: (_, event) => <Parts event={event} code={code} /> },
            { title: 'Quyết định', key: 'decision', width: 160, render: (_, event) => <Decision event={event} /> },
          ]}
        />
      )}
    </Card>
  );
}

/** What ended the unit and who succeeds it, beside its name: the first thing asked about a unit of the past. */
export function EndedBy({ code }: { code: string }) {
  const events = useUnitEvents(code);
  const ending = events.data?.find(
    ({ reverses, reversedBy, predecessors, successors, kind, subjects }) =>
      reverses === null &&
      reversedBy === null &&
      !successors.some((unit) => unit.code === code) &&
      (predecessors.some((unit) => unit.code === code) ||
        (kind === 'DISSOLVE' && subjects.some((unit) => unit.code === code))),
  );
  if (!ending) return null;
  return (
    <span className="soft">
      {EVENT_NAMES[ending.kind]}
      {ending.successors.length > 0 && (
        <>
          {' '}
          thành <Names units={ending.successors} code={code} />
        </>
      )}
    </span>
  );
}

function Parts({ event, code }: { event: UnitEvent; code: string }): ReactNode {
  const { subjects, predecessors, successors, movedCount, others } = event;
  const rest = subjects.filter((unit) => unit.code !== code);
  return (
    <>
      {predecessors.length > 0 && (
        <div>
          <span className="soft">Từ:</span> <Names units={predecessors} code={code} />
        </div>
      )}
      {successors.length > 0 && (
        <div>
          <span className="soft">Thành:</span> <Names units={successors} code={code} />
        </div>
      )}
      {rest.length > 0 && (
        <div>
          <span className="soft">Cùng:</span> <Names units={rest} code={code} />
        </div>
      )}
      {movedCount > 0 && <div className="soft">{printNumber(movedCount)} đơn vị trực thuộc chuyển theo</div>}
      {others && <div className="soft">và đơn vị ngoài phạm vi được xem</div>}
      {predecessors.length + successors.length + rest.length + movedCount === 0 && !others && '—'}
    </>
  );
}

function Names({ units, code }: { units: readonly UnitEventPart[]; code: string }) {
  return (
    <>
      {units.map((unit, index) => (
        <span key={unit.code}>
          {index > 0 && '; '}
          {unit.code === code ? <strong>{unit.name}</strong> : <Link to={`/don-vi/${unit.code}`}>{unit.name}</Link>}
        </span>
      ))}
    </>
  );
}

function Decision({ event: { decision } }: { event: UnitEvent }) {
  const { number, day, body } = decision;
  if (!number && !day) return <span className="soft">chưa ghi</span>;
  return (
    <>
      {number && `Số ${number}`} {day && `ngày ${printDay(day)}`}
      {body && <div className="soft">{body}</div>}
    </>
  );
}
