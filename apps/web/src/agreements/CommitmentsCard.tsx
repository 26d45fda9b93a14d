import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Card, Progress, Space, Table } from 'antd';
import { useState } from 'react';
import { Mark } from '../common/Mark.js';
import { http } from '../http.js';
import { printAnyDay, printNumber } from '../words/format.js';
import { ADDRESSEE_NAMES, CATEGORY_NAMES, STANDING_MARKS, useAgreementSaving } from './agreements.api.js';
import type { Agreement, Commitment, CommitmentUnit } from './agreements.contract.js';
import { CommitmentDialog, OutcomeDialog, ProgressDialog } from './commitment-dialogs.js';
import { reportersOf } from './members.js';

type Dialog =
  | { is: 'line'; line: Commitment | null }
  | { is: 'progress'; line: Commitment }
  | { is: 'outcome'; line: Commitment }
  | null;

/** Lines of the agreement: who promised what by when, how far it is, how it ended. */
export function CommitmentsCard({ agreement }: { agreement: Agreement }) {
  const [dialog, setDialog] = useState<Dialog>(null);
  const { commitments, may } = agreement;
  const close = () => setDialog(null);
  const edits = may.includes('commitments');
  const standings = commitments.flatMap(({ units }) => units.map(({ standing }) => standing));
  const overdue = standings.filter((one) => one === 'OVERDUE').length;
  return (
    <Card
      size="small"
      title={
        <>
          Cam kết ({commitments.length}) {overdue > 0 && <Mark tone="warn">{overdue} việc quá hạn</Mark>}
        </>
      }
      extra={
        edits && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setDialog({ is: 'line', line: null })}>
            Thêm cam kết
          </Button>
        )
      }
    >
      <Table<Commitment>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...commitments]}
        locale={{ emptyText: 'Chưa có cam kết.' }}
        expandable={{
          expandedRowRender: unitsOf,
          rowExpandable: ({ units }) => units.length > 0,
        }}
        columns={[
          { title: 'Cam kết', render: (_, line) => <What line={line} /> },
          {
            title: 'Đơn vị',
            width: 200,
            render: (_, { ofAll, owner }) => (ofAll ? 'Mọi đơn vị' : (owner?.name ?? '—')),
          },
          { title: 'Hạn', width: 105, render: (_, { deadline }) => printAnyDay(deadline) },
          { title: 'Kết quả', width: 190, render: (_, line) => <Result line={line} /> },
          {
            key: 'may',
            width: 190,
            render: (_, line) => (
              <Space size={0} wrap>
                {reportersOf(agreement, line).length > 0 && (
                  <>
                    <Button type="link" size="small" onClick={() => setDialog({ is: 'progress', line })}>
                      Báo tiến độ
                    </Button>
                    <Button type="link" size="small" onClick={() => setDialog({ is: 'outcome', line })}>
                      Ghi kết quả
                    </Button>
                  </>
                )}
                {edits && (
                  <>
                    <Button type="link" size="small" onClick={() => setDialog({ is: 'line', line })}>
                      Sửa
                    </Button>
                    <RemoveButton agreement={agreement} line={line} />
                  </>
                )}
              </Space>
            ),
          },
        ]}
      />
      {dialog?.is === 'line' && <CommitmentDialog agreement={agreement} line={dialog.line} onClose={close} />}
      {dialog?.is === 'progress' && <ProgressDialog agreement={agreement} line={dialog.line} onClose={close} />}
      {dialog?.is === 'outcome' && <OutcomeDialog agreement={agreement} line={dialog.line} onClose={close} />}
    </Card>
  );
}

