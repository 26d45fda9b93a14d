import { Alert, Button, Card, Descriptions, Form, Input, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { FileField } from '../awards/FileField.js';
import type { Id } from '../contract.js';
import { ExcelButton } from '../common/ExcelButton.js';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotFound } from '../common/states.js';
import { http } from '../http.js';
import { printAnyDay, printInstant } from '../words/format.js';
import { printNumber, printWord, STATE_TONES, useCommendation, useCommendationSaving } from './commendations.api.js';
import type { Commendation, CommendationLine, CommendationSaved } from './commendations.contract.js';
import { SignDialog } from './SignDialog.js';

/** One decision: what the council said beside what is decided, the number and the paper, and its steps to the register. */
export function CommendationPage() {
  const id = Number(useParams()['id']);
  const decision = useCommendation(Number.isInteger(id) ? id : null);
  if (!Number.isInteger(id)) return <NotFound />;
  if (decision.isPending) return <Loading rows={10} />;
  if (decision.isError) return <Failed error={decision.error} onRetry={() => void decision.refetch()} />;
  return <Decision decision={decision.data} />;
}

const ROUTES = { decide: 'decision', return: 'return', issue: 'issue', cancel: 'cancellation' } as const;
type Asked = 'sign' | 'return' | 'cancel' | 'minutes' | null;

