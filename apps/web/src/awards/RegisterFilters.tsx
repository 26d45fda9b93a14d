import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { DayPicker } from '../common/DayPicker.js';
import { foldedSearch } from '../common/pick.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { KIND_NAMES, LEVEL_NAMES, STATE_NAMES, options } from '../words/labels.js';
import type { Filters } from './awards.api.js';
import { useForms, useTypes } from './rulebook.api.js';

/** API filter → name in the address, which officers read and send on. */
const NAMES = {
  unit: 'don-vi',
  from: 'tu',
  to: 'den',
  kind: 'loai',
  form: 'hinh-thuc',
  type: 'loai-hinh',
  conferringLevel: 'cap',
  state: 'tinh-trang',
  q: 'tim',
} as const;
type Filter = keyof typeof NAMES;

export function useRegisterFilters(): {
  filters: Filters;
  set: (change: Partial<Record<Filter, string | null>>) => void;
} {
  const [search, setSearch] = useSearchParams();
  const filters = Object.fromEntries(Object.entries(NAMES).map(([filter, name]) => [filter, search.get(name)]));
  const set = (change: Partial<Record<Filter, string | null>>) =>
    setSearch(
      (now) => {
        for (const [filter, value] of Object.entries(change)) {
          const name = NAMES[filter as Filter];
          if (value) now.set(name, value);
          else now.delete(name);
        }
        return now;
      },
      { replace: true },
    );
  return { filters, set };
}

interface Props {
  filters: Filters;
  onChange: (change: Partial<Record<Filter, string | null>>) => void;
  forLines: boolean;
}

export function RegisterFilters({ filters, onChange, forLines }: Props) {
  const forms = useForms();
  const types = useTypes();
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <search className="filters" aria-label="Lọc sổ vàng">
      <SearchText value={filters['q'] ?? ''} forLines={forLines} onChange={(q) => onChange({ q })} />
      <UnitPicker
        className="w-unit"
        allowClear
        value={filters['unit'] ?? null}
        placeholder="Mọi đơn vị"
        aria-label="Đơn vị"
        onChange={(unit) => onChange({ unit })}
      />
      <DayPicker
        value={filters['from'] ?? null}
        placeholder="từ ngày"
        aria-label="Từ ngày"
        onChange={(from) => onChange({ from })}
      />
      <DayPicker
        value={filters['to'] ?? null}
        placeholder="đến ngày"
        aria-label="Đến ngày"
        onChange={(to) => onChange({ to })}
      />
      <Choice name="kind" all="Mọi loại" filters={filters} onChange={onChange} list={options(KIND_NAMES)} />
      <Choice
        name="form"
        all="Mọi hình thức"
        filters={filters}
        onChange={onChange}
        list={(forms.data ?? []).map(({ code, name }) => ({
          value: code,
          label: code === 'UNKNOWN' ? 'Chưa rõ hình thức' : name,
        }))}
      />
      <Choice
        name="type"
        all="Mọi loại hình"
        filters={filters}
        onChange={onChange}
        list={(types.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Choice
        name="conferringLevel"
        all="Mọi cấp quyết định"
        filters={filters}
        onChange={onChange}
        list={options(LEVEL_NAMES)}
      />
      <Choice name="state" all="Mọi tình trạng" filters={filters} onChange={onChange} list={options(STATE_NAMES)} />
      {isFiltered && (
        <Button
          type="link"
          onClick={() => onChange(Object.fromEntries(Object.keys(NAMES).map((filter) => [filter, null])))}
        >
          Bỏ lọc
        </Button>
      )}
    </search>
  );
}

interface ChoiceProps extends Pick<Props, 'filters' | 'onChange'> {
  name: Filter;
  all: string;
  list: { value: string; label: string }[];
}

function Choice({ name, all, filters, onChange, list }: ChoiceProps) {
  return (
    <Select
      className="w-choice"
      allowClear
      showSearch={foldedSearch}
      value={filters[name] ?? undefined}
      placeholder={all}
      aria-label={all}
      options={list}
      popupMatchSelectWidth={false}
      onChange={(value) => onChange({ [name]: value ?? null })}
    />
  );
}

function SearchText({
  value,
  forLines,
  onChange,
}: {
  value: string;
  forLines: boolean;
  onChange: (q: string) => void;
}) {
  const [text, setText] = useState(value);
  const waiting = useRef<number>(undefined);
  const sent = useRef(value);
  /** Follows the address where somebody else changed it ("Bỏ lọc"), and never takes the field away while one types. */
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  /** Asks once per pause in typing. */
  const type = (next: string) => {
    setText(next);
    window.clearTimeout(waiting.current);
    waiting.current = window.setTimeout(() => {
      sent.current = next.trim();
      onChange(sent.current);
    }, 350);
  };
  return (
    <Input.Search
      className="w-search"
      allowClear
      value={text}
      placeholder={forLines ? 'Tìm tên, không cần dấu' : 'Tìm nội dung, số, không cần dấu'}
      aria-label="Tìm trong sổ vàng"
      onChange={(event) => type(event.target.value)}
    />
  );
}
