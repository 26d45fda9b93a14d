import { PaperClipOutlined } from '@ant-design/icons';
import { Button, Card, Space, Table } from 'antd';
import { useState } from 'react';
import { Mark } from '../common/Mark.js';
import { printAnyDay } from '../words/format.js';
import type { Agreement, Confirmation, Member } from './agreements.contract.js';
import { ConfirmDialog, ExcuseDialog } from './member-dialogs.js';

type Dialog = { is: 'confirm' | 'excuse'; member: Member } | null;

/** Who has signed, on which day, with which paper; late ones are marked. */
export function MembersCard({ agreement }: { agreement: Agreement }) {
  const [dialog, setDialog] = useState<Dialog>(null);
  const { memberUnits, signed, members, signBy } = agreement;
  const close = () => setDialog(null);
  return (
    <Card
      size="small"
      title={`Xác nhận ký (${signed}/${members} đơn vị)`}
      extra={signBy && <span className="soft">Ngày ký: {printAnyDay(signBy)}</span>}
    >
      <Table<Member>
        size="small"
        rowKey={({ unit }) => unit?.code ?? 'hidden'}
        pagination={false}
        dataSource={[...memberUnits]}
        locale={{ emptyText: 'Chưa có đơn vị thành viên.' }}
        columns={[
          { title: 'Đơn vị', render: (_, { unit }) => unit?.name ?? <em>Đơn vị hạn chế người xem</em> },
          { title: 'Xác nhận', render: (_, member) => <Confirmed member={member} /> },
          { title: 'Bản ký', width: 170, render: (_, { confirmation }) => <Paper confirmation={confirmation} /> },
          {
            key: 'may',
            width: 230,
            render: (_, member) => (
              <Space size={4} wrap>
                {member.may.includes('confirm') && (
                  <Button size="small" onClick={() => setDialog({ is: 'confirm', member })}>
                    {member.confirmation ? 'Sửa, kèm bản ký' : 'Xác nhận đã ký'}
                  </Button>
                )}
                {member.may.includes('excuse') && (
                  <Button size="small" type="link" onClick={() => setDialog({ is: 'excuse', member })}>
                    Không chờ đơn vị này
                  </Button>
                )}
              </Space>
            ),
          },
        ]}
      />
      {dialog?.is === 'confirm' && <ConfirmDialog agreement={agreement} member={dialog.member} onClose={close} />}
      {dialog?.is === 'excuse' && <ExcuseDialog agreement={agreement} member={dialog.member} onClose={close} />}
    </Card>
  );
}

function Confirmed({ member: { confirmation, excused, late, earlier } }: { member: Member }) {
  return (
    <>
      {confirmation ? (
        <>
          {confirmation.signerName}
          {confirmation.signerPost && `, ${confirmation.signerPost}`} · {printAnyDay(confirmation.day)}{' '}
          <div className="soft">
            {confirmation.recordedBy} {confirmation.enteredFor ? 'nhập thay' : 'xác nhận'} ngày{' '}
            {printAnyDay(confirmation.recordedOn)}
            {confirmation.source && ` · ${confirmation.source}`}
            {earlier.length > 0 && ` · đã sửa ${earlier.length} lần: ${confirmation.reason ?? ''}`}
          </div>
        </>
      ) : (
        <span className="soft">chưa xác nhận </span>
      )}
      {late && <Mark tone="warn">{confirmation ? 'ký muộn' : 'quá ngày ký'}</Mark>}{' '}
      {excused && (
        <Mark tone="plain" title={`${excused.by}, ${printAnyDay(excused.on)}: ${excused.reason}`}>
          {confirmation ? 'không chờ bản ký' : 'không chờ ký'}: {excused.reason}
        </Mark>
      )}
    </>
  );
}

function Paper({ confirmation }: { confirmation: Confirmation | null }) {
  if (!confirmation) return <span className="soft">—</span>;
  if (!confirmation.fileId) return <Mark tone="warn">chưa kèm bản ký</Mark>;
  return (
    <a href={`/api/files/${confirmation.fileId}`}>
      <PaperClipOutlined aria-hidden /> bản ký
    </a>
  );
}
