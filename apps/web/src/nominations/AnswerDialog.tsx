import { Form, Input, Select } from 'antd';
import { FileField } from '../awards/FileField.js';
import { useForms } from '../awards/rulebook.api.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { foldedSearch } from '../common/pick.js';
import type { Day } from '../contract.js';
import type { DossierCommand } from './nominations.api.js';
import type { Dossier } from './nominations.contract.js';

interface Row {
  outcome?: 'AWARDED' | 'DECLINED';
  form?: string;
  reason?: string;
}
interface Values {
  decision?: { number?: string; symbol?: string; date?: Day | null };
  fileId?: number | null;
  lines: Row[];
}

/** What a body outside the system answered; what it awarded is written into the golden book at once. */
export function AnswerDialog({
  dossier,
  command,
  onClose,
}: {
  dossier: Dossier;
  command: DossierCommand;
  onClose: () => void;
}) {
  const forms = useForms();
  const lines = dossier.dossierLines.filter((line) => line.may.includes('answer'));
  const save = ({ decision, fileId, lines: rows }: Values) => {
    const given = lines.flatMap((line, index) => {
      const { outcome, form, reason } = rows[index] ?? {};
      return outcome
        ? [{ lineId: line.id, version: line.version, outcome, form: form ?? null, reason: reason ?? null }]
        : [];
    });
    return command.mutateAsync({
      path: `/dossiers/${dossier.id}/answers`,
      body: {
        lines: given,
        fileId: fileId ?? null,
        decision:
          decision?.number || decision?.date
            ? { number: decision.number ?? null, symbol: decision.symbol ?? null, date: decision.date ?? null }
            : null,
      },
    });
  };
  return (
    <FormDialog<Values>
      title={`Trả lời của ${dossier.asked?.name ?? 'cơ quan ngoài công đoàn'}`}
      okText="Ghi kết quả"
      width={860}
      initial={{ lines: lines.map((line) => ({ form: line.toForm ?? line.form })) }}
      fields={[...['number', 'symbol', 'date'].map((name) => ['decision', name]), ['fileId']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">
        Dòng chưa có trả lời thì để trống; ghi tiếp khi có. Dòng được khen được ghi ngay vào sổ vàng theo quyết định
        dưới đây.
      </p>
      <div className="fields-3">
        <Form.Item name={['decision', 'number']} label="Số quyết định">
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name={['decision', 'symbol']} label="Ký hiệu">
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={['decision', 'date']} label="Ngày ký">
          <DayPicker className="wide" />
        </Form.Item>
      </div>
      <Form.Item name="fileId" label="Bản quyết định, công văn trả lời">
        <FileField classification="INTERNAL" />
      </Form.Item>
      <table className="grid" aria-label="Kết quả từng dòng">
        <thead>
          <tr>
            <th>Người, tập thể</th>
            <th>Kết quả</th>
            <th>Hình thức được tặng</th>
            <th>Lý do không khen</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={line.id}>
              <td>{line.name}</td>
              <td>
                <Form.Item name={['lines', index, 'outcome']} className="tight">
                  <Select
                    allowClear
                    placeholder="chưa trả lời"
                    aria-label={`${line.name}: kết quả`}
                    options={[
                      { value: 'AWARDED', label: 'Được khen' },
                      { value: 'DECLINED', label: 'Không khen' },
                    ]}
                  />
                </Form.Item>
              </td>
              <td>
                <Form.Item name={['lines', index, 'form']} className="tight">
                  <Select
                    showSearch={foldedSearch}
                    aria-label={`${line.name}: hình thức`}
                    popupMatchSelectWidth={false}
                    options={(forms.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
                  />
                </Form.Item>
              </td>
              <td>
                <Form.Item name={['lines', index, 'reason']} className="tight">
                  <Input maxLength={1000} aria-label={`${line.name}: lý do`} />
                </Form.Item>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </FormDialog>
  );
}
