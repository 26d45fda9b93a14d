import { Alert, Form, Input } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import type { DossierCommand } from './nominations.api.js';
import type { Dossier, DossierLine } from './nominations.contract.js';
import { FIELD_NAMES } from './words.js';

interface Values {
  /** By the number of the reason. */
  reasons?: Record<string, string>;
}

interface Props {
  dossier: Dossier;
  /** Null: the whole dossier; otherwise these returned lines. */
  lines: readonly DossierLine[] | null;
  command: DossierCommand;
  onClose: () => void;
}

/** Submits, sends or submits again; reasons for which nothing was changed ask for an answer. */
export function SubmitDialog({ dossier, lines, command, onClose }: Props) {
  const about = lines?.map((line) => line.id) ?? null;
  const open = dossier.reasons.filter(
    (reason) => !reason.settled && (about === null || (reason.lineId !== null && about.includes(reason.lineId))),
  );
  const nameOf = (lineId: number | null) => dossier.dossierLines.find((line) => line.id === lineId)?.name ?? 'Hồ sơ';
  const warned = dossier.dossierLines.some((line) => line.here && line.warnings.some((warning) => !warning.confirmed));
  const save = ({ reasons = {} }: Values) => {
    const answers = Object.entries(reasons).flatMap(([id, answer]) =>
      answer ? [{ reasonId: Number(id), answer }] : [],
    );
    return lines
      ? command.mutateAsync({
          path: `/dossiers/${dossier.id}/resubmissions`,
          body: { lines: lines.map((line) => ({ lineId: line.id, version: line.version })), answers },
        })
      : command.mutateAsync({
          path: `/dossiers/${dossier.id}/submission`,
          body: { version: dossier.version, answers },
        });
  };
  const outside = dossier.asked?.outside;
  return (
    <FormDialog<Values>
      title={open.length ? 'Trình lại' : outside ? 'Gửi cơ quan ngoài công đoàn' : 'Trình hồ sơ'}
      okText={open.length ? 'Trình lại' : outside ? 'Đã gửi' : 'Trình'}
      fields={open.map((reason) => ['reasons', String(reason.id)])}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        {lines ? `${lines.length} dòng` : `${dossier.lines.all} dòng`} gửi đến <strong>{dossier.asked?.name}</strong>.
        {outside && ' Bản giấy gửi theo đường công văn; khi có trả lời, ghi kết quả từng dòng tại đây.'}
      </p>
      {warned && (
        <Alert
          type="warning"
          showIcon
          className="gap-below"
          title="Có dòng cần xem lại mà chưa giải trình. Vẫn trình được."
        />
      )}
      {open.map((reason) => (
        <Form.Item
          key={reason.id}
          name={['reasons', String(reason.id)]}
          label={
            <>
              {nameOf(reason.lineId)} – {FIELD_NAMES[reason.field as keyof typeof FIELD_NAMES] ?? reason.field}:{' '}
              {reason.reason}&nbsp;
              {reason.touched && <Mark tone="good">đã sửa</Mark>}
            </>
          }
        >
          <Input.TextArea
            rows={1}
            autoSize
            maxLength={1000}
            placeholder={reason.touched ? 'Giải trình thêm (không bắt buộc)' : 'Giải trình nếu không sửa'}
          />
        </Form.Item>
      ))}
    </FormDialog>
  );
}
