import { Select } from 'antd';
import { useState } from 'react';
import { fold } from '@lib/kernel';
import type { FoundUnit, UnitNode, UnitRef } from '../contract.js';
import { pickLines } from '../common/pick.js';
import { useDebounced } from '../common/useDebounced.js';
import { useFirstUnits, useUnit, useUnitSearch } from './units.api.js';

interface Props {
  value?: string | null;
  onChange?: (code: string | null) => void;
  id?: string;
  placeholder?: string;
  allowClear?: boolean;
  disabled?: boolean;
  className?: string;
  status?: 'error' | '';
  /** Units offered first although they lie outside my scope, e.g. the bodies above mine. */
  extra?: readonly UnitRef[];
  'aria-label'?: string;
}

/** Chooses one unit by typing part of its name (accents not needed) or its code. The value is the code. */
export function UnitPicker({ value, onChange, extra = [], placeholder = 'Gõ tên hoặc mã đơn vị', ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const q = useDebounced(text);
  const first = useFirstUnits(open && !q);
  const found = useUnitSearch(open ? q : '');
  const inExtra = extra.find((unit) => unit.code === value);
  const chosen = useUnit(inExtra ? null : value);

  const list: readonly (UnitNode | FoundUnit | UnitRef)[] = q
    ? [...(found.data ?? []), ...extra.filter(({ name }) => fold(name).includes(fold(q)))]
    : [...(first.data ?? []), ...extra];
  const unique = [...new Map(list.map((unit) => [unit.code, unit])).values()];
  const label = inExtra?.name ?? chosen.data?.name;
  const options: Offered[] = unique.map((unit) => ({
    value: unit.code,
    label: unit.name,
    unit,
    above: 'path' in unit ? unit.path : null,
  }));
  // Not while searching: Enter takes the first unit found, and must not take the old choice again.
  if (value && label && !q && !options.some((option) => option.value === value)) {
    options.unshift({ value, label, unit: { code: value, name: label, level: 'UNKNOWN' }, above: null });
  }
  return (
    <Select
      {...rest}
      value={value ?? undefined}
      placeholder={placeholder}
      options={options}
      showSearch={{ filterOption: false, onSearch: setText }}
      onOpenChange={(isOpen) => {
        setOpen(isOpen);
        if (!isOpen) setText('');
      }}
      loading={found.isFetching || first.isFetching}
      notFoundContent={
        found.isFetching || first.isFetching ? 'Đang tìm…' : 'Không có đơn vị nào như vậy trong phạm vi của anh/chị.'
      }
      popupMatchSelectWidth={420}
      optionRender={renderOption}
      labelRender={() => label ?? value}
      onChange={(code) => onChange?.(code ?? null)}
    />
  );
}

interface Offered {
  value: string;
  label: string;
  unit: UnitRef;
  above: readonly UnitRef[] | null;
}

function renderOption({ data }: { data: Offered }) {
  const above = (data.above ?? []).slice(-3, -1).map((unit) => unit.name);
  return pickLines(data.label, [data.value, ...above].join(' · '));
}
