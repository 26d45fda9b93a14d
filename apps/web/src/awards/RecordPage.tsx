import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Space } from 'antd';
import { useCallback, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { printNumber } from '@lib/kernel';
import type { AwardKind, RecordBatchInput, Saved } from '../contract.js';
import { detailsOf, placeErrors } from '../common/form-errors.js';
import { PageHead } from '../common/PageHead.js';
import { NotAllowed } from '../common/states.js';
import { useLeaveGuard } from '../common/useLeaveGuard.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { KIND_NAMES } from '../words/labels.js';
import { batchKey } from './awards.api.js';
import { isBlank, lineErrorsOf, missingIn, type LineDraft, type LineErrors } from './lines.js';
import { batchInputOf, newClientKey, RECORD_FIELDS, type RecordForm } from './record.js';
import { RecordFields } from './RecordFields.js';
import { emptyWhen } from './WhenField.js';

/** The fast lane: a decision that already exists on paper goes into the book in one step, with its file. */
export function RecordPage() {
  const { may } = useSession();
  return may('award.record') ? <Recording /> : <NotAllowed what="ghi quyết định khen thưởng" />;
}

function Recording() {
  const [form] = Form.useForm<RecordForm>();
  const [lines, setLinesOnly] = useState<LineDraft[]>([]);
  const [lineErrors, setLineErrors] = useState<LineErrors>({});
  const [problems, setProblems] = useState<string[]>([]);
  const dirty = useRef(false);
  const sent = useRef<LineDraft[]>([]);
  const initial = useInitial();
  const onSaved = useCallback(() => {
    dirty.current = false;
  }, []);
  const saving = useSaving((error) => {
    setLineErrors(lineErrorsOf(detailsOf(error), sent.current));
    setProblems(problemsOf(placeErrors(form, error, RECORD_FIELDS), detailsOf(error)));
  }, onSaved);
  useLeaveGuard(useCallback(() => dirty.current, []));

  const setLines = (next: LineDraft[]) => {
    dirty.current = true;
    setLinesOnly(next);
  };
  const submit = (values: RecordForm) => {
    const filled = lines.filter((line) => !isBlank(line));
    const missing = missingIn(filled);
    setLineErrors(missing);
    if (Object.keys(missing).length) return setProblems(['Danh sách còn dòng chưa đủ; xem các ô tô đỏ.']);
    const input = batchInputOf(values, filled, saving.clientKey);
    if (!input) return setProblems(['Còn thiếu thời gian hoặc cơ quan quyết định.']);
    setProblems([]);
    sent.current = filled;
    return saving.send(input);
  };

  return (
    <Form<RecordForm>
      form={form}
      layout="vertical"
      initialValues={initial}
      onValuesChange={() => {
        dirty.current = true;
      }}
      onFinish={submit}
      onFinishFailed={() => setProblems(['Còn ô bắt buộc chưa nhập; xem các ô tô đỏ.'])}
      disabled={saving.isPending}
    >
      <PageHead title="Ghi quyết định" sub="Quyết định đã ký trên giấy: ghi một lần, kèm tệp, vào thẳng sổ vàng." />
      <RecordFields form={form} lines={lines} lineErrors={lineErrors} onLines={setLines} />
      <div className="save-bar">
        {problems.length > 0 && <Alert type="error" showIcon title={problems.join(' ')} className="grow" />}
        <Space>
          <span className="soft">
            {lines.length > 0 && `${printNumber(lines.filter((line) => !isBlank(line)).length)} dòng trong danh sách`}
          </span>
          {/* Not a submit button: Enter in a field must not record a half-typed decision. */}
          <Button type="primary" size="large" loading={saving.isPending} onClick={() => form.submit()}>
            Ghi vào sổ vàng
          </Button>
        </Space>
      </div>
    </Form>
  );
}

function useInitial(): Partial<RecordForm> {
  const { account } = useSession();
  const [search] = useSearchParams();
  const kind = search.get('loai');
  return {
    kind: isKind(kind) ? kind : 'AWARD',
    formCertainty: 'STATED',
    conferring: [{ mode: 'unit' }],
    conferringVerified: true,
    unit: search.get('don-vi') ?? account.grants[0]?.unit.code ?? null,
    when: emptyWhen,
    contests: search.getAll('cuoc-thi'),
    campaign: search.get('phong-trao') ?? undefined,
    classification: 'INTERNAL',
    enteredFor: false,
    autoNumber: false,
  };
}

function isKind(text: string | null): text is AwardKind {
  return text !== null && text in KIND_NAMES;
}

/** Sends once however often the button is pressed; afterwards opens what was recorded with its warnings. */
function useSaving(onError: (error: unknown) => void, onSaved: () => void) {
  const [clientKey] = useState(newClientKey);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const saving = useMutation({
    mutationFn: (input: RecordBatchInput) => http.post<Saved>('/award-batches', input),
    onError,
    onSuccess: async ({ batch, warnings }) => {
      onSaved();
      client.setQueryData(batchKey(batch.id), batch);
      await client.invalidateQueries({ queryKey: ['awards'], refetchType: 'none' });
      void client.invalidateQueries({ queryKey: ['summaries'] });
      message.success('Đã ghi vào sổ vàng.');
      void navigate(`/so-vang/${batch.id}`, { state: { warnings } });
    },
  });
  return {
    isPending: saving.isPending,
    clientKey,
    send: (input: RecordBatchInput) => {
      if (!saving.isPending) saving.mutate(input);
    },
  };
}

/** What found no field, and one sentence that leads to the rows or fields marked red. */
function problemsOf(rest: string[], details: readonly { field: string | null }[]): string[] {
  const inLines = details.filter(({ field }) => field?.startsWith('lines')).length;
  const others = inLines === details.length ? [] : rest;
  if (inLines) return [...others, 'Danh sách có dòng chưa đúng; xem các ô tô đỏ.'];
  return others.length ? others : ['Chưa ghi được; xem các ô tô đỏ.'];
}
