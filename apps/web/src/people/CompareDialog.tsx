import { Checkbox, Form, Input, Radio } from 'antd';
import { FormDialog } from '../common/FormDialog.js';
import { Failed, Loading } from '../common/states.js';
import { http } from '../http.js';
import { printAnyDay } from '../words/format.js';
import { usePeopleSaving, usePerson, usePersonAwards } from './people.api.js';
import type { PersonProfile } from './people.contract.js';
import { GENDER_NAMES, printSpan } from './words.js';

const PLACES = ['Hồ sơ thứ nhất', 'Hồ sơ thứ hai'] as const;

interface Choice {
  kept: number;
  reason: string;
  certain?: boolean;
}

/** Two records side by side; which one stands is chosen, nothing is lost with the other. */
export function CompareDialog({ ids, onClose }: { ids: readonly [number, number]; onClose: () => void }) {
  const [a, b] = [usePerson(ids[0]), usePerson(ids[1])];
  const saving = usePeopleSaving();
  const merge = ({ kept, reason, certain }: Choice) =>
    saving.mutateAsync(() =>
      http.post(`/people/${kept}/merge`, {
        merged: kept === ids[0] ? ids[1] : ids[0],
        reason,
        certain: certain ?? false,
      }),
    );
  const failed = a.error ?? b.error;
  return (
    <FormDialog<Choice>
      title="Có phải một người?"
      okText="Gộp thành một người"
      width={860}
      initial={{ kept: ids[0] }}
      fields={[['kept'], ['reason'], ['certain']]}
      save={merge}
      onDone={onClose}
      onClose={onClose}
    >
      {failed && <Failed error={failed} />}
      {!failed && !(a.data && b.data) && <Loading rows={6} />}
      {a.data && b.data && (
        <>
          <SideBySide a={a.data} b={b.data} />
          <Form.Item name="kept" label="Hồ sơ đứng tên về sau" className="gap-above">
            <Radio.Group
              options={[a.data, b.data].map(({ id, unit }, place) => ({
                value: id,
                label: [PLACES[place], unit?.name].filter(Boolean).join(', '),
              }))}
            />
          </Form.Item>
          <Form.Item name="reason" label="Căn cứ" rules={[{ required: true, min: 3, message: 'Mời ghi căn cứ.' }]}>
            <Input.TextArea rows={2} maxLength={500} placeholder="Đã đối chiếu hồ sơ gốc…" />
          </Form.Item>
          {differ(a.data, b.data) && (
            <Form.Item name="certain" valuePropName="checked">
              <Checkbox>
                Hai hồ sơ khác mã đoàn viên, số hiệu, năm sinh hoặc giới tính; tôi chắc chắn vẫn là một người.
              </Checkbox>
            </Form.Item>
          )}
          <p className="hint">
            Khen thưởng, tài khoản, đề nghị của cả hai tính cho một người. Hồ sơ kia vẫn giữ nguyên và tách lại được.
          </p>
        </>
      )}
    </FormDialog>
  );
}

function differ(a: PersonProfile, b: PersonProfile): boolean {
  return (['memberCard', 'serviceNumber', 'birthYear', 'gender'] as const).some(
    (field) => a[field] !== null && b[field] !== null && a[field] !== b[field],
  );
}

function SideBySide({ a, b }: { a: PersonProfile; b: PersonProfile }) {
  const [awardsA, awardsB] = [usePersonAwards(a.id, true), usePersonAwards(b.id, true)];
  const rows: [string, (person: PersonProfile) => string][] = [
    ['Họ và tên', ({ name }) => name],
    ['Năm sinh', ({ birthYear }) => String(birthYear ?? '—')],
    ['Giới tính', ({ gender }) => (gender ? GENDER_NAMES[gender] : '—')],
    ['Mã đoàn viên', ({ memberCard }) => memberCard ?? '—'],
    ['Số hiệu', ({ serviceNumber }) => serviceNumber ?? '—'],
    ['Kết nạp', ({ admittedOn }) => printAnyDay(admittedOn)],
    [
      'Sinh hoạt',
      ({ memberships }) =>
        memberships.map(({ unit, from, to }) => `${unit?.name ?? '—'} (${printSpan(from, to)})`).join('; '),
    ],
    [
      'Chức danh',
      ({ positions }) => positions.map(({ title, unit }) => `${title}, ${unit?.name ?? ''}`).join('; ') || '—',
    ],
    ['Khen thưởng', ({ id }) => `${(id === a.id ? awardsA : awardsB).data?.length ?? '…'} lần`],
    ['Ghi vào sổ', ({ recordedOn }) => printAnyDay(recordedOn)],
  ];
  return (
    <table className="compare">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Nội dung</span>
          </th>
          <th scope="col">{PLACES[0]}</th>
          <th scope="col">{PLACES[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label} className={value(a) === value(b) ? '' : 'differs'}>
            <th scope="row">{label}</th>
            <td>{value(a)}</td>
            <td>{value(b)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
