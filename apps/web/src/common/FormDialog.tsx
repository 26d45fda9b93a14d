import { useMutation } from '@tanstack/react-query';
import { Alert, Form, Modal, type FormInstance } from 'antd';
import { useState, type ReactNode } from 'react';
import { placeErrors, type Path } from './form-errors.js';

interface Props<Values extends object> {
  title: string;
  okText: string;
  initial?: Partial<Values>;
  /** Fields shown, for placing the sentences of a refusal beside them. */
  fields: Path[];
  /** Does the work; what it throws is shown in the dialog. */
  save: (values: Values) => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
  width?: number;
  danger?: boolean;
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode);
}

/** A small form in a dialog: saves once, shows each error beside its field, closes when saved. */
export function FormDialog<Values extends object>({
  title,
  okText,
  initial,
  fields,
  save,
  onDone,
  onClose,
  width = 560,
  danger,
  children,
}: Props<Values>) {
  const [form] = Form.useForm<Values>();
  const [rest, setRest] = useState<string[]>([]);
  const saving = useMutation({
    mutationFn: save,
    onMutate: () => setRest([]),
    onSuccess: onDone,
    onError: (error) => setRest(placeErrors(form, error, fields)),
  });
  return (
    <Modal
      open
      title={title}
      width={width}
      style={{ top: 24 }}
      okText={okText}
      okButtonProps={{ danger: !!danger }}
      cancelText="Thôi"
      confirmLoading={saving.isPending}
      mask={{ closable: false }}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={initial}
        onFinish={(values) => !saving.isPending && saving.mutate(values)}
      >
        {typeof children === 'function' ? children(form) : children}
        {/* Beside the button that was pressed: a long dialog's head may be out of sight. */}
        {rest.length > 0 && <Alert type="error" showIcon title={rest.join(' ')} />}
      </Form>
    </Modal>
  );
}
