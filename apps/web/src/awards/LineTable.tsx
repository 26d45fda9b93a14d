import { DeleteOutlined, PlusOutlined, SnippetsOutlined } from '@ant-design/icons';
import { App, Button, Input, InputNumber, Modal, Pagination, Select, Space } from 'antd';
import { useRef, useState, type ClipboardEvent } from 'react';
import { printNumber } from '@lib/kernel';
import { UnitPicker } from '../units/UnitPicker.js';
import {
  isBlank,
  newLine,
  readPasted,
  recogniseUnits,
  type LineDraft,
  type LineErrors,
  type LineKind,
} from './lines.js';
import { OfficeSelect, PersonInput } from './LineCells.js';

const KINDS: { value: LineKind; label: string }[] = [
  { value: 'person', label: 'Cá nhân' },
  { value: 'unit', label: 'Tập thể (đơn vị)' },
  { value: 'collective', label: 'Tập thể khác' },
  { value: 'office', label: 'Văn phòng, ban' },
  { value: 'household', label: 'Hộ gia đình' },
];
/** A thousand names may be pasted; only a page of them is drawn. */
const PER_PAGE = 25;

interface Props {
  lines: LineDraft[];
  errors: LineErrors;
  onChange: (lines: LineDraft[]) => void;
}

/** Named recipients, typed or pasted from a spreadsheet. */
export function LineTable({ lines, errors, onChange }: Props) {
  const [page, setPage] = useState(1);
  const [pasting, setPasting] = useState(false);
  const { message } = App.useApp();
  const table = useRef<HTMLTableElement>(null);
  const start = (page - 1) * PER_PAGE;
  const change = (key: string, part: Partial<LineDraft>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const add = (kind: LineKind) => {
    onChange([...lines, newLine({ kind })]);
    setPage(Math.ceil((lines.length + 1) / PER_PAGE));
    // The next thing typed is the name: the keyboard goes on in the new row.
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLInputElement>('tbody tr:last-child td:nth-child(3) input')?.focus(),
    );
  };
  const paste = async (text: string) => {
    const pasted = await recogniseUnits(readPasted(text));
    onChange([...lines.filter((line) => !isBlank(line)), ...pasted]);
    message.info(`Đã thêm ${printNumber(pasted.length)} dòng.`);
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    void paste(text);
  };
  return (
    <div onPaste={onPaste}>
      {lines.length > 0 && (
        <table ref={table} className="grid" aria-label="Danh sách được khen">
          <thead>
            <tr>
              <th className="num">#</th>
              <th className="w-kind">Loại</th>
              <th>Họ và tên, tên tập thể</th>
              <th className="w-year">Năm sinh</th>
              <th>Đơn vị</th>
              <th className="w-number">Số sổ vàng</th>
              <th className="w-del" aria-label="Bỏ dòng" />
            </tr>
          </thead>
          <tbody>
            {lines.slice(start, start + PER_PAGE).map((line, index) => (
              <LineRow
                key={line.key}
                line={line}
                no={start + index + 1}
                errors={errors[line.key] ?? {}}
                onChange={(part) => change(line.key, part)}
                onRemove={() => onChange(lines.filter(({ key }) => key !== line.key))}
              />
            ))}
          </tbody>
        </table>
      )}
      <Space wrap className="gap-above">
        <Button icon={<PlusOutlined />} onClick={() => add('person')}>
          Thêm cá nhân
        </Button>
        <Button icon={<PlusOutlined />} onClick={() => add('unit')}>
          Thêm tập thể
        </Button>
        <Button icon={<SnippetsOutlined />} onClick={() => setPasting(true)}>
          Dán từ Excel
        </Button>
        {lines.length > PER_PAGE && (
          <Pagination
            current={page}
            pageSize={PER_PAGE}
            total={lines.length}
            showSizeChanger={false}
            onChange={setPage}
          />
        )}
      </Space>
      {pasting && <PasteDialog onPaste={(text) => void paste(text)} onClose={() => setPasting(false)} />}
    </div>
  );
}

