import { Alert, Checkbox, Form, Input } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import { printNumber } from '../words/format.js';
import { useImportStep } from './imports.api.js';
import type { ImportDetail } from './imports.contract.js';

interface Props {
  told: ImportDetail;
  onClose: () => void;
}

/** What will be written, said in numbers before it is. Wrong lines are left out only where the officer says so. */
export function AcceptDialog({ told, onClose }: Props) {
  const { mutateAsync } = useImportStep(told.id);
  const { NEW = 0, CHANGED = 0, DUPLICATE = 0, WRONG = 0 } = told.counts ?? {};
  const left = DUPLICATE + WRONG;
  return (
    <FormDialog<{ skipWrong?: boolean }>
      title="Chấp nhận danh sách"
      okText="Ghi vào hệ thống"
      fields={[['skipWrong']]}
      save={({ skipWrong = false }) =>
        mutateAsync({ step: 'acceptance', body: { version: told.version, ...(left > 0 ? { skipWrong } : {}) } })
      }
      onDone={onClose}
      onClose={onClose}
    >
      <p>
        Sẽ ghi <strong>{printNumber(NEW)}</strong> dòng mới và <strong>{printNumber(CHANGED)}</strong> dòng thay đổi,
        tất cả cùng một lúc. Sau đó vẫn hoàn tác được.
      </p>
      {left > 0 && (
        <Form.Item name="skipWrong" valuePropName="checked">
          <Checkbox>
            Bỏ qua {printNumber(WRONG)} dòng sai và {printNumber(DUPLICATE)} dòng trùng, không ghi các dòng này
          </Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  );
}

/** Undoing needs a reason; where later work builds on the list, the refusal says on which line. */
export function UndoDialog({ told, onClose }: Props) {
  const { mutateAsync } = useImportStep(told.id);
  return (
    <FormDialog<{ reason: string }>
      title="Hoàn tác lần nhập này"
      okText="Hoàn tác"
      danger
      fields={[['reason']]}
      save={({ reason }) => mutateAsync({ step: 'undo', body: { version: told.version, reason } })}
      onDone={onClose}
      onClose={onClose}
    >
      <Alert
        className="gap-below"
        type="warning"
        showIcon
        title="Mọi thứ trở lại như trước khi nhập. Không hoàn tác được nếu việc làm sau đó đã dùng đến các dòng này."
      />
      <Form.Item name="reason" label="Lý do" rules={[{ required: true, message: 'Hãy ghi lý do.' }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
