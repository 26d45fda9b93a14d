import { tally, type Attendance, type Votes } from '@lib/kernel';
import { Alert, Button, Card, Form, Input, InputNumber, Radio, Select, Space } from 'antd';
import { useState } from 'react';
import { useForms } from '../awards/rulebook.api.js';
import { placeErrors } from '../common/form-errors.js';
import { Mark } from '../common/Mark.js';
import { foldedSearch } from '../common/pick.js';
import { http } from '../http.js';
import { options } from '../words/labels.js';
import { OUTCOME_NAMES, useSittingSaving } from './councils.api.js';
import type { CouncilOutcome, Sitting, SittingLine, SittingSaved, VoteInput } from './councils.contract.js';

const NUMBERS = {
  for: 'Thuận',
  against: 'Không thuận',
  blank: 'Trắng, không hợp lệ',
  written: 'Trong đó gửi văn bản',
} as const;
const NO_VOTES: Votes = { for: 0, against: 0, blank: 0, written: 0 };

interface Values {
  votes: Votes;
  outcome: CouncilOutcome;
  lower?: { form: string; votes: Votes };
  recused?: number[];
  note?: string;
}

/** One line before the council: who, for what, which rule, who is tied to it, and the numbers of the vote. */
export function VoteCard({ sitting, line }: { sitting: Sitting; line: SittingLine }) {
  const entering = sitting.mayKeep && sitting.state === 'OPEN';
  const { vote, rule } = line;
  return (
    <Card
      size="small"
      title={
        <>
          {line.name}
          {line.birthYear && `, ${line.birthYear}`} · {line.form.name}
        </>
      }
      extra={
        vote?.outcome && (
          <Mark tone={vote.outcome === 'NOT_RECOMMENDED' ? 'bad' : 'good'}>{OUTCOME_NAMES[vote.outcome]}</Mark>
        )
      }
    >
      <div className="soft gap-below">
        {line.unit?.name} · đơn vị đề nghị: {line.proposing?.name}
        {line.campaign && ` · ${line.campaign}`}
      </div>
      {line.reason && <p>{line.reason}</p>}
      <p>
        <strong>Biểu quyết:</strong> {rule?.words ?? 'chưa có quy định'}{' '}
        {(!rule || !rule.verified) && (
          <Mark tone="warn" title={rule?.source ?? ''}>
            chưa kiểm chứng
          </Mark>
        )}
      </p>
      {line.conflicts.map(({ member, name, tie, words }) => (
        <Alert
          key={`${member}-${tie}`}
          type={tie === 'NOMINEE' ? 'warning' : 'info'}
          showIcon
          className="gap-below"
          title={`${name} ${words}.`}
        />
      ))}
      {entering ? <VoteForm sitting={sitting} line={line} /> : vote && <VoteTold line={line} />}
      {vote?.warnings.map(({ code, message }) => (
        <p key={code} className="soft">
          ⚠ {message}
        </p>
      ))}
    </Card>
  );
}

function VoteTold({ line: { vote } }: { line: SittingLine }) {
  if (!vote) return null;
  const { votes, lower, enteredBy, note } = vote;
  return (
    <p>
      {votes.for} thuận, {votes.against} không thuận, {votes.blank} trắng ({votes.written} bằng văn bản).
      {lower && ` ${lower.form.name}: ${lower.votes.for} thuận, ${lower.votes.against} không thuận.`} {note}{' '}
      <span className="soft">{enteredBy} ghi.</span>
    </p>
  );
}

