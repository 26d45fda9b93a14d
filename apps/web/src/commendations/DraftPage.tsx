import { Alert, Button, Card, Form, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useForms } from '../awards/rulebook.api.js';
import { detailsOf } from '../common/form-errors.js';
import { Mark } from '../common/Mark.js';
import { foldedSearch } from '../common/pick.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, NotFound, Nothing } from '../common/states.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { options } from '../words/labels.js';
import { ORGAN_NAMES, printWord, useCommendation, useCommendationSaving, useReadyLines } from './commendations.api.js';
import type {
  Commendation,
  CommendationLine,
  CommendationSaved,
  Organ,
  ReadyLine,
  VerdictInput,
} from './commendations.contract.js';

type Row = Pick<ReadyLine, 'line' | 'name' | 'birthYear' | 'unit' | 'asked' | 'council' | 'recipientClass'> & {
  rule?: ReadyLine['rule'];
};
type Verdicts = Readonly<Record<number, VerdictInput>>;

/** `/quyet-dinh/moi`, `/quyet-dinh/:id/sua`: lines gathered with an outcome each. */
export function DraftPage() {
  const { id: asked } = useParams();
  const { may } = useSession();
  const id = asked === undefined ? null : Number(asked);
  const draft = useCommendation(id !== null && Number.isInteger(id) ? id : null);
  if (id === null && !may('commendation.decide') && !may('commendation.issue'))
    return <NotAllowed what="soạn quyết định khen thưởng" />;
  if (id === null) return <Draft draft={null} />;
  if (!Number.isInteger(id)) return <NotFound />;
  if (draft.isPending) return <Loading rows={8} />;
  if (draft.isError) return <Failed error={draft.error} />;
  return <Draft draft={draft.data} />;
}

/** What the council said; without a council, what was asked for. */
function suggested({ line, council, asked }: Row): VerdictInput {
  if (council?.outcome === 'NOT_RECOMMENDED') return { line, outcome: 'DECLINE' };
  return { line, outcome: 'AWARD', form: council?.form.code ?? asked.code, registerNumber: 'auto' };
}

function heldBy({ line, outcome, given, reason, registerNumber }: CommendationLine): VerdictInput {
  return { line, outcome, form: given?.code ?? null, reason, registerNumber };
}

