import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { Day } from '@lib/kernel';

const TYPED = ['DD/MM/YYYY', 'D/M/YYYY', 'DDMMYYYY', 'YYYY-MM-DD'];

interface Props {
  value?: Day | null;
  onChange?: (day: Day | null) => void;
  id?: string;
  placeholder?: string;
  allowClear?: boolean;
  disabled?: boolean;
  picker?: 'date' | 'month';
  className?: string;
  'aria-label'?: string;
}

/** A day as the API writes it, shown and typed as dd/MM/yyyy ("6/12/2023" and "06122023" are understood too). */
export function DayPicker({ value, onChange, placeholder, picker = 'date', ...rest }: Props) {
  const isMonth = picker === 'month';
  return (
    <DatePicker
      {...rest}
      picker={picker}
      value={value ? dayjs(value) : null}
      onChange={(chosen) => onChange?.(chosen ? chosen.format('YYYY-MM-DD') : null)}
      format={isMonth ? ['MM/YYYY', 'M/YYYY'] : TYPED}
      placeholder={placeholder ?? (isMonth ? 'tháng/năm' : 'ngày/tháng/năm')}
      preserveInvalidOnBlur={false}
    />
  );
}
