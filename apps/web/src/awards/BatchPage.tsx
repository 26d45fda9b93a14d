import { ImportOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Space } from 'antd';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import type { BatchView, RecordState, Revocation, Warned } from '../contract.js';
import { ExcelButton } from '../common/ExcelButton.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotFound } from '../common/states.js';
import { useSession } from '../session/session.js';
import { printWhen } from '../words/format.js';
import { useBatch } from './awards.api.js';
import { titleOf } from './BatchTable.js';
import { BatchFacts } from './BatchFacts.js';
import { BatchHistory } from './BatchHistory.js';
import { BatchLines } from './BatchLines.js';
import { Containment } from './Containment.js';
import { Correction } from './Correction.js';
import { PartOfDialog } from './PartOfDialog.js';
import { RemovalDialog } from './RemovalDialog.js';
import { RevocationDialog, type RevocationOf } from './RevocationDialog.js';
import { StateMark } from './StateMark.js';
import { WithdrawalDialog } from './WithdrawalDialog.js';

/** One decision of the book with everything that belongs to it. */
export function BatchPage() {
  const { id: asked } = useParams();
  const id = Number(asked);
  const batch = useBatch(Number.isInteger(id) ? id : null);
  if (!Number.isInteger(id)) return <NotFound />;
  if (batch.isPending) return <Loading rows={10} />;
  if (batch.isError) return <Failed error={batch.error} onRetry={() => void batch.refetch()} />;
  return <Batch key={id} batch={batch.data} />;
}

type Dialog =
  | { is: 'correct' }
  | { is: 'part' }
  | { is: 'remove' }
  | { is: 'withdraw'; of: Revocation }
  | { is: 'revoke'; of: RevocationOf }
  | null;

function Batch({ batch }: { batch: BatchView }) {
  const { state } = useLocation() as { state: { warnings?: Warned[] } | null };
  const [warnings, setWarnings] = useState<Warned[] | null>(state?.warnings ?? null);
  const [dialog, setDialog] = useState<Dialog>(null);
  const { may } = useSession();
  const { correct, revoke, linkParts } = batch.abilities;
  const onSaved = (found: Warned[]) => {
    setWarnings(found);
    setDialog(null);
  };
  const revokedOn = batch.revocations.find(({ whole, withdrawnOn }) => whole && !withdrawnOn)?.recordedOn ?? null;
  return (
    <div className={batch.state === 'LIVE' ? 'stack' : 'stack struck'}>
      <PageHead
        title={titleOf(batch)}
        back={{ to: '/so-vang', label: 'Sổ vàng' }}
        sub={
          <>
            {[batch.reason, batch.campaign].filter(Boolean).join(' – ') || batch.unit?.name} · {printWhen(batch.when)}{' '}
            <StateMark state={batch.state} on={revokedOn} />
          </>
        }
        actions={
          <>
            <ExcelButton path={`/award-batches/${batch.id}`} />
            {batch.abilities.addLines && may('import.run') && batch.unit && (
              <Link to={`/nhap-excel?loai=award-lines&don-vi=${encodeURIComponent(batch.unit.code)}&dot=${batch.id}`}>
                <Button icon={<ImportOutlined />}>Nhập từ Excel</Button>
              </Link>
            )}
            {correct && <Button onClick={() => setDialog({ is: 'correct' })}>Đính chính</Button>}
            {linkParts && <Button onClick={() => setDialog({ is: 'part' })}>Nằm trong số đã nêu</Button>}
            {revoke && (
              <Button danger onClick={() => setDialog({ is: 'revoke', of: { whole: true } })}>
                Huỷ
              </Button>
            )}
            {correct && <Button onClick={() => setDialog({ is: 'remove' })}>Gỡ, ghi nhầm</Button>}
            {may('award.record') && (
              <Link to="/ghi-quyet-dinh">
                <Button>Ghi quyết định khác</Button>
              </Link>
            )}
          </>
        }
      />
      {warnings && <SavedNote state={batch.state} warnings={warnings} />}
      <Card size="small">
        <BatchFacts batch={batch} />
      </Card>
      <Containment batch={batch} />
      <BatchLines batch={batch} onSaved={onSaved} onRevoke={(line) => setDialog({ is: 'revoke', of: { line } })} />
      <BatchHistory batch={batch} onWithdraw={(of) => setDialog({ is: 'withdraw', of })} />
      {dialog?.is === 'correct' && <Correction batch={batch} onSaved={onSaved} onClose={() => setDialog(null)} />}
      {dialog?.is === 'part' && <PartOfDialog batch={batch} onSaved={onSaved} onClose={() => setDialog(null)} />}
      {dialog?.is === 'withdraw' && (
        <WithdrawalDialog batch={batch} of={dialog.of} onSaved={onSaved} onClose={() => setDialog(null)} />
      )}
      {dialog?.is === 'remove' && <RemovalDialog batch={batch} onSaved={onSaved} onClose={() => setDialog(null)} />}
      {dialog?.is === 'revoke' && (
        <RevocationDialog batch={batch} of={dialog.of} onSaved={onSaved} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

const SAVED: Record<RecordState, string> = {
  LIVE: 'Đã ghi vào sổ vàng.',
  REVOKED: 'Đã ghi việc huỷ.',
  REMOVED: 'Đã gỡ khỏi sổ vàng; lịch sử ghi vẫn giữ.',
};

/** What was saved, and what to look at: warnings never block, so they are said where the record is. */
function SavedNote({ state, warnings }: { state: RecordState; warnings: Warned[] }) {
  if (!warnings.length) return <Alert type="success" showIcon closable title={SAVED[state]} />;
  return (
    <Alert
      type="warning"
      showIcon
      title="Đã ghi. Cần lưu ý:"
      description={
        <Space orientation="vertical" size={2}>
          {warnings.map(({ code, field, message }) => (
            <span key={`${code}-${field}`}>{message}</span>
          ))}
        </Space>
      }
    />
  );
}
