import { Select } from 'antd';
import { useState } from 'react';
import type { UnitRef } from '../contract.js';
import { pickLines } from '../common/pick.js';
import { useDebounced } from '../common/useDebounced.js';
import { LEVEL_NAMES } from '../words/labels.js';
import { useGrantUnits } from './accounts.api.js';

interface Props {
  value?: string | null;
  onChange?: (code: string | null) => void;
  id?: string;
  /** Units offered before anything is typed, and those whose names must be shown. */
  known: readonly UnitRef[];
}

/** Chooses a unit in which a role may be given. The value is its code. */
export function GrantUnitPicker({ value, onChange, known, id }: Props) {
  const [text, setText] = useState('');
  const q = useDebounced(text);
  const found = useGrantUnits(q);
  const offered = q ? (found.data ?? []) : known;
  const all = new Map([...known, ...(found.data ?? [])].map((unit) => [unit.code, unit]));
  return (
    <Select
      {...(id ? { id } : {})}
      className="wide"
      value={value ?? undefined}
      placeholder="Gõ tên hoặc mã đơn vị"
      options={offered.map((unit) => ({ value: unit.code, label: unit.name, unit }))}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      notFoundContent={
        found.isFetching ? 'Đang tìm…' : q ? 'Không có đơn vị nào như vậy trong phạm vi quản trị.' : 'Gõ để tìm.'
      }
      popupMatchSelectWidth={380}
      optionRender={({ data }) => pickLines(data.label, `${data.value} · ${LEVEL_NAMES[data.unit.level]}`)}
      labelRender={({ value: code }) => all.get(String(code))?.name ?? code}
      onChange={(code: string | undefined) => {
        setText('');
        onChange?.(code ?? null);
      }}
    />
  );
}
