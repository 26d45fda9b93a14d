import { Alert, Card, Descriptions, Steps } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { LEVEL_NAMES, printDay } from '@lib/kernel';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed } from '../common/states.js';
import { useSession } from '../session/session.js';
import type { UnitRef } from '../contract.js';
import { printInstant } from '../words/format.js';
import { Actions } from './Actions.js';
import { OpenWork } from './OpenWork.js';
import { RehearsalCard } from './RehearsalCard.js';
import { useReorganisation } from './reorganisations.api.js';
import type { Reorganisation } from './reorganisations.contract.js';
import { STATE_TONES, UNITS_WORDS } from './words.js';

/** One reorganisation from its preparation to its day, and back where it was a mistake. */
export function ReorganisationPage() {
  const { may } = useSession();
  const id = Number(useParams()['id']);
  const held = useReorganisation(id);
  if (!may('reorganisation.read')) return <NotAllowed what="xem việc sắp xếp tổ chức" />;
  if (held.isPending) return <Loading rows={10} />;
  if (held.isError) return <Failed error={held.error} onRetry={() => void held.refetch()} />;
  const it = held.data;
  const open = it.state === 'DRAFT' || it.state === 'SCHEDULED';
  return (
    <div className="stack">
      <PageHead
        title={it.title}
        back={{ to: '/sap-xep', label: 'Sắp xếp tổ chức' }}
        sub={
          <>
            {it.kindName}, có hiệu lực từ {printDay(it.from)} <Mark tone={STATE_TONES[it.state]}>{it.stateName}</Mark>
          </>
        }
        actions={<Actions it={it} />}
      />
      {open && <Progress it={it} />}
      {it.heldUp && <Alert type="warning" showIcon title={`Chưa thực hiện được đúng ngày: ${it.heldUp}`} />}
      <Facts it={it} />
      {it.openWork.length > 0 && <OpenWork it={it} />}
      <RehearsalCard it={it} />
      <History it={it} />
    </div>
  );
}

/** Where the preparation stands: what is still to be done comes next. */
function Progress({ it }: { it: Reorganisation }) {
  const undecided = it.openWork.reduce((sum, { undecided: count }) => sum + count, 0);
  const rehearsed = it.rehearsedAt !== null && it.rehearsalCurrent;
  const current = !rehearsed ? 1 : undecided > 0 ? 2 : 3;
  return (
    <Card size="small">
      <Steps
        size="small"
        current={current}
        items={[
          { title: 'Chuẩn bị' },
          {
            title: 'Diễn tập',
            content: rehearsed ? 'đã diễn tập bản này' : it.rehearsedAt ? 'đã sửa sau lần diễn tập' : 'chưa diễn tập',
          },
          { title: 'Việc còn dở', content: undecided > 0 ? `${undecided} việc chưa quyết` : 'đã quyết hết' },
          {
            title: it.state === 'SCHEDULED' ? 'Chờ đến ngày' : 'Thực hiện',
            content: it.decision ? null : 'cần quyết định',
          },
        ]}
      />
    </Card>
  );
}

function Facts({ it }: { it: Reorganisation }) {
  const items: { key: string; label: string; children: ReactNode; span?: number }[] = [];
  const say = (key: string, label: string, children: ReactNode) => items.push({ key, label, children });
  if (it.units.length + it.hiddenUnits > 0)
    say(
      'units',
      UNITS_WORDS[it.kind],
      <>
        <Units units={it.units} />
        {it.hiddenUnits > 0 && <div className="soft">và {it.hiddenUnits} đơn vị ngoài phạm vi được xem</div>}
      </>,
    );
  if (it.successors.length > 0)
    say(
      'successors',
      it.kind === 'FOUND' ? 'Công đoàn thành lập' : 'Đơn vị tiếp nhận',
      <ul className="plain">
        {it.successors.map(({ code, name, level, founded }) => (
          <li key={code}>
            {founded && it.state !== 'APPLIED' ? (
              <>
                {name} <Mark tone="gold">lập mới</Mark>{' '}
                <span className="soft">
                  {LEVEL_NAMES[level]}, mã {code}
                </span>
              </>
            ) : (
              <Link to={`/don-vi/${code}`}>{name}</Link>
            )}
          </li>
        ))}
      </ul>,
    );
  if (it.name) say('name', 'Tên mới', it.name);
  if (it.level) say('level', 'Cấp mới', LEVEL_NAMES[it.level]);
  if (it.parent) say('parent', 'Cấp trên mới', <Link to={`/don-vi/${it.parent.code}`}>{it.parent.name}</Link>);
  if (it.until) say('until', 'Hoạt động lại từ', printDay(it.until));
  if (it.subUnits.length > 0)
    say(
      'sub',
      'Đơn vị trực thuộc',
      <ul className="plain">
        {it.subUnits.slice(0, 8).map(({ unit, to }) => (
          <li key={unit.code}>
            {unit.name} → {nameOf(it, to)}
          </li>
        ))}
        {it.subUnits.length > 8 && <li className="soft">và {it.subUnits.length - 8} đơn vị nữa</li>}
      </ul>,
    );
  if (!it.complete) say('partial', 'Mức độ', 'một phần: đơn vị cũ vẫn tồn tại');
  say(
    'decision',
    'Quyết định',
    it.decision ? (
      <>
        Số {it.decision.number} ngày {printDay(it.decision.day)}
        {it.decision.body && <span className="soft"> · {it.decision.body}</span>}
        {it.fileId && (
          <>
            {' '}
            <a href={`/api/files/${it.fileId}`}>bản quyết định</a>
          </>
        )}
      </>
    ) : (
      <span className="soft">chưa ghi; cần có trước khi thực hiện</span>
    ),
  );
  say('unit', 'Cấp quyết', it.unit.name);
  if (it.note) say('note', 'Ghi chú', it.note);
  say('by', 'Người chuẩn bị', `${it.preparedBy}, ${printInstant(it.recordedOn)}`);
  return (
    <Card size="small" title="Nội dung">
      <Descriptions size="small" bordered column={2} items={items} />
    </Card>
  );
}

function nameOf({ successors, heirs }: Reorganisation, code: string): string {
  return [...successors, ...heirs].find((unit) => unit.code === code)?.name ?? code;
}

function Units({ units }: { units: readonly UnitRef[] }) {
  return (
    <ul className="plain">
      {units.map(({ code, name }) => (
        <li key={code}>
          <Link to={`/don-vi/${code}`}>{name}</Link>
        </li>
      ))}
    </ul>
  );
}

function History({ it }: { it: Reorganisation }) {
  return (
    <Card size="small" title="Lịch sử">
      {it.history.length === 0 ? (
        <span className="soft">Chưa có bước nào.</span>
      ) : (
        <ol className="plain people-list">
          {it.history.map(({ name, at, by, reason }, index) => (
            <li key={index}>
              <strong>{name}</strong> · {by} · {printInstant(at)}
              {reason && <div className="soft">{reason}</div>}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
