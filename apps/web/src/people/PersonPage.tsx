import { Button, Card, Descriptions, Space } from 'antd';
import { useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed } from '../common/states.js';
import { useSession } from '../session/session.js';
import { printAnyDay } from '../words/format.js';
import { AwardsCard } from './AwardsCard.js';
import { CareerCards } from './CareerCards.js';
import { EditPersonDialog, MoveDialog } from './dialogs.js';
import { MembershipCard } from './MembershipCard.js';
import { MergedCard } from './MergedCard.js';
import { usePerson } from './people.api.js';
import type { PersonProfile } from './people.contract.js';
import { GENDER_NAMES, personLine } from './words.js';

/** One person whole: who he is, where he belonged, what he did and what he was honoured for. */
export function PersonPage() {
  const { may } = useSession();
  const { id = '' } = useParams();
  const person = usePerson(id);
  if (!may('person.read')) return <NotAllowed what="xem hồ sơ đoàn viên" />;
  if (person.isPending) return <Loading rows={10} />;
  if (person.isError) return <Failed error={person.error} onRetry={() => void person.refetch()} />;
  // A merged record is read under the one that stands.
  if (String(person.data.id) !== id) return <Navigate to={`/doan-vien/${person.data.id}`} replace />;
  return <Profile person={person.data} />;
}

function Profile({ person }: { person: PersonProfile }) {
  const { may } = useSession();
  const [open, setOpen] = useState<'edit' | 'move' | null>(null);
  const records = may('person.record');
  return (
    <>
      <PageHead
        title={person.name}
        back={{ to: '/doan-vien', label: 'Đoàn viên' }}
        sub={personLine(person)}
        actions={
          records && (
            <Space>
              <Button onClick={() => setOpen('edit')}>Sửa hồ sơ</Button>
              <Button type="primary" onClick={() => setOpen('move')}>
                Chuyển sinh hoạt
              </Button>
            </Space>
          )
        }
      />
      {person.duplicates > 0 && (
        <p>
          <Mark tone="warn">có thể trùng</Mark> Có {person.duplicates} đề xuất hồ sơ này trùng với hồ sơ khác.{' '}
          <Link to="/doan-vien?xem=trung">Xem các đề xuất</Link>
        </p>
      )}
      <Card title="Nhân thân" size="small" className="gap-below">
        <Descriptions
          size="small"
          column={3}
          items={[
            ['Năm sinh', person.birthYear ?? 'chưa rõ'],
            ['Giới tính', person.gender ? GENDER_NAMES[person.gender] : 'chưa rõ'],
            ['Đơn vị', person.unit?.name ?? '—'],
            ['Mã đoàn viên', person.memberCard ?? '—'],
            ['Số hiệu', person.serviceNumber ?? '—'],
            ['Ngày kết nạp', printAnyDay(person.admittedOn)],
            ...(person.classification === 'RESTRICTED' ? [['Phân loại', 'Hạn chế'] as const] : []),
            ...(person.accounts
              ? [
                  [
                    'Tài khoản',
                    person.accounts.map(({ name, username }) => `${name} (${username})`).join('; ') || 'không có',
                  ] as const,
                ]
              : []),
          ].map(([label, children]) => ({ key: String(label), label, children }))}
        />
      </Card>
      <MembershipCard person={person} />
      <CareerCards person={person} />
      {may('award.read') && <AwardsCard personId={person.id} />}
      <MergedCard person={person} />
      {open === 'edit' && <EditPersonDialog person={person} onClose={() => setOpen(null)} />}
      {open === 'move' && <MoveDialog person={person} past={false} onClose={() => setOpen(null)} />}
    </>
  );
}
