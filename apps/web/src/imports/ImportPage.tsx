import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Progress, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotFound } from '../common/states.js';
import { printAnyDay, printInstant, printNumber } from '../words/format.js';
import { AcceptDialog, UndoDialog } from './dialogs.js';
import { ImportRows } from './ImportRows.js';
import { isAtWork, useForgetting, useImport, useImportStep } from './imports.api.js';
import type { ImportDetail } from './imports.contract.js';
import { againLink, PHASE_NAMES, resultLink, STATE_TONES, VERDICT_NAMES, VERDICT_TONES, VERDICTS } from './words.js';
import './imports.css';

/** One list on its way: read, checked, accepted, undone. It goes on without the page, and is found here again. */
export function ImportPage() {
  const id = Number(useParams()['id']);
  const told = useImport(id);
  if (!Number.isInteger(id)) return <NotFound />;
  if (told.isPending) return <Loading rows={8} />;
  if (told.isError) return <Failed error={told.error} onRetry={() => void told.refetch()} />;
  return <Import key={id} told={told.data} />;
}

function Import({ told }: { told: ImportDetail }) {
  const [dialog, setDialog] = useState<'accept' | 'undo' | null>(null);
  const step = useImportStep(told.id);
  useFreshness(told);
  const may = (name: string) => told.steps.some(({ step: open }) => open === name);
  const take = (name: 'recheck' | 'abandonment') => step.mutate({ step: name, body: { version: told.version } });
  const { counts } = told;
  return (
    <div className="stack">
      <PageHead
        title={`${told.kindTitle}: ${told.fileName}`}
        back={{ to: '/nhap-excel', label: 'Nhập từ Excel' }}
        sub={
          <>
            Lần nhập số {told.id} · {told.unit?.name ?? 'Toàn hệ thống'} · {told.by}, {printInstant(told.createdAt)}{' '}
            <Mark tone={STATE_TONES[told.state]}>{told.stateName}</Mark>
          </>
        }
        actions={
          <>
            <a href={`/api/files/${told.fileId}`}>
              <Button icon={<DownloadOutlined aria-hidden />}>Tệp đã gửi</Button>
            </a>
            {may('recheck') && (
              <Button loading={step.isPending} onClick={() => take('recheck')}>
                Kiểm tra lại
              </Button>
            )}
            {may('abandon') && !isAtWork(told.state) && (
              <Button onClick={() => take('abandonment')}>Bỏ, không nhập</Button>
            )}
            {may('undo') && (
              <Button danger onClick={() => setDialog('undo')}>
                Hoàn tác
              </Button>
            )}
            {may('accept') && counts && counts.NEW + counts.CHANGED > 0 && (
              <Button type="primary" onClick={() => setDialog('accept')}>
                Chấp nhận, ghi vào hệ thống
              </Button>
            )}
          </>
        }
      />
      {step.isError && <Alert type="error" showIcon title={step.error.message} />}
      {isAtWork(told.state) && <Working told={told} />}
      {told.problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          title="Chưa nhập được tệp này"
          description={
            <>
              {told.problems.map(({ code, message }) => (
                <div key={code}>{message}</div>
              ))}
              <Link to={againLink(told)}>Gửi tệp khác</Link>
            </>
          }
        />
      )}
      {told.sameFile && told.state === 'CHECKED' && (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              Đúng tệp này đã được ghi ngày {printAnyDay(told.sameFile.day)} (
              <Link to={`/nhap-excel/${told.sameFile.importId}`}>lần nhập số {told.sameFile.importId}</Link>).
            </>
          }
        />
      )}
      {told.state === 'ACCEPTED' && <Written told={told} />}
      {counts && (
        <Card size="small" aria-label="Kết quả đọc thử">
          <Space wrap size={28}>
            {VERDICTS.map((verdict) => (
              <span key={verdict} className="import-count">
                <strong>{printNumber(counts[verdict])}</strong>{' '}
                <Mark tone={counts[verdict] > 0 ? VERDICT_TONES[verdict] : 'plain'}>{VERDICT_NAMES[verdict]}</Mark>
              </span>
            ))}
          </Space>
          {told.answerFile && (
            <div className="gap-above">
              <a href={`/api/files/${told.answerFile.fileId}`}>
                <Button icon={<DownloadOutlined aria-hidden />}>Tải tệp của anh/chị, đã đánh dấu ô sai</Button>
              </a>{' '}
              <span className="soft">
                Sửa ngay trong tệp đó rồi <Link to={againLink(told)}>gửi lại</Link>.
              </span>
            </div>
          )}
        </Card>
      )}
      {told.notes.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={
            <ul className="plain" aria-label="Lưu ý">
              {told.notes.map(({ code, message }, place) => (
                <li key={`${code}${place}`}>{message}</li>
              ))}
            </ul>
          }
        />
      )}
      {!isAtWork(told.state) && <ImportRows told={told} />}
      {dialog === 'accept' && <AcceptDialog told={told} onClose={() => setDialog(null)} />}
      {dialog === 'undo' && <UndoDialog told={told} onClose={() => setDialog(null)} />}
    </div>
  );
}

function Working({ told: { progress, state } }: { told: ImportDetail }) {
  const percent = progress?.total ? Math.floor((progress.done * 100) / progress.total) : null;
  return (
    <Card size="small" role="status" aria-live="polite">
      {progress ? PHASE_NAMES[progress.phase] : state === 'ACCEPTING' ? 'Đang chờ ghi' : 'Đang chờ đọc'}
      {progress && `: ${printNumber(progress.done)}${progress.total ? `/${printNumber(progress.total)}` : ''} dòng`}
      <Progress percent={percent ?? 0} status="active" showInfo={percent !== null} aria-label="Tiến độ" />
      <span className="soft">Anh/chị có thể rời trang này; việc vẫn tiếp tục và tìm lại được trong danh sách.</span>
    </Card>
  );
}

function Written({ told }: { told: ImportDetail }) {
  const { to, label } = resultLink(told.kind, told.unit?.code ?? null, told.params);
  const { NEW = 0, CHANGED = 0, DUPLICATE = 0, WRONG = 0 } = told.counts ?? {};
  const left = DUPLICATE + WRONG;
  return (
    <Alert
      type="success"
      showIcon
      title={`Đã ghi ${printNumber(NEW)} dòng mới, ${printNumber(CHANGED)} dòng thay đổi.`}
      description={
        <>
          {left > 0 && <div>{printNumber(left)} dòng sai hoặc trùng đã bỏ qua, chưa ghi.</div>}
          <Link to={to}>{label}</Link>
        </>
      }
    />
  );
}

/** When a job has ended, registers that were read before are asked for anew. */
function useFreshness({ state }: ImportDetail): void {
  const before = useRef(state);
  const forget = useForgetting();
  useEffect(() => {
    const changed = before.current !== state && (state === 'ACCEPTED' || state === 'UNDONE');
    before.current = state;
    if (changed) void forget();
  }, [state, forget]);
}
