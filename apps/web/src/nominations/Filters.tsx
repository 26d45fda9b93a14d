import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { UnitPicker } from '../units/UnitPicker.js';
import { options } from '../words/labels.js';

/** API filter → name in the address. */
const NAMES = { unit: 'don-vi', year: 'nam', state: 'tinh-trang', q: 'tim' } as const;
type Filter = keyof typeof NAMES;
type Values = Readonly<Record<Filter, string | null>>;

export function useNominationFilters(): { filters: Values; set: (change: Partial<Values>) => void } {
  const [search, setSearch] = useSearchParams();
  const of = (filter: Filter) => search.get(NAMES[filter]);
  const filters = { unit: of('unit'), year: of('year'), state: of('state'), q: of('q') };
  const set = (change: Partial<Values>) =>
    setSearch(
      (now) => {
        for (const [filter, value] of Object.entries(change)) {
          if (value) now.set(NAMES[filter as Filter], value);
          else now.delete(NAMES[filter as Filter]);
        }
        return now;
      },
      { replace: true },
    );
  return { filters, set };
}

interface Props {
  filters: Values;
  states: Readonly<Record<string, string>> | null;
  onChange: (change: Partial<Values>) => void;
  label: string;
}

export function NominationFilters({ filters, states, onChange, label }: Props) {
  const [text, setText] = useState(filters.q ?? '');
  return (
    <search className="filters" aria-label={label}>
      <Input.Search
        className="w-search"
        allowClear
        value={text}
        placeholder="Tìm, không cần dấu"
        aria-label="Tìm"
        onChange={(event) => setText(event.target.value)}
        onSearch={(q) => onChange({ q: q.trim() || null })}
      />
      <UnitPicker
        className="w-unit"
        allowClear
        value={filters.unit}
        placeholder="Mọi đơn vị"
        aria-label="Đơn vị"
        onChange={(unit) => onChange({ unit })}
      />
      <InputNumber
        min={1990}
        max={2100}
        controls={false}
        placeholder="Năm"
        aria-label="Năm"
        value={filters.year ? Number(filters.year) : null}
        onChange={(year) => onChange({ year: year && year >= 1990 ? String(year) : null })}
      />
      {states && (
        <Select
          className="w-choice"
          allowClear
          value={filters.state ?? undefined}
          placeholder="Mọi tình trạng"
          aria-label="Tình trạng"
          options={options(states)}
          popupMatchSelectWidth={false}
          onChange={(state) => onChange({ state: state ?? null })}
        />
      )}
    </search>
  );
}
