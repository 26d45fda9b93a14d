import { Alert, Button, Card, Timeline } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotFound } from '../common/states.js';
import { printAnyDay, printInstant, printWhen } from '../words/format.js';
import { AGREEMENT_KIND_NAMES, toneOf, useAgreement } from './agreements.api.js';
import type { Agreement, OpenStep } from './agreements.contract.js';
import { placeOf } from './AgreementList.js';
import { CommitmentsCard } from './CommitmentsCard.js';
import { MembersCard } from './MembersCard.js';
import { OpinionsCard } from './OpinionsCard.js';
import { CarryDialog, DatesDialog, StepDialog, TextDialog } from './whole-dialogs.js';
import { TextCard } from './TextCard.js';

/** One programme or agreement: text, opinions, who has signed, commitments, and how it came about. */
export function AgreementPage() {
  const { id: asked } = useParams();
  const id = Number(asked);
  const agreement = useAgreement(Number.isInteger(id) ? id : null);
  if (!Number.isInteger(id)) return <NotFound />;
  if (agreement.isPending) return <Loading rows={10} />;
  if (agreement.isError) return <Failed error={agreement.error} onRetry={() => void agreement.refetch()} />;
  return <OneAgreement key={id} agreement={agreement.data} />;
}

type Dialog = { is: 'step'; step: OpenStep } | { is: 'text' } | { is: 'dates' } | { is: 'carry' } | null;

function OneAgreement({ agreement }: { agreement: Agreement }) {
  const [dialog, setDialog] = useState<Dialog>(null);
  const go = useNavigate();
  const close = () => setDialog(null);
  const { may, steps, bloc } = agreement;
  return (
    <div className="stack">
      <PageHead
        title={agreement.title}
        back={
          bloc
            ? { to: `/khoi-thi-dua/${bloc.id}`, label: placeOf(agreement) }
            : { to: '/khoi-thi-dua', label: 'Khối thi đua, giao ước' }
        }
        sub={
          <>
            {AGREEMENT_KIND_NAMES[agreement.kind]} ·{' '}
            {bloc ? <Link to={`/khoi-thi-dua/${bloc.id}`}>{placeOf(agreement)}</Link> : placeOf(agreement)} ·{' '}
            {printWhen(agreement.term)} <Mark tone={toneOf(agreement.state)}>{agreement.stateName}</Mark>
          </>
        }
        actions={
          <>
            <ExcelButton path={`/agreements/${agreement.id}`} />
            {steps.map((step, i) => (
              <Button
                key={step.step}
                type={i === 0 && step.step !== 'cancel' ? 'primary' : 'default'}
                danger={step.step === 'cancel'}
                onClick={() => setDialog({ is: 'step', step })}
              >
                {step.name}
              </Button>
            ))}
            {may.includes('edit') && <Button onClick={() => setDialog({ is: 'dates' })}>Đặt hạn</Button>}
            {may.includes('carry') && <Button onClick={() => setDialog({ is: 'carry' })}>Chuyển sang năm sau</Button>}
          </>
        }
      />
      <Waiting agreement={agreement} />
      <TextCard agreement={agreement} onRewrite={() => setDialog({ is: 'text' })} />
      <OpinionsCard agreement={agreement} />
      {agreement.kind === 'AGREEMENT' && <MembersCard agreement={agreement} />}
      <CommitmentsCard agreement={agreement} />
      <History agreement={agreement} />
      {dialog?.is === 'step' && <StepDialog agreement={agreement} step={dialog.step} onClose={close} />}
      {dialog?.is === 'text' && <TextDialog agreement={agreement} onClose={close} />}
      {dialog?.is === 'dates' && <DatesDialog agreement={agreement} onClose={close} />}
      {dialog?.is === 'carry' && (
        <CarryDialog agreement={agreement} onCarried={(id) => void go(`/giao-uoc/${id}`)} onClose={close} />
      )}
    </div>
  );
}

/** What it waits for now, in one line. */
function Waiting({ agreement }: { agreement: Agreement }) {
  const { state, memberUnits, opinions, textNumber, opinionsDue, signBy } = agreement;
  if (state === 'UNDER_DISCUSSION') {
    const given = new Set(opinions.flatMap(({ text, unit }) => (text === textNumber && unit ? [unit.code] : []))).size;
    const due = opinionsDue ? `, hạn ${printAnyDay(opinionsDue)}` : '';
    return <Alert type="info" showIcon title={`Đã có ${given}/${memberUnits.length} đơn vị góp ý${due}.`} />;
  }
  if (state !== 'SIGNING') return null;
  const unsigned = memberUnits.filter(({ confirmation, excused }) => !confirmation && !excused).length;
  const bare = memberUnits.filter(
    ({ confirmation, excused }) => confirmation && !confirmation.fileId && !excused,
  ).length;
  const late = memberUnits.filter((member) => member.late).length;
  const parts = [
    unsigned > 0 && `còn ${unsigned} đơn vị chưa xác nhận ký`,
    bare > 0 && `${bare} đơn vị chưa kèm bản ký`,
    late > 0 && `${late} đơn vị muộn so với ngày ký ${printAnyDay(signBy)}`,
  ].filter(Boolean);
  if (unsigned + bare === 0)
    return <Alert type="success" showIcon title="Mọi đơn vị đã ký: có thể đưa vào thực hiện." />;
  return <Alert type="warning" showIcon title={`Đang ký kết: ${parts.join('; ')}.`} />;
}

function History({ agreement }: { agreement: Agreement }) {
  const { history, recordedBy, recordedOn, source, note } = agreement;
  return (
    <Card size="small" title="Diễn biến">
      {note && <p>{note}</p>}
      {source && <p className="soft">Nguồn: {source}</p>}
      <Timeline
        className="gap-above"
        items={[
          { content: `Dự thảo · ${printAnyDay(recordedOn)} · ${recordedBy}` },
          ...history.map(({ name, toName, at, by, reason }) => ({
            content: (
              <>
                <strong>{name}</strong> → {toName} · {printInstant(at)} · {by}
                {reason && <div className="soft">{reason}</div>}
              </>
            ),
          })),
        ]}
      />
    </Card>
  );
}
