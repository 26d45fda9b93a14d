import { Alert, Button, Card, Form, Input, Modal, Segmented, Space } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { FileField } from '../awards/FileField.js';
import type { Warned } from '../contract.js';
import { ExcelButton } from '../common/ExcelButton.js';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotFound } from '../common/states.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { printDay, printInstant } from '../words/format.js';
import { MEMBER_ROLE_NAMES, PRESENCE_NAMES, useSitting, useSittingSaving } from './councils.api.js';
import type { Presence, Sitting } from './councils.contract.js';
import { MoveSittingDialog } from './SittingDialog.js';
import { ReadyLinesDialog } from './ReadyLinesDialog.js';
import { VoteCard } from './VoteCard.js';

/** The committee's page: who is there, what is put before it, how it voted, the minutes. */
export function SittingPage() {
  const id = Number(useParams()['id']);
  return Number.isInteger(id) ? <Loaded id={id} /> : <NotFound />;
}

function Loaded({ id }: { id: number }) {
  const sitting = useSitting(id);
  if (sitting.isPending) return <Loading rows={10} />;
  if (sitting.isError) return <Failed error={sitting.error} onRetry={() => void sitting.refetch()} />;
  return <SittingView sitting={sitting.data} />;
}

function SittingView({ sitting }: { sitting: Sitting }) {
  const { may } = useSession();
  const saving = useSittingSaving(sitting.id);
  const [dialog, setDialog] = useState<'lines' | 'move' | 'cancel' | null>(null);
  const [warnings, setWarnings] = useState<readonly Warned[]>([]);
  const at = `/sittings/${sitting.id}`;
  const take = (step: string, reason?: string) =>
    saving.mutateAsync(() =>
      http.post<Sitting>(`${at}/steps`, { step, version: sitting.version, ...(reason ? { reason } : {}) }),
    );
  const changing = sitting.mayKeep && (sitting.state === 'PLANNED' || sitting.state === 'OPEN');
  return (
    <div className="stack">
      <PageHead
        title={`Phiên họp ngày ${printDay(sitting.day)}`}
        back={{ to: '/hoi-dong', label: 'Hội đồng' }}
        sub={
          <>
            {sitting.council.name} · {sitting.unit?.name}
            {sitting.place && ` · ${sitting.place}`} <Mark tone="gold">{sitting.stateName}</Mark>
          </>
        }
        actions={
          <>
            <ExcelButton path={`/sittings/${sitting.id}`} />
            {sitting.mayKeep && sitting.state === 'PLANNED' && (
              <Button onClick={() => setDialog('move')}>Đổi lịch</Button>
            )}
            {changing && <Button onClick={() => setDialog('lines')}>Đưa đề nghị ra phiên</Button>}
            {sitting.steps.map(({ step, name }) => (
              <Button
                key={step}
                danger={step === 'cancel'}
                type={step === 'cancel' ? 'default' : 'primary'}
                loading={saving.isPending}
                onClick={() => (step === 'cancel' ? setDialog('cancel') : take(step).catch(() => undefined))}
              >
                {name}
              </Button>
            ))}
            {sitting.state === 'CLOSED' && (may('commendation.decide') || may('commendation.issue')) && (
              <Link to={`/quyet-dinh/moi?don-vi=${sitting.unit?.code ?? ''}`}>
                <Button type="primary">Soạn quyết định</Button>
              </Link>
            )}
          </>
        }
      />
      {warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          closable={{ onClose: () => setWarnings([]) }}
          title="Cần Hội đồng lưu ý"
          description={warnings.map(({ message }) => (
            <div key={message}>{message}</div>
          ))}
        />
      )}
      {saving.isError && <Alert type="error" showIcon title={saving.error.message} />}
      <Roll
        sitting={sitting}
        onCall={(members) =>
          saving.mutate(() => http.put<Sitting>(`${at}/presence`, { members, version: sitting.version }))
        }
      />
      {sitting.hiddenLines > 0 && (
        <Alert type="info" showIcon title={`Còn ${sitting.hiddenLines} dòng hạn chế người xem.`} />
      )}
      {sitting.lines.length === 0 && <Alert type="info" title="Chưa có đề nghị nào được đưa ra phiên." />}
      {sitting.lines.map((line) => (
        <VoteCard key={`${line.line}-${line.version}`} sitting={sitting} line={line} />
      ))}
      <Card size="small" title="Biên bản">
        {sitting.minutes ? (
          <a href={`/api/files/${sitting.minutes.id}`}>{sitting.minutes.name}</a>
        ) : (
          <span className="soft">Chưa có biên bản.</span>
        )}
        {sitting.mayKeep && sitting.state === 'OPEN' && (
          <div className="gap-above">
            <FileField
              classification="INTERNAL"
              value={null}
              onChange={(fileId) =>
                fileId !== null && saving.mutate(() => http.put<Sitting>(`${at}/minutes`, { fileId }))
              }
            />
          </div>
        )}
      </Card>
      {sitting.history.length > 0 && (
        <Card size="small" title="Lịch sử">
          <ul className="plain">
            {sitting.history.map(({ name, at: when, by, reason }) => (
              <li key={when}>
                {name} · {by} · {printInstant(when)} {reason && <span className="soft">({reason})</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {dialog === 'lines' && <ReadyLinesDialog sitting={sitting} onPut={setWarnings} onClose={() => setDialog(null)} />}
      {dialog === 'move' && <MoveSittingDialog sitting={sitting} onClose={() => setDialog(null)} />}
      {dialog === 'cancel' && (
        <FormDialog<{ reason: string }>
          title="Huỷ phiên họp"
          okText="Huỷ phiên"
          danger
          fields={[['reason']]}
          save={({ reason }) => take('cancel', reason)}
          onDone={() => setDialog(null)}
          onClose={() => setDialog(null)}
        >
          <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 3, message: 'Ghi lý do.' }]}>
            <Input.TextArea maxLength={500} />
          </Form.Item>
        </FormDialog>
      )}
    </div>
  );
}

const PRESENCES = Object.entries(PRESENCE_NAMES).map(([value, label]) => ({ value: value as Presence, label }));

/** Calling the roll once votes were entered asks for their outcomes again: they were held against the old one. */
function Roll({
  sitting,
  onCall,
}: {
  sitting: Sitting;
  onCall: (members: { member: number; presence: Presence }[]) => void;
}) {
  const [modal, context] = Modal.useModal();
  const { total, present, consulted } = sitting.attendance;
  const calling = sitting.mayKeep && sitting.state === 'OPEN';
  const call = (members: { member: number; presence: Presence }[]) => {
    if (sitting.votedCount === 0) return onCall(members);
    void modal.confirm({
      title: 'Đổi điểm danh sau khi đã ghi kết quả',
      content: 'Số phiếu vẫn giữ; kết quả từng dòng phải ghi lại theo điểm danh mới.',
      okText: 'Đổi điểm danh',
      cancelText: 'Thôi',
      onOk: () => onCall(members),
    });
  };
  return (
    <Card
      size="small"
      title={
        sitting.state === 'PLANNED'
          ? `Thành viên (${total})`
          : `Điểm danh: ${present} có mặt, ${consulted} gửi phiếu, trên ${total}`
      }
      extra={
        calling && (
          <Button onClick={() => call(sitting.members.map(({ member }) => ({ member, presence: 'PRESENT' })))}>
            Có mặt đủ
          </Button>
        )
      }
    >
      {context}
      <ul className="plain spaced">
        {sitting.members.map(({ member, name, role, presence }) => (
          <li key={member}>
            <Space wrap>
              <span style={{ display: 'inline-block', width: 420 }}>
                {name} <span className="soft">{MEMBER_ROLE_NAMES[role]}</span>
              </span>
              {calling ? (
                <Segmented
                  aria-label={`Điểm danh ${name}`}
                  size="small"
                  options={PRESENCES}
                  value={presence}
                  onChange={(value) => call([{ member, presence: value }])}
                />
              ) : (
                sitting.state !== 'PLANNED' && (
                  <Mark tone={presence === 'ABSENT' ? 'plain' : 'good'}>{PRESENCE_NAMES[presence]}</Mark>
                )
              )}
            </Space>
          </li>
        ))}
      </ul>
    </Card>
  );
}
