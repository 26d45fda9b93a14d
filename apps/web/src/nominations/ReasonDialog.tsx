import { Form, Input } from 'antd';
import { FormDialog } from '../common/FormDialog.js';

interface Props {
  title: string;
  okText: string;
  label: string;
  /** Name of the field in the request. */
  field?: string;
  required?: boolean;
  danger?: boolean;
  hint?: string;
  save: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** One question: why. */
export function ReasonDialog({
  title,
  okText,
  label,
  field = 'reason',
  required = true,
  danger = false,
  hint,
  save,
  onClose,
}: Props) {
  return (
    <FormDialog<Record<string, string>>
      title={title}
      okText={okText}
      danger={danger}
      fields={[[field]]}
      save={(values) => save(values[field] ?? '')}
      onDone={onClose}
      onClose={onClose}
    >
      {hint && <p className="hint">{hint}</p>}
      <Form.Item
        name={field}
        label={label}
        rules={required ? [{ required: true, min: 3, message: 'Mời ghi rõ.' }] : []}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