function VoteForm({ sitting, line }: { sitting: Sitting; line: SittingLine }) {
  const [form] = Form.useForm<Values>();
  const [rest, setRest] = useState<string[]>([]);
  const saving = useSittingSaving(sitting.id);
  const forms = useForms();
  const values = Form.useWatch([], form);
  const { vote } = line;
  const initial: Partial<Values> = vote
    ? {
        votes: vote.votes,
        ...(vote.outcome ? { outcome: vote.outcome } : {}),
        ...(vote.lower ? { lower: { form: vote.lower.form.code, votes: vote.lower.votes } } : {}),
        recused: [...line.recused],
        note: vote.note ?? '',
      }
    : { votes: NO_VOTES, recused: [...line.recused] };
  const save = ({ lower, outcome, ...given }: Values) => {
    setRest([]);
    const input: VoteInput = {
      ...given,
      outcome,
      note: given.note?.trim() || null,
      lower: outcome === 'DOWNGRADED' && lower ? lower : null,
      version: line.version,
    };
    const url = `/sittings/${sitting.id}/lines/${line.line}/vote`;
    saving.mutate(() => http.put<SittingSaved>(url, input), {
      onError: (error) => setRest(placeErrors(form, error, FIELDS)),
    });
  };
  const takeBack = () =>
    saving.mutate(() =>
      http.post<Sitting>(`/sittings/${sitting.id}/lines/${line.line}/removal`, { reason: 'Rút khỏi phiên họp' }),
    );
  const lowerForms = (forms.data ?? []).filter(
    ({ code, recipientClasses }) => code !== line.form.code && recipientClasses.includes(line.recipientClass),
  );
  return (
    // Named, so that the labels of several lines on one page do not all lead to the fields of the first.
    <Form<Values> name={`line-${line.line}`} form={form} layout="vertical" initialValues={initial} onFinish={save}>
      <Numbers name={['votes']} />
      {line.rule && (
        <Live
          rule={line.rule.rule}
          attendance={attendanceOf(sitting, values?.recused ?? line.recused)}
          votes={values?.votes ?? NO_VOTES}
        />
      )}
      <Form.Item name="outcome" label="Kết quả" rules={[{ required: true, message: 'Chọn kết quả.' }]}>
        <Radio.Group options={options(OUTCOME_NAMES)} />
      </Form.Item>
      {values?.outcome === 'DOWNGRADED' && (
        <>
          <Form.Item
            name={['lower', 'form']}
            label="Hình thức thấp hơn"
            rules={[{ required: true, message: 'Chọn hình thức.' }]}
          >
            <Select
              {...foldedSearch}
              showSearch
              style={{ maxWidth: 420 }}
              options={lowerForms.map(({ code, name }) => ({ value: code, label: name }))}
            />
          </Form.Item>
          <Numbers name={['lower', 'votes']} />
        </>
      )}
      <div className="fields-2">
        <Form.Item name="recused" label="Không biểu quyết (người liên quan)">
          <Select
            mode="multiple"
            options={sitting.members.map(({ member, name }) => ({ value: member, label: name }))}
          />
        </Form.Item>
        <Form.Item name="note" label="Ghi chú">
          <Input maxLength={500} />
        </Form.Item>
      </div>
      {rest.length > 0 && <Alert type="error" showIcon title={rest.join(' ')} />}
      <Space>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          Ghi kết quả
        </Button>
        <Button onClick={takeBack}>Rút khỏi phiên</Button>
      </Space>
    </Form>
  );
}

const FIELDS = [
  ...Object.keys(NUMBERS).flatMap((name) => [
    ['votes', name],
    ['lower', 'votes', name],
  ]),
  ['outcome'],
  ['lower', 'form'],
  ['recused'],
  ['note'],
];

function Numbers({ name }: { name: string[] }) {
  return (
    <div className="fields-5">
      {Object.entries(NUMBERS).map(([key, label]) => (
        <Form.Item
          key={key}
          name={[...name, key]}
          label={label}
          initialValue={0}
          rules={[{ required: true, message: 'Ghi số phiếu.' }]}
        >
          <InputNumber min={0} max={10_000} precision={0} className="wide" />
        </Form.Item>
      ))}
    </div>
  );
}

/** Says while numbers are typed what the rule makes of them; the server says it again when they are saved. */
function Live({
  rule,
  attendance,
  votes,
}: {
  rule: NonNullable<SittingLine['rule']>['rule'];
  attendance: Attendance;
  votes: Votes;
}) {
  const { ballots, possible, base, needed, quorumMet, reached } = tally(rule, attendance, votes);
  return (
    <p role="status">
      <Mark tone={quorumMet ? 'good' : 'bad'}>{quorumMet ? 'đủ số dự họp' : 'chưa đủ số dự họp'}</Mark>{' '}
      <Mark tone={reached ? 'good' : 'warn'}>{reached ? 'đủ phiếu thuận' : 'chưa đủ phiếu thuận'}</Mark>{' '}
      <Mark tone={ballots > possible ? 'bad' : 'plain'}>
        {ballots} phiếu trên {possible} người được biểu quyết
      </Mark>{' '}
      <span className="soft">
        Cần {needed} phiếu thuận (tính trên {base}).
      </span>
    </p>
  );
}

function attendanceOf({ attendance, members }: Sitting, recused: readonly number[]): Attendance {
  const out = members.filter(({ member }) => recused.includes(member));
  return {
    ...attendance,
    recused: out.length,
    recusedPresent: out.filter(({ presence }) => presence === 'PRESENT').length,
    recusedConsulted: out.filter(({ presence }) => presence === 'CONSULTED').length,
  };
}