function Draft({ draft }: { draft: Commendation | null }) {
  const { account } = useSession();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [unit, setUnit] = useState<string | null>(
    draft?.unit?.code ?? search.get('don-vi') ?? account.grants[0]?.unit.code ?? null,
  );
  const [organ, setOrgan] = useState<Organ>(draft?.organ ?? 'BTV');
  const [title, setTitle] = useState(draft?.title ?? '');
  const [verdicts, setVerdicts] = useState<Verdicts>(
    Object.fromEntries((draft?.lines ?? []).map((line) => [line.line, heldBy(line)])),
  );
  const ready = useReadyLines(unit);
  const forms = useForms();
  const saving = useCommendationSaving();
  const rows: Row[] = [...(draft?.lines ?? []), ...(ready.data ?? [])];
  const chosen = rows.filter(({ line }) => verdicts[line]);
  const change = (line: number, part: Partial<VerdictInput>) => {
    const now = verdicts[line];
    if (now) setVerdicts({ ...verdicts, [line]: { ...now, ...part } });
  };
  const save = () => {
    const facts = { organ, title, lines: chosen.flatMap(({ line }) => verdicts[line] ?? []) };
    const work = () =>
      draft
        ? http.put<CommendationSaved>(`/commendations/${draft.id}`, { ...facts, version: draft.version })
        : http.post<CommendationSaved>('/commendations', { unit, ...facts });
    saving.mutate(work, { onSuccess: ({ id }) => void navigate(`/quyet-dinh/${id}`) });
  };
  const columns: TableColumnsType<Row> = [
    {
      title: 'Được đề nghị',
      key: 'name',
      width: 230,
      render: (_, { name, birthYear, unit: of }) => (
        <>
          {[name, birthYear].filter(Boolean).join(', ')}
          <div className="soft">{of?.name}</div>
        </>
      ),
    },
    {
      title: 'Đề nghị, ý kiến Hội đồng',
      key: 'word',
      render: (_, { asked, council, rule }) => (
        <>
          {asked.name}
          <div className="soft">{printWord(council)}</div>
          {!council && rule && !rule.verified && (
            <Mark tone="warn" title={rule.source}>
              {rule.words} (chưa kiểm chứng)
            </Mark>
          )}
        </>
      ),
    },
    {
      title: 'Quyết định',
      key: 'verdict',
      width: 250,
      render: (_, row) => {
        const verdict = verdicts[row.line];
        if (!verdict) return <span className="soft">chưa chọn</span>;
        const offered = (forms.data ?? []).filter(({ recipientClasses }) =>
          recipientClasses.includes(row.recipientClass),
        );
        return (
          <Select
            {...foldedSearch}
            showSearch
            className="wide"
            aria-label={`Quyết định cho ${row.name}`}
            value={verdict.outcome === 'DECLINE' ? '-' : (verdict.form ?? '')}
            options={[
              { value: '-', label: 'Không khen thưởng' },
              ...offered.map(({ code, name }) => ({ value: code, label: name })),
            ]}
            onChange={(form: string) =>
              change(row.line, form === '-' ? { outcome: 'DECLINE', form: null } : { outcome: 'AWARD', form })
            }
          />
        );
      },
    },
    {
      title: 'Lý do (khi khác Hội đồng)',
      key: 'reason',
      width: 240,
      render: (_, { line, name }) =>
        verdicts[line] && (
          <Input
            aria-label={`Lý do của ${name}`}
            maxLength={500}
            value={verdicts[line]?.reason ?? ''}
            onChange={({ target }) => change(line, { reason: target.value || null })}
          />
        ),
    },
    {
      title: 'Số sổ vàng',
      key: 'number',
      width: 130,
      render: (_, { line, name }) =>
        verdicts[line]?.outcome === 'AWARD' && (
          <Input
            aria-label={`Số sổ vàng của ${name}`}
            placeholder="không ghi"
            value={verdicts[line]?.registerNumber === 'auto' ? 'tự động' : (verdicts[line]?.registerNumber ?? '')}
            onChange={({ target }) =>
              change(line, { registerNumber: target.value === 'tự động' ? 'auto' : target.value || null })
            }
          />
        ),
    },
  ];
  return (
    <div className="stack">
      <PageHead
        title={draft ? 'Sửa dự thảo quyết định' : 'Soạn quyết định khen thưởng'}
        back={{ to: '/quyet-dinh', label: 'Quyết định khen thưởng' }}
        sub="Hội đồng tư vấn, cơ quan có thẩm quyền quyết định; khác ý kiến Hội đồng thì ghi lý do."
        actions={
          <Button
            type="primary"
            loading={saving.isPending}
            disabled={chosen.length === 0 || title.trim().length < 5}
            onClick={save}
          >
            Ghi dự thảo ({chosen.length} dòng)
          </Button>
        }
      />
      {saving.isError && (
        <Alert
          type="error"
          showIcon
          title={detailsOf(saving.error)
            .map(({ message }) => message)
            .join(' ')}
        />
      )}
      <Card size="small">
        <Form layout="vertical" component="div">
          <div className="fields-3">
            <Form.Item label="Đơn vị quyết định">
              <UnitPicker value={unit} disabled={!!draft} onChange={setUnit} aria-label="Đơn vị quyết định" />
            </Form.Item>
            <Form.Item label="Thẩm quyền">
              <Select value={organ} options={options(ORGAN_NAMES)} onChange={setOrgan} aria-label="Thẩm quyền" />
            </Form.Item>
            <Form.Item label="Về việc" required>
              <Input
                value={title}
                maxLength={300}
                aria-label="Về việc"
                onChange={({ target }) => setTitle(target.value)}
              />
            </Form.Item>
          </div>
        </Form>
      </Card>
      {ready.isError ? (
        <Failed error={ready.error} onRetry={() => void ready.refetch()} />
      ) : (
        <Table<Row>
          size="small"
          rowKey="line"
          loading={ready.isFetching}
          pagination={false}
          dataSource={rows}
          columns={columns}
          rowSelection={{
            selectedRowKeys: chosen.map(({ line }) => line),
            onChange: (_, selected) =>
              setVerdicts(Object.fromEntries(selected.map((row) => [row.line, verdicts[row.line] ?? suggested(row)]))),
          }}
          locale={{ emptyText: <Nothing>Không có đề nghị nào đang chờ quyết định của đơn vị này.</Nothing> }}
        />
      )}
    </div>
  );
}
