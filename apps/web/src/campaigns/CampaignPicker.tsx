import { Select } from 'antd';
import { useState } from 'react';
import type { Id } from '../contract.js';
import { useDebounced } from '../common/useDebounced.js';
import { useCampaigns } from './campaigns.api.js';

interface Props {
  value?: Id | null;
  onChange?: (id: Id | null) => void;
  id?: string;
  /** The campaign that must not be offered: the one that is being tied. */
  except?: Id;
}

/** One campaign, found by its name or code. */
export function CampaignPicker({ value, onChange, id, except }: Props) {
  const [text, setText] = useState('');
  const found = useCampaigns({ q: useDebounced(text) || null }, 20);
  const lines = (found.data?.pages ?? []).flatMap(({ items }) => items).filter((line) => line.id !== except);
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      value={value ?? undefined}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder="Gõ tên hoặc mã"
      notFoundContent="Không có phong trào nào như vậy."
      options={lines.map((line) => ({ value: line.id, label: `${line.name} – ${line.launcher.name}` }))}
      onChange={(chosen) => onChange?.(chosen ?? null)}
    />
  );
}