interface RowProps {
  line: LineDraft;
  no: number;
  errors: LineErrors[string];
  onChange: (part: Partial<LineDraft>) => void;
  onRemove: () => void;
}

function LineRow({ line, no, errors, onChange, onRemove }: RowProps) {
  const label = (what: string) => `Dòng ${no}: ${what}`;
  return (
    <tr>
      <td className="num">{no}</td>
      <td>
        <Select
          className="wide"
          value={line.kind}
          options={KINDS}
          aria-label={label('loại')}
          onChange={(kind) => onChange({ kind, person: null, office: null })}
        />
      </td>
      <td>
        {line.kind === 'person' && (
          <PersonInput line={line} status={errors.name ? 'error' : ''} onChange={onChange} label={label('họ và tên')} />
        )}
        {(line.kind === 'household' || line.kind === 'collective') && (
          <Input
            value={line.name}
            status={errors.name ? 'error' : ''}
            aria-label={label('tên')}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
        {line.kind === 'unit' && (
          <UnitPicker
            className="wide"
            value={line.unit}
            status={errors.name ? 'error' : ''}
            aria-label={label('tập thể')}
            onChange={(unit) => onChange({ unit, unitText: '' })}
          />
        )}
        {line.kind === 'office' && <OfficeSelect line={line} onChange={onChange} label={label('văn phòng, ban')} />}
        <CellError text={errors.name} />
      </td>
      <td>
        {line.kind === 'person' && (
          <InputNumber
            className="wide"
            controls={false}
            min={1900}
            max={2100}
            value={line.birthYear}
            disabled={line.person !== null}
            aria-label={label('năm sinh')}
            onChange={(birthYear) => onChange({ birthYear })}
          />
        )}
      </td>
      <td>
        {line.kind !== 'unit' && (
          <UnitPicker
            className="wide"
            allowClear
            value={line.unit}
            status={errors.unit ? 'error' : ''}
            placeholder={line.unitText || 'như đơn vị ở trên'}
            aria-label={label('đơn vị')}
            onChange={(unit) => onChange({ unit, unitText: '', office: null })}
          />
        )}
        <CellError text={errors.unit} />
      </td>
      <td>
        <Input
          value={line.registerNumber}
          maxLength={40}
          status={errors.registerNumber ? 'error' : ''}
          aria-label={label('số sổ vàng')}
          onChange={(event) => onChange({ registerNumber: event.target.value })}
        />
        <CellError text={errors.registerNumber} />
      </td>
      <td>
        <Button type="text" icon={<DeleteOutlined />} aria-label={label('bỏ dòng này')} onClick={onRemove} />
      </td>
    </tr>
  );
}

function CellError({ text }: { text: string | undefined }) {
  return text ? (
    <div className="cell-error" role="alert">
      {text}
    </div>
  ) : null;
}

function PasteDialog({ onPaste, onClose }: { onPaste: (text: string) => void; onClose: () => void }) {
  const [text, setText] = useState('');
  return (
    <Modal
      open
      title="Dán danh sách từ Excel"
      okText="Đưa vào danh sách"
      cancelText="Thôi"
      okButtonProps={{ disabled: !text.trim() }}
      onCancel={onClose}
      onOk={() => {
        onPaste(text);
        onClose();
      }}
    >
      <label htmlFor="pasted">
        Chép các cột theo thứ tự: <strong>họ và tên, năm sinh, đơn vị, số sổ vàng</strong>. Cột số thứ tự và dòng tiêu
        đề được tự bỏ.
      </label>
      <Input.TextArea
        id="pasted"
        rows={10}
        autoFocus
        value={text}
        className="gap-above"
        onPaste={(event) => event.stopPropagation()}
        onChange={(event) => setText(event.target.value)}
      />
    </Modal>
  );
}
