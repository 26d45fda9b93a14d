import { AutoComplete, Select } from 'antd';
import { useState } from 'react';
import { pickLines } from '../common/pick.js';
import { useDebounced } from '../common/useDebounced.js';
import { useUnit } from '../units/units.api.js';
import { usePeople } from './awards.api.js';
import type { LineDraft } from './lines.js';

interface Props {
  line: LineDraft;
  status?: 'error' | '';
  label: string;
  onChange: (part: Partial<LineDraft>) => void;
}

/** A person's name; those already known are offered with birth year and unit, since a name alone is nobody's identity. */
export function PersonInput({ line, status = '', label, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const q = useDebounced(line.name);
  const people = usePeople(q, null, open && line.person === null);
  const options = (people.data ?? []).map((person) => ({
    value: `${person.name}|${person.id}`,
    label: pickLines(
      person.name,
      [person.birthYear ? `sinh ${person.birthYear}` : 'chưa rõ năm sinh', person.unit?.name ?? 'chưa rõ đơn vị'].join(
        ' · ',
      ),
    ),
    person,
  }));
  return (
    <>
      <AutoComplete
        className="wide"
        value={line.name}
        options={open ? options : []}
        status={status}
        aria-label={label}
        popupMatchSelectWidth={360}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(name: string) => {
          if (!name.includes('|')) onChange({ name, person: null });
        }}
        onSelect={(_, { person }) =>
          onChange({
            name: person.name,
            person: person.id,
            birthYear: person.birthYear,
            unit: person.unit?.code ?? null,
            unitText: '',
          })
        }
      />
      {line.person !== null && <small className="known">đã có trong danh sách</small>}
    </>
  );
}

/** An executive office of the row's unit. */
export function OfficeSelect({ line, label, onChange }: Props) {
  const unit = useUnit(line.unit);
  return (
    <Select
      className="wide"
      value={line.office ?? undefined}
      loading={unit.isFetching}
      disabled={!line.unit}
      placeholder={line.unit ? 'Chọn văn phòng, ban' : 'Chọn đơn vị trước'}
      notFoundContent="Đơn vị này chưa ghi văn phòng, ban nào."
      aria-label={label}
      options={(unit.data?.offices ?? []).map(({ code, name }) => ({ value: code, label: name }))}
      onChange={(office) => onChange({ office })}
    />
  );
}