function What({ line }: { line: Commitment }) {
  const target = [line.target, line.targetValue !== null && `${printNumber(line.targetValue)} ${line.measure ?? ''}`]
    .filter(Boolean)
    .join(' – ');
  const to = line.addressees.map((one) => ADDRESSEE_NAMES[one]).join(', ');
  return (
    <>
      {line.content}
      <div className="soft">
        {[CATEGORY_NAMES[line.category], target && `chỉ tiêu: ${target}`, to && `cam kết với ${to}`, line.campaign]
          .filter(Boolean)
          .join(' · ')}
        {line.carriedFrom !== null && ' · chuyển từ năm trước'}
      </div>
    </>
  );
}

/** One mark per way it stands, with the number of units where it binds several; progress against the target. */
function Result({ line }: { line: Commitment }) {
  const counts = new Map<CommitmentUnit['standing'], number>();
  for (const { standing } of line.units) counts.set(standing, (counts.get(standing) ?? 0) + 1);
  const [only] = line.units;
  return (
    <>
      {[...counts].map(([standing, count]) => (
        <Mark key={standing} tone={STANDING_MARKS[standing].tone}>
          {STANDING_MARKS[standing].name}
          {line.units.length > 1 && ` ${count}/${line.units.length}`}
        </Mark>
      ))}
      {line.units.length === 1 && only && <Bar line={line} unit={only} />}
    </>
  );
}

function Bar({ line, unit }: { line: Commitment; unit: CommitmentUnit }) {
  const latest = unit.progress.findLast(({ value }) => value !== null)?.value;
  if (!line.targetValue || latest === undefined || latest === null) return null;
  const percent = Math.floor((latest * 100) / line.targetValue);
  return (
    <Progress
      size="small"
      percent={Math.min(100, percent)}
      format={() => `${printNumber(latest)}/${printNumber(line.targetValue ?? 0)}`}
      aria-label={`Tiến độ ${percent}%`}
    />
  );
}

function unitsOf(line: Commitment) {
  return <Units line={line} />;
}

/** Per bound unit: entries with their evidence, and how it ended. */
function Units({ line }: { line: Commitment }) {
  return (
    <ul>
      {line.units.map((unit, i) => (
        <li key={unit.unit?.code ?? i}>
          <strong>{unit.unit?.name ?? 'Đơn vị hạn chế người xem'}</strong>{' '}
          <Mark tone={STANDING_MARKS[unit.standing].tone}>{STANDING_MARKS[unit.standing].name}</Mark>
          {unit.outcome && (
            <span className="soft">
              {' '}
              {printAnyDay(unit.outcome.day)}
              {unit.outcome.reason && ` – ${unit.outcome.reason}`} ({unit.outcome.recordedBy}
              {unit.outcome.enteredFor && ' nhập thay'}){' '}
              {unit.outcome.fileId && <a href={`/api/files/${unit.outcome.fileId}`}>minh chứng</a>}
            </span>
          )}
          {line.units.length > 1 && <Bar line={line} unit={unit} />}
          {unit.progress.map((entry) => (
            <div key={entry.id} className="soft">
              {printAnyDay(entry.day)}: {entry.body}
              {entry.value !== null && ` (${printNumber(entry.value)} ${line.measure ?? ''})`}{' '}
              {entry.fileId && <a href={`/api/files/${entry.fileId}`}>minh chứng</a>}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

function RemoveButton({ agreement, line }: { agreement: Agreement; line: Commitment }) {
  const { modal, message } = App.useApp();
  const keep = useAgreementSaving();
  const ask = () =>
    void modal.confirm({
      title: 'Bỏ cam kết này khỏi dự thảo?',
      content: line.content,
      okText: 'Bỏ',
      cancelText: 'Thôi',
      onOk: () =>
        keep(
          http
            .remove(`/agreements/${agreement.id}/commitments/${line.id}?version=${agreement.version}`)
            .then(() => http.get<Agreement>(`/agreements/${agreement.id}`)),
        ).catch((error: unknown) => void message.error(error instanceof Error ? error.message : 'Có lỗi xảy ra.')),
    });
  return (
    <Button type="link" size="small" danger onClick={ask}>
      Bỏ
    </Button>
  );
}
