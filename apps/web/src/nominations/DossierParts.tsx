import { Card, Descriptions, Timeline } from 'antd';
import { useRuleNames } from '../awards/rulebook.api.js';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { printAnyDay, printInstant } from '../words/format.js';
import { DOSSIER_FORM_FIELDS, DossierFields, inputOf, type DossierValues } from './DossierFields.js';
import type { DossierCommand } from './nominations.api.js';
import type { Dossier } from './nominations.contract.js';

/** What the dossier says of itself, and its clock. */
export function Facts({ dossier }: { dossier: Dossier }) {
  const names = useRuleNames();
  const { clock } = dossier;
  const items = [
    { key: 'year', label: 'Năm', children: dossier.year },
    { key: 'type', label: 'Loại hình', children: names.type(dossier.type) },
    { key: 'campaign', label: 'Phong trào', children: dossier.campaign ?? '—' },
    { key: 'occasion', label: 'Dịp', children: dossier.occasion ?? '—' },
    { key: 'submitted', label: 'Trình ngày', children: printAnyDay(dossier.submittedOn) },
    { key: 'received', label: 'Tiếp nhận', children: printAnyDay(dossier.receivedOn) },
    {
      key: 'clock',
      label: 'Thẩm định',
      children: clock ? (
        <span title={clock.source}>
          {clock.days}/{clock.limit} ngày làm việc{clock.due && `, hạn ${printAnyDay(clock.due)}`}{' '}
          {clock.late && <Mark tone="bad">quá hạn</Mark>}
        </span>
      ) : (
        '—'
      ),
    },
    { key: 'note', label: 'Ghi chú', children: dossier.note ?? '—' },
  ];
  return <Descriptions className="facts" size="small" bordered column={4} layout="vertical" items={items} />;
}

/** Who took which step when. */
export function History({ dossier }: { dossier: Dossier }) {
  return (
    <Card size="small" title="Diễn biến">
      <Timeline
        className="gap-above"
        items={[
          { content: `Lập hồ sơ · ${printAnyDay(dossier.recordedOn)} · ${dossier.recordedBy}` },
          ...dossier.history.map((step) => ({
            content: (
              <>
                <strong>{step.name}</strong> · {printInstant(step.at)} · {step.by}
                {step.reason && <div className="soft">{step.reason}</div>}
              </>
            ),
          })),
        ]}
      />
    </Card>
  );
}

export function EditDialog({
  dossier,
  command,
  onClose,
}: {
  dossier: Dossier;
  command: DossierCommand;
  onClose: () => void;
}) {
  const { asked, title, year, occasion, type, campaign, note } = dossier;
  const to = asked?.outside
    ? { mode: 'outside' as const, outside: asked.code }
    : { mode: 'unit' as const, unit: asked?.code ?? null };
  const save = (values: DossierValues) =>
    command.mutateAsync({
      method: 'put',
      path: `/dossiers/${dossier.id}`,
      body: { ...inputOf(values), version: dossier.version },
    });
  return (
    <FormDialog<DossierValues>
      title="Sửa thông tin hồ sơ"
      okText="Lưu"
      width={720}
      initial={{ to, title, year, occasion, type, campaign, note }}
      fields={DOSSIER_FORM_FIELDS}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <DossierFields unit={dossier.unit?.code ?? null} />
    </FormDialog>
  );
}
