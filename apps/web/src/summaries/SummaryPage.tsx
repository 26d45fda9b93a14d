import { PrinterOutlined } from '@ant-design/icons';
import { Button, Card, Progress } from 'antd';
import { useState } from 'react';
import { printDay } from '@lib/kernel';
import { ExcelButton } from '../common/ExcelButton.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { useUnit } from '../units/units.api.js';
import { upperFirst } from '../words/format.js';
import { AwardTables } from './AwardTables.js';
import { BesideDrawer } from './BesideDrawer.js';
import { Children } from './Children.js';
import { Indicators } from './Indicators.js';
import { Marks } from './Marks.js';
import { Organisation } from './Organisation.js';
import { OtherBlocks } from './OtherBlocks.js';
import { periodWords } from './periods.js';
import { Process } from './Process.js';
import { QuestionBar } from './QuestionBar.js';
import { RecordsDrawer, type OpenedFigure } from './RecordsDrawer.js';
import { Strength } from './Strength.js';
import { useQuestion, useSummary, type Question } from './summaries.api.js';
import { isComplete, type BesideFigure, type Summary } from './summary.contract.js';
import { Totals } from './Totals.js';
import { LENS_WORDS } from './words.js';
import { UndatedList } from './UndatedList.js';

/** What was conferred and received in a period, every figure opening the records that make it. */
export function SummaryPage() {
  const { may } = useSession();
  return may('summary.read') ? <Asking /> : <NotAllowed what="xem tổng hợp" />;
}

function Asking() {
  const [question, ask] = useQuestion();
  const unit = useUnit(question.unit);
  return (
    <div className="stack">
      <PageHead
        title={unit.data ? `Tổng hợp: ${unit.data.name}` : 'Tổng hợp kỳ'}
        sub={`${upperFirst(periodWords(question))}: từ ${printDay(question.from)} đến ${printDay(question.to)}, ${LENS_WORDS[question.lens]}`}
        actions={
          <>
            <ExcelButton path="/summaries" values={{ ...question }} />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              In
            </Button>
          </>
        }
      />
      <QuestionBar question={question} onAsk={ask} />
      <Answer key={JSON.stringify(question)} question={question} />
    </div>
  );
}

function Answer({ question }: { question: Question }) {
  const summary = useSummary(question);
  if (!question.unit) return <Nothing>Chọn một đơn vị để xem tổng hợp.</Nothing>;
  if (question.from > question.to) return <Nothing>“Đến ngày” đang trước “Từ ngày”; mời chọn lại.</Nothing>;
  if (summary.isPending) return <Loading rows={10} />;
  if (summary.isError) return <Failed error={summary.error} onRetry={() => void summary.refetch()} />;
  if (!isComplete(summary.data)) return <ComputingNote waiting={summary.data.progress.waiting} />;
  return <Printed question={question} summary={summary.data} />;
}

/** The first computation of a period; afterwards the figures are kept and only brought up to date. */
function ComputingNote({ waiting }: { waiting: number }) {
  return (
    <Card>
      <div role="status" className="center">
        <Progress percent={100} status="active" showInfo={false} aria-label="Đang tính" />
        <p>
          {waiting > 0
            ? `Đang tính: còn ${waiting} phần việc. Kết quả tự hiện khi xong.`
            : 'Đang tính. Kết quả tự hiện khi xong.'}
        </p>
      </div>
    </Card>
  );
}

function Printed({ question, summary }: { question: Question; summary: Summary }) {
  const [opened, setOpened] = useState<OpenedFigure | null>(null);
  const [beside, setBeside] = useState<BesideFigure | null>(null);
  return (
    <>
      <Marks summary={summary} />
      <Totals summary={summary} onOpen={setOpened} />
      <AwardTables summary={summary} onOpen={setOpened} />
      <UndatedList summary={summary} />
      <OtherBlocks summary={summary} onOpen={setOpened} />
      <Indicators summary={summary} onOpen={setBeside} />
      <Process summary={summary} onOpen={setBeside} onOpenAwards={setOpened} />
      <Organisation summary={summary} onOpen={setBeside} />
      <Children summary={summary} question={question} onOpen={setOpened} />
      <Strength summary={summary} />
      {opened && (
        <RecordsDrawer question={question} figure={opened} seq={summary.seq} onClose={() => setOpened(null)} />
      )}
      {beside && <BesideDrawer question={question} figure={beside} onClose={() => setBeside(null)} />}
    </>
  );
}
