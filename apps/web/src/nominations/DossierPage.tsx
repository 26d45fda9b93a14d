import { PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, Space } from 'antd';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading } from '../common/states.js';
import { AnswerDialog } from './AnswerDialog.js';
import { EditDialog, Facts, History } from './DossierParts.js';
import { LineDrawer } from './LineDrawer.js';
import { LineList } from './LineList.js';
import { useDossier, useDossierCommand } from './nominations.api.js';
import type { Dossier, DossierLine, NominationWarning } from './nominations.contract.js';
import { Papers } from './Papers.js';
import { ReasonDialog } from './ReasonDialog.js';
import { ReturnDialog } from './ReturnDialog.js';
import { SubmitDialog } from './SubmitDialog.js';
import { FIELD_NAMES, toneOf } from './words.js';

type Open =
  | { what: 'edit' | 'submit' | 'withdraw' | 'return' | 'answer' | 'resubmit' | 'reject' | 'send_back' | 'new' }
  | { what: 'line' | 'withdraw_line'; line: DossierLine }
  | { what: 'confirm'; line: DossierLine; warning: NominationWarning };

export function DossierPage() {
  const id = Number(useParams()['id']);
  const dossier = useDossier(id);
  if (dossier.isPending) return <Loading rows={10} />;
  if (dossier.isError) return <Failed error={dossier.error} onRetry={() => void dossier.refetch()} />;
  return <DossierSheet dossier={dossier.data} />;
}