function Decision({ decision }: { decision: Commendation }) {
  const saving = useCommendationSaving();
  const [asked, setAsked] = useState<Asked>(null);
  const [modal, context] = Modal.useModal();
  const at = `/commendations/${decision.id}`;
  const take = (step: keyof typeof ROUTES, reason?: string) =>
    saving.mutateAsync(() =>
      http.post<Commendation | CommendationSaved>(`${at}/${ROUTES[step]}`, {
        version: decision.version,
        ...(reason ? { reason } : {}),
      }),
    );
  const press = (step: Commendation['steps'][number]['step']) => {
    if (step === 'sign' || step === 'return' || step === 'cancel') return setAsked(step);
    if (step === 'prepare') return;
    if (step === 'decide') return void take(step).catch(() => undefined);
    void modal.confirm({
      title: 'Ban hành quyết định',
      content:
        'Danh sách được ghi vào sổ vàng và các đơn vị được báo. Sau khi ban hành chỉ còn đính chính hoặc huỷ trong sổ.',
      okText: 'Ban hành',
      cancelText: 'Thôi',
      onOk: () => take('issue').catch(() => undefined),
    });
  };
  const settled = decision.state === 'ISSUED' || decision.state === 'CANCELLED';
  const keepsMinutes = !settled && (decision.mayChange || decision.steps.length > 0);
  const batches = [...new Set(decision.lines.flatMap(({ batch }) => (batch === null ? [] : [batch])))];
  return (
    <div className="stack">
      {context}
      <PageHead
        title={decision.title}
        back={{ to: '/quyet-dinh', label: 'Quyết định khen thưởng' }}
        sub={
          <>
            {decision.number ? `Quyết định số ${printNumber(decision)}` : 'Chưa có số'} · {decision.unit?.name}{' '}
            <Mark tone={STATE_TONES[decision.state]}>{decision.stateName}</Mark>
          </>
        }
        actions={
          <>
            <ExcelButton path={`/commendations/${decision.id}`} />
            {keepsMinutes && <Button onClick={() => setAsked('minutes')}>Kèm biên bản</Button>}
            {decision.mayChange && (
              <Link to={`/quyet-dinh/${decision.id}/sua`}>
                <Button>Sửa dự thảo</Button>
              </Link>
            )}
            {decision.steps.map(({ step, name }) => (
              <Button
                key={step}
                danger={step === 'cancel'}
                type={step === 'cancel' || step === 'return' ? 'default' : 'primary'}
                loading={saving.isPending}
                onClick={() => press(step)}
              >
                {name}
              </Button>
            ))}
          </>
        }
      />
      {saving.isError && <Alert type="error" showIcon title={saving.error.message} />}
      {decision.state === 'SIGNED' && (
        <Alert type="info" showIcon title="Đang chốt danh sách và bản ký; trang tự cập nhật." />
      )}
      {batches.length > 0 && (
        <Alert
          type="success"
          showIcon
          title={
            <>
              Đã ghi sổ vàng:{' '}
              {batches.map((batch, place) => (
                <Link key={batch} to={`/so-vang/${batch}`} style={{ marginRight: 12 }}>
                  {batches.length > 1 ? `đợt khen thứ ${place + 1}` : 'xem đợt khen'}
                </Link>
              ))}
            </>
          }
        />
      )}
      <Card size="small">
        <Facts decision={decision} />
      </Card>
      <Table<CommendationLine>
        size="small"
        rowKey="line"
        pagination={false}
        dataSource={[...decision.lines]}
        columns={COLUMNS}
      />
      {decision.hiddenLines > 0 && (
        <Alert type="info" showIcon title={`Còn ${decision.hiddenLines} dòng ngoài phạm vi được xem.`} />
      )}
      {decision.history.length > 0 && (
        <Card size="small" title="Các bước">
          <ul className="plain">
            {decision.history.map(({ name, at: when, by, reason }) => (
              <li key={when + name}>
                {name} · {by} · {printInstant(when)} {reason && <span className="soft">({reason})</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {asked === 'minutes' && (
        <FormDialog<{ fileId: Id }>
          title={decision.minutes ? 'Thay biên bản họp' : 'Kèm biên bản họp'}
          okText="Kèm"
          fields={[['fileId']]}
          save={({ fileId }) =>
            saving.mutateAsync(() => http.put<Commendation>(`${at}/minutes`, { fileId, version: decision.version }))
          }
          onDone={() => setAsked(null)}
          onClose={() => setAsked(null)}
        >
          <p className="hint">
            Biên bản họp của {decision.organName} xét khen thưởng; cần khi một người vừa đề nghị vừa quyết định, vì đơn
            vị ít người.
          </p>
          <Form.Item name="fileId" label="Biên bản" rules={[{ required: true, message: 'Chọn tệp biên bản.' }]}>
            <FileField classification="INTERNAL" />
          </Form.Item>
        </FormDialog>
      )}
      {asked === 'sign' && <SignDialog decision={decision} onClose={() => setAsked(null)} />}
      {(asked === 'return' || asked === 'cancel') && (
        <FormDialog<{ reason: string }>
          title={asked === 'return' ? 'Trả lại dự thảo' : 'Huỷ quyết định'}
          okText={asked === 'return' ? 'Trả lại' : 'Huỷ quyết định'}
          danger={asked === 'cancel'}
          fields={[['reason']]}
          save={({ reason }) => take(asked, reason)}
          onDone={() => setAsked(null)}
          onClose={() => setAsked(null)}
        >
          {asked === 'cancel' && decision.number && (
            <p className="hint">Số đã cấp vẫn giữ, không dùng lại cho quyết định khác.</p>
          )}
          <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 3, message: 'Ghi lý do.' }]}>
            <Input.TextArea maxLength={500} />
          </Form.Item>
        </FormDialog>
      )}
    </div>
  );
}

function Facts({ decision }: { decision: Commendation }) {
  const { signer, file, minutes, fingerprints } = decision;
  const items = [
    { key: 'organ', label: 'Thẩm quyền', children: decision.organName },
    { key: 'number', label: 'Số, ký hiệu', children: printNumber(decision) },
    { key: 'day', label: 'Ngày', children: printAnyDay(decision.day) },
    { key: 'signer', label: 'Người ký', children: [signer.post, signer.name].filter(Boolean).join(', ') || '—' },
    { key: 'file', label: 'Bản ký', children: file ? <a href={`/api/files/${file.id}`}>{file.name}</a> : '—' },
    ...(minutes
      ? [{ key: 'minutes', label: 'Biên bản', children: <a href={`/api/files/${minutes.id}`}>{minutes.name}</a> }]
      : []),
    ...(fingerprints
      ? [
          {
            key: 'print',
            label: 'Dấu vân danh sách, bản ký',
            children: `${fingerprints.list.slice(0, 12)}… · ${fingerprints.file.slice(0, 12)}…`,
          },
        ]
      : []),
  ];
  return <Descriptions size="small" column={2} items={items} />;
}

const COLUMNS: TableColumnsType<CommendationLine> = [
  {
    title: 'Được đề nghị',
    key: 'name',
    render: (_, { name, birthYear, unit, achievement }) => (
      <>
        {[name, birthYear].filter(Boolean).join(', ')}
        <div className="soft">{[unit?.name, achievement].filter(Boolean).join(' · ')}</div>
      </>
    ),
  },
  { title: 'Đề nghị', key: 'asked', width: 160, render: (_, { asked }) => asked.name },
  { title: 'Hội đồng', key: 'council', width: 260, render: (_, { council }) => printWord(council) },
  {
    title: 'Quyết định',
    key: 'given',
    width: 260,
    render: (_, { given, differs, reason, warnings }) => (
      <>
        <strong>{given?.name ?? 'Không khen thưởng'}</strong> {differs && <Mark tone="warn">khác Hội đồng</Mark>}
        {reason && <div className="soft">{reason}</div>}
        {warnings.map(({ code, message }) => (
          <div key={code} className="soft">
            ⚠ {message}
          </div>
        ))}
      </>
    ),
  },
  {
    title: 'Sổ vàng',
    key: 'batch',
    width: 110,
    render: (_, { batch }) => (batch === null ? '—' : <Link to={`/so-vang/${batch}`}>Mở</Link>),
  },
];
