import { Alert, Button, Card, Form, Steps } from 'antd';
import { useCallback, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { placeErrors, type Path } from '../common/form-errors.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed } from '../common/states.js';
import { useLeaveGuard } from '../common/useLeaveGuard.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { DecisionStep } from './DecisionStep.js';
import { draftOf, inputOf, newDraft, type Draft } from './draft.js';
import { KindStep } from './KindStep.js';
import { useReorganisation, useSaving } from './reorganisations.api.js';
import type { Reorganisation, ReorganisationSaved } from './reorganisations.contract.js';
import { SuccessorsStep } from './SuccessorsStep.js';
import { KINDS } from './words.js';

/** Prepares a reorganisation in three steps; the rehearsal and everything after it stand on its own page. */
export function WizardPage() {
  const { may } = useSession();
  const { id } = useParams();
  const [search] = useSearchParams();
  const held = useReorganisation(id ? Number(id) : null);
  if (!may('reorganisation.prepare')) return <NotAllowed what="chuẩn bị sắp xếp tổ chức" />;
  if (id && held.isPending) return <Loading rows={8} />;
  if (id && held.isError) return <Failed error={held.error} onRetry={() => void held.refetch()} />;
  const kind = KINDS.find((one) => one === search.get('viec')) ?? 'MERGE';
  const initial = held.data ? draftOf(held.data) : newDraft(kind, search.get('don-vi'));
  return <Wizard key={held.data?.version ?? 'new'} initial={initial} held={held.data ?? null} />;
}

const STEPS = ['Việc và đơn vị', 'Nơi tiếp nhận', 'Quyết định'] as const;
/** Fields of each step, to go to the one that holds a mistake. */
const FIELDS: readonly (readonly Path[])[] = [
  [['kind'], ['from'], ['until'], ['units'], ['partial']],
  [['successors'], ['goes'], ['name'], ['level'], ['parent']],
  [['title'], ['number'], ['day'], ['body'], ['fileId'], ['note']],
];
/** Names of the API that the fields stand under. */
const ALIASES: Readonly<Record<string, Path>> = {
  'decision.number': ['number'],
  'decision.day': ['day'],
  'decision.body': ['body'],
  decision: ['number'],
  complete: ['partial'],
  subUnits: ['goes'],
};

function Wizard({ initial, held }: { initial: Draft; held: Reorganisation | null }) {
  const [form] = Form.useForm<Draft>();
  const [step, setStep] = useState(0);
  const [rest, setRest] = useState<string[]>([]);
  const dirty = useRef(false);
  const navigate = useNavigate();
  const saving = useSaving<ReorganisationSaved>();
  useLeaveGuard(useCallback(() => dirty.current, []));
  const toStep = (next: number) => {
    setStep(next);
    window.scrollTo(0, 0);
  };

  const forward = async () => {
    const shown = form.getFieldsError().map(({ name }) => name);
    const own = shown.filter(([head]) => FIELDS[step]?.some(([field]) => field === head));
    await form.validateFields(own).then(
      () => toStep(step + 1),
      () => undefined,
    );
  };
  const save = async () => {
    setRest([]);
    const valid = await form.validateFields().then(
      () => true,
      (problem: { errorFields?: { name: Path }[] }) => {
        goToField(problem.errorFields?.[0]?.name[0]);
        return false;
      },
    );
    if (!valid) return;
    const input = inputOf(form.getFieldsValue(true) as Draft);
    const send = () =>
      held
        ? http.put<ReorganisationSaved>(`/reorganisations/${held.id}`, { ...input, version: held.version })
        : http.post<ReorganisationSaved>('/reorganisations', input);
    saving.mutate(send, {
      onSuccess: ({ reorganisation }) => {
        dirty.current = false;
        void navigate(`/sap-xep/${reorganisation.id}`);
      },
      onError: (error) => {
        const known = [...FIELDS.flat(), ...form.getFieldsError().map(({ name }) => name as Path)];
        const unplaced = placeErrors(form, renamed(error), known);
        setRest(unplaced);
        goToField(form.getFieldsError().find(({ errors }) => errors.length > 0)?.name[0]);
      },
    });
  };
  const goToField = (field: string | number | undefined) => {
    const at = FIELDS.findIndex((fields) => fields.some(([head]) => head === field));
    if (at >= 0) toStep(at);
  };
  return (
    <div className="wizard">
      <PageHead
        title={held ? `Sửa: ${held.title}` : 'Chuẩn bị sắp xếp tổ chức'}
        back={held ? { to: `/sap-xep/${held.id}`, label: held.title } : { to: '/sap-xep', label: 'Sắp xếp tổ chức' }}
        sub="Chưa có gì thay đổi cho đến khi được diễn tập và thực hiện."
      />
      <Card size="small">
        <Steps
          size="small"
          current={step}
          className="gap-below"
          items={STEPS.map((title) => ({ title }))}
          onChange={toStep}
        />
        <Form<Draft>
          form={form}
          layout="vertical"
          initialValues={initial}
          onValuesChange={() => {
            dirty.current = true;
          }}
        >
          <div hidden={step !== 0}>
            <KindStep form={form} />
          </div>
          <div hidden={step !== 1}>
            <SuccessorsStep form={form} />
          </div>
          <div hidden={step !== 2}>
            <DecisionStep form={form} active={step === 2} />
          </div>
          {rest.length > 0 && <Alert type="error" showIcon title={rest.join(' ')} className="gap-below" />}
        </Form>
      </Card>
      <div className="save-bar">
        {step > 0 && <Button onClick={() => toStep(step - 1)}>Quay lại</Button>}
        {step < STEPS.length - 1 ? (
          <Button type="primary" onClick={() => void forward()}>
            Tiếp tục
          </Button>
        ) : (
          <Button type="primary" loading={saving.isPending} onClick={() => void save()}>
            {held ? 'Lưu bản sửa' : 'Lưu và sang diễn tập'}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The same refusal with the names of this form's fields. */
function renamed(error: unknown): unknown {
  if (!(error instanceof Error) || !('details' in error)) return error;
  const details = (
    error as { details: readonly { code: string; field: string | null; message: string }[] }
  ).details.map((one) => {
    const alias = one.field === null ? undefined : (ALIASES[one.field] ?? ALIASES[one.field.split(/[[.]/)[0] ?? '']);
    return { ...one, field: alias ? alias.join('.') : one.field };
  });
  return Object.assign(Object.create(Object.getPrototypeOf(error) as object) as object, error, {
    message: error.message,
    details,
  });
}
