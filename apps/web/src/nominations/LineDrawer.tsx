import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { PersonInput, OfficeSelect } from '../awards/LineCells.js';
import { newLine, type LineDraft } from '../awards/lines.js';
import { useForms, useTypes } from '../awards/rulebook.api.js';
import { detailsOf } from '../common/form-errors.js';
import { foldedSearch } from '../common/pick.js';
import type { PositionBand, RecipientInput } from '../contract.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { options, POSITION_BANDS } from '../words/labels.js';
import type { DossierCommand } from './nominations.api.js';
import type { Dossier, DossierLine, NominationInput, Reason } from './nominations.contract.js';

const KINDS = [
  { value: 'person', label: 'Cá nhân' },
  { value: 'unit', label: 'Tập thể (đơn vị)' },
  { value: 'collective', label: 'Tập thể khác' },
  { value: 'office', label: 'Văn phòng, ban' },
  { value: 'household', label: 'Hộ gia đình' },
];

interface Facts {
  form: string | null;
  type: string | null;
  campaign: string;
  reason: string;
  positionBand: PositionBand | null;
  gender: 'MALE' | 'FEMALE' | null;
}

interface Props {
  dossier: Dossier;
  /** Null: a new line. */
  line: DossierLine | null;
  reasons: readonly Reason[];
  command: DossierCommand;
  onClose: () => void;
}

