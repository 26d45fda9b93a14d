import { Select } from 'antd';
import { useState } from 'react';
import type { AwardKind, BatchRow, Id } from '../contract.js';
import { pickLines } from '../common/pick.js';
import { useDebounced } from '../common/useDebounced.js';
import { printWhen } from '../words/format.js';
import { useBatch, useBatches } from './awards.api.js';
import { titleOf } from './BatchTable.js';
import { printBodies, printCounts } from './words.js';

interface Props {
  value?: Id | null;
  onChange?: (id: Id | null) => void;
  id?: string;
  'aria-label'?: string;
  /** Only a batch of the same kind can contain another; without one, batches of every kind are offered. */
  kind?: AwardKind;
  placeholder?: string;
  /** The batch itself is not offered as its own container. */
  except?: Id;
}

/** The batch whose stated figure already contains this one, so that nothing is counted twice. */
export function PartOfPicker({
  value,
  onChange,
  id,
  kind,
  placeholder = 'không; đây là số liệu riêng',
  except,
  ...rest
}: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const q = useDebounced(text);
  const batches = useBatches({ q, kind: kind ?? null, state: 'LIVE' }, 20, open);
  const chosen = useBatch(value);
  const title = (row: BatchRow) =>
    [titleOf(row), row.reason ?? row.campaign, printCounts(row.figure, row.kind), printWhen(row.when)]
      .filter(Boolean)
      .join(' · ');
  const rows = (batches.data?.pages.flatMap((page) => page.items) ?? []).filter((row) => row.id !== except);
  const options = rows.map((row) => ({ value: row.id, label: title(row), giver: printBodies(row.conferringBodies) }));
  // Not while searching: Enter takes the first batch found, and must not take the old choice again.
  if (chosen.data && !q && !options.some((option) => option.value === value)) {
    options.unshift({
      value: chosen.data.id,
      label: title(chosen.data),
      giver: printBodies(chosen.data.conferringBodies),
    });
  }
  return (
    <Select
      {...rest}
      {...(id ? { id } : {})}
      className="wide"
      allowClear
      value={value ?? undefined}
      placeholder={placeholder}
      options={options}
      showSearch={{ filterOption: false, onSearch: setText }}
      onOpenChange={setOpen}
      notFoundContent={batches.isFetching ? 'Đang tìm…' : 'Không có lần ghi nào phù hợp.'}
      popupMatchSelectWidth={560}
      optionRender={renderOption}
      labelRender={() => chosen.data && title(chosen.data)}
      onChange={(chosenId) => onChange?.(chosenId ?? null)}
    />
  );
}

function renderOption({ data }: { data: { label: string; giver: string } }) {
  return pickLines(data.label, data.giver);
}
