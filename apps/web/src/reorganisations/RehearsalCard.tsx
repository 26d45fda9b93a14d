import { ExperimentOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Table, Tabs } from 'antd';
import { LEVEL_NAMES } from '@lib/kernel';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { http } from '../http.js';
import { printInstant, printNumber } from '../words/format.js';
import { usePlacements, useRehearsal, useSaving } from './reorganisations.api.js';
import type { AccountChange, Placement, Rehearsal, Reorganisation } from './reorganisations.contract.js';
import { SummaryDeltas } from './SummaryDeltas.js';

/** What would change: the event applied, measured and taken back. */
export function RehearsalCard({ it }: { it: Reorganisation }) {
  const rehearsal = useRehearsal(it.id);
  const saving = useSaving<Rehearsal>();
  const rehearse = () => saving.mutate(() => http.post<Rehearsal>(`/reorganisations/${it.id}/rehearsal`));
  const held = rehearsal.data;
  return (
    <Card
      size="small"
      title={held ? `Diễn tập lúc ${printInstant(held.at)}, ${held.by}` : 'Diễn tập'}
      extra={
        it.may.includes('rehearse') && (
          <Button
            type={it.rehearsalCurrent ? 'default' : 'primary'}
            size="small"
            icon={<ExperimentOutlined />}
            loading={saving.isPending}
            onClick={rehearse}
          >
            {held ? 'Diễn tập lại' : 'Diễn tập'}
          </Button>
        )
      }
    >
      {saving.isError && <Alert type="error" showIcon title={saving.error.message} className="gap-below" />}
      {rehearsal.isPending && <Loading rows={4} />}
      {rehearsal.isError && <Failed error={rehearsal.error} onRetry={() => void rehearsal.refetch()} />}
      {rehearsal.data === null && (
        <Nothing>
          Diễn tập cho biết trước: đơn vị nào đổi chỗ, tài khoản nào đổi phạm vi, việc nào còn dở, con số nào đổi. Chưa
          có gì thay đổi thật.
        </Nothing>
      )}
      {held && !held.current && it.state === 'DRAFT' && (
        <Alert type="warning" showIcon title="Bản chuẩn bị đã sửa sau lần diễn tập này." className="gap-below" />
      )}
      {held && held.warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={held.warnings.map(({ message }) => message).join(' ')}
          className="gap-below"
        />
      )}
      {held && <Result it={it} held={held} />}
    </Card>
  );
}

function Result({ it, held }: { it: Reorganisation; held: Rehearsal }) {
  const { accounts, placements, people, asWas, asIs } = held;
  const moved = people.reduce((sum, { count }) => sum + count, 0);
  const changed = asWas.items.length + asWas.hidden + asWas.more;
  const carried = asIs.items.length + asIs.hidden + asIs.more;
  const seen = accounts.items.length + accounts.hidden + accounts.more;
  return (
    <Tabs
      items={[
        {
          key: 'placements',
          label: `Đơn vị đổi chỗ (${printNumber(placements.all)})`,
          children: <Placements it={it} held={held} />,
        },
        { key: 'accounts', label: `Tài khoản (${printNumber(seen)})`, children: <Accounts held={held} /> },
        { key: 'people', label: `Đoàn viên (${printNumber(moved)})`, children: <People held={held} /> },
        {
          key: 'summaries',
          label: `Tổng hợp kỳ (${printNumber(changed + carried)})`,
          children: (
            <>
              <SummaryDeltas title="Theo tổ chức tại thời điểm" changes={asWas} />
              <SummaryDeltas title="Quy về tổ chức hiện nay" changes={asIs} />
            </>
          ),
        },
      ]}
    />
  );
}

const CHANGES = { MOVED: 'chuyển', FOUNDED: 'thành lập', ENDED: 'kết thúc', CHANGED: 'đổi tên, cấp' } as const;
const TONES = { MOVED: 'plain', FOUNDED: 'good', ENDED: 'bad', CHANGED: 'gold' } as const;

