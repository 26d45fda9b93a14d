import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Radio, Select, Space } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import type { DossierCommand } from './nominations.api.js';
import type { Dossier, DossierLine, ReasonField } from './nominations.contract.js';
import { DOSSIER_FIELDS, FIELD_NAMES, LINE_FIELDS } from './words.js';

interface Values {
  whole: boolean;
  reasons: { lineId?: number | null; field: ReasonField; reason: string }[];
}

interface Props {
  dossier: Dossier;
  lines: readonly DossierLine[];
  command: DossierCommand;
  onClose: () => void;
}

const fieldsOf = (names: readonly ReasonField[]) => names.map((value) => ({ value, label: FIELD_NAMES[value] }));

/** Each reason names its line and field; the proposing unit sees it there. */
export function ReturnDialog({ dossier, lines, command, onClose }: Props) {
  const received = dossier.state !== 'SUBMITTED';
  const mayWhole = dossier.may.includes('return');
  const returnable = dossier.dossierLines.filter((line) => line.may.includes('return'));
  const first = lines.length
    ? lines.map((line) => ({ lineId: line.id, field: 'reason' as const, reason: '' }))
    : [{ lineId: null, field: 'papers' as const, reason: '' }];
  return (
    <FormDialog<Values>
      title="Trả lại kèm lý do"
      okText="Trả lại"
      danger
      width={840}
      initial={{ whole: !received || !lines.length, reasons: first }}
      fields={Array.from({ length: 20 }, (_, index) =>
        ['lineId', 'field', 'reason'].map((name) => ['reasons', index, name]),
      ).flat()}
      save={(values) =>
        command.mutateAsync({
          path: `/dossiers/${dossier.id}/returns`,
          body: {
            ...values,
            reasons: values.reasons.map((one) => ({ ...one, lineId: one.lineId ?? null })),
            version: dossier.version,
          },
        })
      }
      onDone={onClose}
      onClose={onClose}
    >
      {(form) => (
        <>
          <Form.Item name="whole" label="Phạm vi">
            <Radio.Group
              options={[
                { value: false, label: 'Chỉ các dòng nêu dưới đây; dòng khác thẩm định tiếp', disabled: !received },
                { value: true, label: 'Trả cả hồ sơ', disabled: !mayWhole },
              ]}
            />
          </Form.Item>
          <Form.List name="reasons">
            {(rows, { add, remove }) => (
              <>
                {rows.map(({ key, name }) => (
                  <Space key={key} align="start" wrap>
                    <Form.Item name={[name, 'lineId']} className="tight">
                      <Select
                        className="w-unit"
                        allowClear
                        placeholder="Cả hồ sơ"
                        aria-label={`Lý do ${name + 1}: dòng`}
                        options={returnable.map((line) => ({
                          value: line.id,
                          label: `${line.name} – ${line.formName}`,
                        }))}
                      />
                    </Form.Item>
                    <Form.Item noStyle shouldUpdate>
                      {() => (
                        <Form.Item name={[name, 'field']} className="tight">
                          <Select
                            className="w-choice"
                            aria-label={`Lý do ${name + 1}: mục`}
                            popupMatchSelectWidth={false}
                            options={fieldsOf(
                              form.getFieldValue(['reasons', name, 'lineId']) ? LINE_FIELDS : DOSSIER_FIELDS,
                            )}
                          />
                        </Form.Item>
                      )}
                    </Form.Item>
                    <Form.Item
                      name={[name, 'reason']}
                      className="tight"
                      rules={[{ required: true, min: 3, message: 'Ghi lý do.' }]}
                    >
                      <Input.TextArea
                        rows={1}
                        autoSize
                        maxLength={1000}
                        placeholder="Lý do"
                        aria-label={`Lý do ${name + 1}`}
                        style={{ width: 260 }}
                      />
                    </Form.Item>
                    {rows.length > 1 && (
                      <Button
                        type="text"
                        icon={<DeleteOutlined />}
                        aria-label={`Bỏ lý do ${name + 1}`}
                        onClick={() => remove(name)}
                      />
                    )}
                  </Space>
                ))}
                <Button
                  icon={<PlusOutlined />}
                  onClick={() => add({ lineId: lines[0]?.id ?? null, field: 'reason', reason: '' })}
                >
                  Thêm lý do
                </Button>
              </>
            )}
          </Form.List>
        </>
      )}
    </FormDialog>
  );
}