/** One nominee: who, for what, why. Reasons of a return stand at their fields. */
export function LineDrawer({ dossier, line, reasons, command, onClose }: Props) {
  const [who, setWho] = useState<LineDraft>(() => draftOf(line));
  const [facts, setFacts] = useState<Facts>(() => factsOf(line, dossier));
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const forms = useForms();
  const types = useTypes();
  const set = (change: Partial<Facts>) => setFacts((now) => ({ ...now, ...change }));
  const saving = useMutation({
    mutationFn: () => {
      const input = inputOf(who, facts);
      return line
        ? command.mutateAsync({
            method: 'put',
            path: `/nominations/${line.id}`,
            body: { ...input, version: line.version },
          })
        : command.mutateAsync({ path: `/dossiers/${dossier.id}/nominations`, body: { lines: [input] } });
    },
    onMutate: () => setWrong({}),
    onSuccess: onClose,
    onError: (error) => setWrong(errorsOf(error)),
  });
  const at = (field: string) => ({
    help: wrong[field] ?? said(reasons, field),
    validateStatus: wrong[field] ? ('error' as const) : said(reasons, field) ? ('warning' as const) : ('' as const),
  });
  return (
    <Drawer
      open
      size={640}
      title={line ? `Sửa đề nghị: ${line.name}` : 'Thêm người, tập thể được đề nghị'}
      onClose={onClose}
      mask={{ closable: false }}
      footer={
        <Space>
          <Button type="primary" loading={saving.isPending} onClick={() => saving.mutate()}>
            Lưu
          </Button>
          <Button onClick={onClose}>Thôi</Button>
        </Space>
      }
    >
      <Form layout="vertical">
        {wrong[''] && <Alert type="error" showIcon title={wrong['']} className="gap-below" />}
        <div className="fields-2">
          <Form.Item label="Loại đối tượng">
            <Select
              value={who.kind}
              options={KINDS}
              aria-label="Loại đối tượng"
              onChange={(kind) => setWho((now) => ({ ...now, kind, person: null, office: null }))}
            />
          </Form.Item>
          {who.kind === 'person' && (
            <Form.Item label="Năm sinh" extra="Thiếu năm sinh thì không phân biệt được người trùng tên.">
              <InputNumber
                className="wide"
                min={1900}
                max={2100}
                controls={false}
                aria-label="Năm sinh"
                value={who.birthYear}
                disabled={who.person !== null}
                onChange={(birthYear) => setWho((now) => ({ ...now, birthYear }))}
              />
            </Form.Item>
          )}
        </div>
        <Form.Item label="Họ và tên, tên tập thể" required {...at('recipient')}>
          {who.kind === 'person' && (
            <PersonInput line={who} label="Họ và tên" onChange={(part) => setWho((now) => ({ ...now, ...part }))} />
          )}
          {who.kind === 'unit' && (
            <UnitPicker
              className="wide"
              value={who.unit}
              aria-label="Tập thể"
              onChange={(unit) => setWho((now) => ({ ...now, unit }))}
            />
          )}
          {who.kind === 'office' && (
            <OfficeSelect
              line={who}
              label="Văn phòng, ban"
              onChange={(part) => setWho((now) => ({ ...now, ...part }))}
            />
          )}
          {(who.kind === 'collective' || who.kind === 'household') && (
            <Input
              value={who.name}
              maxLength={300}
              aria-label="Tên"
              onChange={(event) => setWho((now) => ({ ...now, name: event.target.value }))}
            />
          )}
        </Form.Item>
        {who.kind !== 'unit' && (
          <Form.Item label="Đơn vị của đối tượng" {...at('unit')}>
            <UnitPicker
              className="wide"
              allowClear
              value={who.unit}
              placeholder={`như đơn vị đề nghị: ${dossier.unit?.name ?? ''}`}
              aria-label="Đơn vị của đối tượng"
              onChange={(unit) => setWho((now) => ({ ...now, unit, office: null }))}
            />
          </Form.Item>
        )}
        <Form.Item label="Hình thức, danh hiệu đề nghị" required {...at('form')}>
          <Select
            value={facts.form ?? undefined}
            showSearch={foldedSearch}
            placeholder="Chọn hình thức"
            aria-label="Hình thức"
            options={(forms.data ?? [])
              .filter((form) => form.code !== 'UNKNOWN')
              .map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(form) => set({ form })}
          />
        </Form.Item>
        <Form.Item label="Thành tích" {...at('reason')}>
          <Input.TextArea
            rows={3}
            maxLength={1000}
            aria-label="Thành tích"
            value={facts.reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
        </Form.Item>
        <div className="fields-2">
          <Form.Item label="Loại hình" {...at('type')}>
            <Select
              allowClear
              value={facts.type ?? undefined}
              placeholder="như hồ sơ"
              showSearch={foldedSearch}
              aria-label="Loại hình"
              options={(types.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
              onChange={(type) => set({ type: type ?? null })}
            />
          </Form.Item>
          <Form.Item label="Phong trào" {...at('campaign')}>
            <Input
              value={facts.campaign}
              maxLength={300}
              placeholder="như hồ sơ"
              aria-label="Phong trào"
              onChange={(event) => set({ campaign: event.target.value })}
            />
          </Form.Item>
        </div>
        {who.kind === 'person' && (
          <div className="fields-2">
            <Form.Item label="Giới tính">
              <Select
                allowClear
                value={facts.gender ?? undefined}
                disabled={who.person !== null}
                placeholder="chưa nêu"
                aria-label="Giới tính"
                options={[
                  { value: 'FEMALE', label: 'Nữ' },
                  { value: 'MALE', label: 'Nam' },
                ]}
                onChange={(gender) => set({ gender: gender ?? null })}
              />
            </Form.Item>
            <Form.Item label="Nhóm chức vụ" {...at('positionBand')}>
              <Select
                allowClear
                value={facts.positionBand ?? undefined}
                placeholder="chưa nêu"
                aria-label="Nhóm chức vụ"
                options={options(POSITION_BANDS)}
                onChange={(positionBand) => set({ positionBand: positionBand ?? null })}
              />
            </Form.Item>
          </div>
        )}
      </Form>
    </Drawer>
  );
}

function said(reasons: readonly Reason[], field: string): string | undefined {
  const here = reasons.filter((reason) => reason.field === field && !reason.settled).map((reason) => reason.reason);
  return here.length ? `Lý do trả lại: ${here.join('; ')}` : undefined;
}

/** `lines[0].recipient.unit` → `recipient`. */
function errorsOf(error: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { field, message } of detailsOf(error)) {
    const name = (field ?? '').replace(/^lines\[\d+\]\.?/, '').split('.')[0] ?? '';
    const known = ['recipient', 'unit', 'form', 'reason', 'type', 'campaign', 'positionBand'].includes(name)
      ? name
      : '';
    found[known] = [found[known], message].filter(Boolean).join(' ');
  }
  return found;
}

function draftOf(line: DossierLine | null): LineDraft {
  if (!line) return newLine();
  const unit = line.unit?.code ?? null;
  const shared = { name: line.name, unit, birthYear: line.birthYear };
  if (line.recipientClass === 'INDIVIDUAL') return newLine({ ...shared, kind: 'person', person: line.person });
  if (line.recipientClass === 'HOUSEHOLD') return newLine({ ...shared, kind: 'household' });
  if (line.office) return newLine({ ...shared, kind: 'office', office: line.office });
  return newLine({ ...shared, kind: line.name === line.unit?.name ? 'unit' : 'collective' });
}

function factsOf(line: DossierLine | null, dossier: Dossier): Facts {
  return {
    form: line?.form ?? null,
    type: line?.type ?? dossier.type,
    campaign: line?.campaign ?? dossier.campaign ?? '',
    reason: line?.reason ?? '',
    positionBand: line?.positionBand ?? null,
    gender: line?.gender ?? null,
  };
}

function recipientOf(who: LineDraft, gender: Facts['gender']): RecipientInput {
  if (who.kind === 'unit') return { unit: who.unit ?? '' };
  if (who.kind === 'office') return { office: who.office ?? '' };
  if (who.kind === 'collective') return { collective: who.name };
  if (who.kind === 'household') return { household: who.name };
  return who.person === null ? { personName: who.name, birthYear: who.birthYear, gender } : { person: who.person };
}

function inputOf(who: LineDraft, facts: Facts): NominationInput {
  return {
    recipient: recipientOf(who, facts.gender),
    unit: who.kind === 'unit' || who.kind === 'office' ? null : who.unit,
    form: facts.form ?? '',
    type: facts.type,
    campaign: facts.campaign || null,
    reason: facts.reason || null,
    positionBand: facts.positionBand,
  };
}