function Placements({ it, held }: { it: Reorganisation; held: Rehearsal }) {
  const list = usePlacements(it.id, String(held.at));
  if (list.isPending) return <Loading rows={4} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  const hidden = list.data.pages[0]?.hidden ?? 0;
  return (
    <>
      <Table<Placement>
        size="small"
        rowKey={({ unit, change }) => `${unit.code}-${change}`}
        pagination={false}
        dataSource={rows}
        locale={{ emptyText: <Nothing>Không đơn vị nào đổi chỗ.</Nothing> }}
        columns={[
          {
            title: 'Đơn vị',
            key: 'unit',
            render: (_, { unit, nameAfter, levelAfter }) => (
              <>
                {unit.name}
                {nameAfter && <div className="soft">tên mới: {nameAfter}</div>}
                {levelAfter && <div className="soft">cấp mới: {LEVEL_NAMES[levelAfter]}</div>}
              </>
            ),
          },
          {
            title: 'Thay đổi',
            key: 'change',
            width: 130,
            render: (_, { change }) => <Mark tone={TONES[change]}>{CHANGES[change]}</Mark>,
          },
          { title: 'Trước', key: 'before', width: 260, render: (_, { parentBefore }) => parentBefore?.name ?? '—' },
          { title: 'Sau', key: 'after', width: 260, render: (_, { parentAfter }) => parentAfter?.name ?? '—' },
        ]}
      />
      <p className="soft">
        Tính cả cấp dưới đi theo: {printNumber(held.unitsBelow)} đơn vị đổi đường lên cấp trên.
        {hidden > 0 && ` ${printNumber(hidden)} đơn vị ngoài phạm vi được xem.`}
      </p>
      <More list={list} shown={rows.length} />
    </>
  );
}

function Accounts({ held: { accounts, tasks } }: { held: Rehearsal }) {
  return (
    <>
      <Table<AccountChange>
        size="small"
        rowKey={({ name, role, unit }) => `${name}-${role}-${unit.code}`}
        pagination={accounts.items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        dataSource={[...accounts.items]}
        locale={{ emptyText: <Nothing>Không tài khoản nào đổi phạm vi.</Nothing> }}
        columns={[
          {
            title: 'Tài khoản',
            key: 'name',
            render: (_, { name, roleName }) => (
              <>
                {name}
                <div className="soft">{roleName}</div>
              </>
            ),
          },
          {
            title: 'Vai trò tại',
            key: 'unit',
            render: (_, { unit, follows, fromUnit }) =>
              follows && fromUnit ? `${fromUnit.name} → ${unit.name}` : unit.name,
          },
          {
            title: 'Phạm vi',
            key: 'reach',
            width: 260,
            render: (_, { gains, loses, follows }) => (
              <>
                {follows && gains + loses === 0 && <Mark tone="gold">chuyển sang đơn vị tiếp nhận</Mark>}
                {gains > 0 && <Mark tone="good">thêm {printNumber(gains)} đơn vị</Mark>}{' '}
                {loses > 0 && <Mark tone="warn">bớt {printNumber(loses)} đơn vị</Mark>}
              </>
            ),
          },
        ]}
      />
      {accounts.hidden > 0 && (
        <p className="soft">Và {printNumber(accounts.hidden)} tài khoản ngoài phạm vi được xem.</p>
      )}
      {accounts.more > 0 && <p className="soft">Và {printNumber(accounts.more)} tài khoản khác không liệt kê.</p>}
      {tasks > 0 && <p className="soft">{printNumber(tasks)} việc trên bàn làm việc chuyển theo.</p>}
    </>
  );
}

function People({ held: { people } }: { held: Rehearsal }) {
  if (people.length === 0) return <Nothing>Không đoàn viên nào chuyển sinh hoạt.</Nothing>;
  return (
    <ul className="plain people-list">
      {people.map(({ from, to, count }) => (
        <li key={`${from.code}-${to.code}`}>
          <strong>{printNumber(count)}</strong> đoàn viên: {from.name} → {to.name}
        </li>
      ))}
    </ul>
  );
}
