import { Segmented, Select, Space } from 'antd';
import { firstOfMonth, lastOfMonth, type Interval } from '@lib/kernel';
import type { Basis, Day, When } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { BASIS_NAMES, options } from '../words/labels.js';

type Mode = 'day' | 'month' | 'interval';
export interface WhenDraft {
  mode: Mode;
  from: Day | null;
  to: Day | null;
  basis: Basis;
}

const MODES: { value: Mode; label: string }[] = [
  { value: 'day', label: 'Ngày' },
  { value: 'month', label: 'Tháng' },
  { value: 'interval', label: 'Khoảng' },
];

interface Props {
  value?: WhenDraft;
  onChange?: (value: WhenDraft) => void;
  id?: string;
}

/** When it happened: a day, a month, or an interval, and what that knowledge rests on. */
export function WhenField({ value = emptyWhen, onChange, id }: Props) {
  const set = (change: Partial<WhenDraft>) => onChange?.({ ...value, ...change });
  const pick = (day: Day | null) =>
    value.mode === 'month' && day
      ? set({ from: firstOfMonth(day), to: lastOfMonth(day) })
      : set({ from: day, to: day });
  const changeMode = (mode: Mode) => {
    const basis = mode === 'interval' ? 'PERIOD' : value.basis === 'PERIOD' ? 'DECISION' : value.basis;
    const span: Partial<Interval> =
      mode === 'month' && value.from
        ? { from: firstOfMonth(value.from), to: lastOfMonth(value.from) }
        : mode === 'day' && value.from
          ? { to: value.from }
          : {};
    set({ mode, basis, ...span });
  };
  return (
    <Space wrap>
      <Segmented options={MODES} value={value.mode} onChange={changeMode} aria-label="Cách ghi thời gian" />
      {value.mode === 'interval' ? (
        <>
          <DayPicker
            id={id}
            value={value.from}
            onChange={(from) => set({ from })}
            placeholder="từ ngày"
            aria-label="Từ ngày"
          />
          <DayPicker value={value.to} onChange={(to) => set({ to })} placeholder="đến ngày" aria-label="Đến ngày" />
        </>
      ) : (
        <DayPicker
          id={id}
          key={value.mode}
          picker={value.mode === 'month' ? 'month' : 'date'}
          value={value.from}
          onChange={pick}
        />
      )}
      <Select
        className="basis"
        value={value.basis}
        options={options(BASIS_NAMES)}
        onChange={(basis) => set({ basis })}
        aria-label="Căn cứ thời gian"
      />
    </Space>
  );
}

export const emptyWhen: WhenDraft = { mode: 'day', from: null, to: null, basis: 'DECISION' };

export function whenOf(draft: WhenDraft | undefined): When | null {
  return draft?.from && draft.to ? { from: draft.from, to: draft.to, basis: draft.basis } : null;
}

export function whenDraftOf(when: When): WhenDraft {
  const isMonth = when.from === firstOfMonth(when.from) && when.to === lastOfMonth(when.from);
  return { ...when, mode: when.from === when.to ? 'day' : isMonth ? 'month' : 'interval' };
}