/** One dossier: facts, lines, papers, what happened; the buttons are those that the answer says are possible. */
function DossierSheet({ dossier }: { dossier: Dossier }) {
  const [search] = useSearchParams();
  const [open, setOpen] = useState<Open | null>(null);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const { message } = App.useApp();
  const command = useDossierCommand(dossier.id);
  const close = () => setOpen(null);
  const may = (what: string) => dossier.may.includes(what);
  const picked = dossier.dossierLines.filter((line) => chosen.includes(line.id));
  const able = (what: string) => picked.filter((line) => line.may.includes(what));
  const seen = (lines: readonly DossierLine[]) => lines.map((line) => ({ lineId: line.id, version: line.version }));
  const run = (path: string, body?: unknown) =>
    command.mutate(
      { path: `/dossiers/${dossier.id}/${path}`, body },
      { onSuccess: () => setChosen([]), onError: (error) => message.error(error.message, 6) },
    );
  const appraise = (lines: readonly DossierLine[], outcome: string, reason?: string) => ({
    path: `/dossiers/${dossier.id}/appraisal`,
    body: { lines: seen(lines).map((line) => ({ ...line, outcome, ...(reason ? { reason } : {}) })) },
  });
  const aboutDossier = dossier.reasons.filter((reason) => reason.lineId === null && !reason.settled);
  const selectable = dossier.dossierLines.some((line) =>
    line.may.some((what) => ['appraise', 'return', 'resubmit', 'take_out', 'send_back'].includes(what)),
  );
  return (
    <>
      <PageHead
        title={dossier.title}
        back={{ to: '/de-nghi', label: 'Đề nghị khen thưởng' }}
        sub={
          <>
            {dossier.unit?.name} → {dossier.asked?.name} · <Mark tone={toneOf(dossier.state)}>{dossier.stateName}</Mark>{' '}
            {dossier.submittedByOfficer && <Mark title="Đơn vị chưa có tài khoản lãnh đạo">cán bộ trình thay</Mark>}
          </>
        }
        actions={
          <Space wrap>
            <ExcelButton path={`/dossiers/${dossier.id}`} />
            {may('edit') && <Button onClick={() => setOpen({ what: 'edit' })}>Sửa thông tin</Button>}
            {may('withdraw') && (
              <Button danger onClick={() => setOpen({ what: 'withdraw' })}>
                Rút hồ sơ
              </Button>
            )}
            {may('return') && <Button onClick={() => setOpen({ what: 'return' })}>Trả lại</Button>}
            {may('ask') && (
              <Button
                type="primary"
                loading={command.isPending}
                onClick={() =>
                  command.mutate(
                    { path: `/dossiers/${dossier.id}/readiness` },
                    { onSuccess: () => void message.success('Đã báo lãnh đạo đơn vị xem và trình.') },
                  )
                }
              >
                Chuyển lãnh đạo trình
              </Button>
            )}
            {may('receive') && (
              <Button
                type="primary"
                loading={command.isPending}
                onClick={() => run('receipt', { version: dossier.version })}
              >
                Tiếp nhận
              </Button>
            )}
            {(may('submit') || may('send') || may('resubmit')) && (
              <Button type="primary" onClick={() => setOpen({ what: 'submit' })}>
                {may('send') ? 'Gửi cơ quan ngoài' : may('resubmit') ? 'Trình lại' : 'Trình'}
              </Button>
            )}
            {may('answer') && (
              <Button type="primary" onClick={() => setOpen({ what: 'answer' })}>
                Ghi kết quả trả lời
              </Button>
            )}
          </Space>
        }
      />
      {aboutDossier.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="gap-below"
          title="Lý do trả lại"
          description={aboutDossier.map((reason) => (
            <div key={reason.id}>
              <strong>{FIELD_NAMES[reason.field as keyof typeof FIELD_NAMES] ?? reason.field}:</strong> {reason.reason}{' '}
              ({reason.byUnit?.name ?? reason.by})
            </div>
          ))}
        />
      )}
      {!dossier.whole && (
        <Alert
          type="info"
          showIcon
          className="gap-below"
          title="Anh/chị chỉ xem được những dòng về người, tập thể của đơn vị mình."
        />
      )}
      <Facts dossier={dossier} />
      <Space wrap className="gap-above gap-below">
        {may('edit') && (
          <Button icon={<PlusOutlined />} onClick={() => setOpen({ what: 'new' })}>
            Thêm người, tập thể
          </Button>
        )}
        {able('appraise').length > 0 && (
          <>
            <Button
              type="primary"
              loading={command.isPending}
              onClick={() =>
                command.mutate(appraise(able('appraise'), 'ACCEPT'), {
                  onSuccess: () => setChosen([]),
                  onError: (error) => message.error(error.message, 8),
                })
              }
            >
              Đủ điều kiện ({able('appraise').length})
            </Button>
            <Button onClick={() => setOpen({ what: 'reject' })}>Không đủ điều kiện ({able('appraise').length})</Button>
          </>
        )}
        {able('return').length > 0 && (
          <Button onClick={() => setOpen({ what: 'return' })}>Trả lại dòng ({able('return').length})</Button>
        )}
        {able('resubmit').length > 0 && (
          <Button type="primary" onClick={() => setOpen({ what: 'resubmit' })}>
            Trình lại dòng ({able('resubmit').length})
          </Button>
        )}
        {able('send_back').length > 0 && (
          <Button onClick={() => setOpen({ what: 'send_back' })}>
            Chuyển về đơn vị đề nghị ({able('send_back').length})
          </Button>
        )}
        {able('take_out').length > 0 && (
          <Button onClick={() => run('taken-out', { lines: seen(able('take_out')) })}>
            Đưa ra khỏi hồ sơ ({able('take_out').length})
          </Button>
        )}
      </Space>
      <LineList
        dossier={dossier}
        marked={Number(search.get('dong')) || null}
        selection={
          selectable ? { selectedRowKeys: [...chosen], onChange: (keys) => setChosen(keys.map(Number)) } : undefined
        }
        onEdit={(line) => setOpen({ what: 'line', line })}
        onWithdraw={(line) => setOpen({ what: 'withdraw_line', line })}
        onConfirm={(line, warning) => setOpen({ what: 'confirm', line, warning })}
      />
      {dossier.whole && (
        <div className="side-by-side gap-above">
          <Papers dossier={dossier} command={command} />
          <History dossier={dossier} />
        </div>
      )}
      {open?.what === 'edit' && <EditDialog dossier={dossier} command={command} onClose={close} />}
      {open?.what === 'new' && (
        <LineDrawer dossier={dossier} line={null} reasons={[]} command={command} onClose={close} />
      )}
      {open?.what === 'line' && (
        <LineDrawer
          dossier={dossier}
          line={open.line}
          reasons={dossier.reasons.filter((reason) => reason.lineId === open.line.id)}
          command={command}
          onClose={close}
        />
      )}
      {open?.what === 'submit' && <SubmitDialog dossier={dossier} lines={null} command={command} onClose={close} />}
      {open?.what === 'resubmit' && (
        <SubmitDialog dossier={dossier} lines={able('resubmit')} command={command} onClose={close} />
      )}
      {open?.what === 'return' && (
        <ReturnDialog dossier={dossier} lines={able('return')} command={command} onClose={close} />
      )}
      {open?.what === 'answer' && <AnswerDialog dossier={dossier} command={command} onClose={close} />}
      {open?.what === 'reject' && (
        <ReasonDialog
          title="Không đủ điều kiện"
          okText="Ghi kết quả"
          label="Lý do"
          save={(reason) => command.mutateAsync(appraise(able('appraise'), 'REJECT', reason))}
          onClose={close}
        />
      )}
      {open?.what === 'send_back' && (
        <ReasonDialog
          title="Chuyển về đơn vị đề nghị"
          okText="Chuyển về"
          label="Nói thêm với đơn vị"
          required={false}
          hint="Lý do trả lại của cấp trên đi kèm từng dòng."
          save={(reason) =>
            command.mutateAsync({
              path: `/dossiers/${dossier.id}/sent-back`,
              body: { lines: seen(able('send_back')), reason: reason || null },
            })
          }
          onClose={close}
        />
      )}
      {open?.what === 'withdraw' && (
        <ReasonDialog
          title="Rút hồ sơ"
          okText="Rút hồ sơ"
          label="Lý do rút"
          danger
          save={(reason) =>
            command.mutateAsync({
              path: `/dossiers/${dossier.id}/withdrawal`,
              body: { version: dossier.version, reason },
            })
          }
          onClose={close}
        />
      )}
      {open?.what === 'withdraw_line' && (
        <ReasonDialog
          title={`Rút đề nghị: ${open.line.name}`}
          okText="Rút"
          label="Lý do rút"
          danger
          required={false}
          save={(reason) =>
            command.mutateAsync({
              path: `/nominations/${open.line.id}/withdrawal`,
              body: { version: open.line.version, reason: reason || null },
            })
          }
          onClose={close}
        />
      )}
      {open?.what === 'confirm' && (
        <ReasonDialog
          title="Giải trình"
          okText="Ghi giải trình"
          label="Vì sao vẫn đề nghị"
          field="why"
          hint={open.warning.message}
          save={(why) =>
            command.mutateAsync({
              path: `/nominations/${open.line.id}/confirmations`,
              body: { code: open.warning.code, why },
            })
          }
          onClose={close}
        />
      )}
    </>
  );
}
