import { Select } from 'antd';
import { useState } from 'react';
import { pickLines } from '../common/pick.js';
import { useDebounced } from '../common/useDebounced.js';
import { useColleagues } from './delegations.api.js';

interface Props {
  value?: string | null;
  onChange?: (username: string | null) => void;
  id?: string;
}

/** Chooses an account of one's own units by part of its name. The value is the user name. */
export function ColleaguePicker({ value, onChange, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const found = useColleagues(useDebounced(text), open);
  return (
    <Select
      {...rest}
      className="wide"
      value={value ?? undefined}
      placeholder="Gõ tên đồng nghiệp"
      showSearch={{ filterOption: false, onSearch: setText }}
      onOpenChange={setOpen}
      loading={found.isFetching}
      notFoundContent={found.isError ? 'Chưa tải được danh sách.' : 'Không có đồng nghiệp nào như vậy.'}
      options={(found.data ?? []).map(({ username, name }) => ({ value: username, label: name, username }))}
      optionRender={({ data }) => pickLines(String(data.label), String(data.username))}
      onChange={(chosen) => onChange?.(chosen ?? null)}
    />
  );
}
