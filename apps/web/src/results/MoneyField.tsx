import { printMoney, printNumber, readMoney } from '@lib/kernel';
import { Input } from 'antd';
import { useState } from 'react';

interface Props {
  value?: MoneyDraft | null;
  onChange?: (value: MoneyDraft | null) => void;
  id?: string;
  'aria-label'?: string;
}

/** What was typed, and the sum it means; `value` is null where it means none. */
export interface MoneyDraft {
  readonly text: string;
  readonly value: number | null;
}

/** "1,5 tỷ", "250 triệu", "1.400.000.000": shown at once in figures, so that a slip of a place is seen. */
export function MoneyField({ value, onChange, ...rest }: Props) {
  const [left, setLeft] = useState(false);
  const text = value?.text ?? '';
  const understood = value?.value;
  const wrong = text.trim() !== '' && understood === null;
  return (
    <>
      <Input
        {...rest}
        value={text}
        maxLength={60}
        placeholder="1,5 tỷ"
        inputMode="text"
        status={wrong && left ? 'error' : ''}
        onBlur={() => setLeft(true)}
        onChange={(event) => {
          const typed = event.target.value;
          onChange?.(typed === '' ? null : { text: typed, value: readMoney(typed)?.value ?? null });
        }}
      />
      <span className="soft" aria-live="polite">
        {wrong
          ? left
            ? 'Chưa hiểu số tiền này: ghi như “1,5 tỷ”, “250 triệu” hoặc “1.400.000.000”.'
            : ' '
          : typeof understood === 'number' && `${printNumber(understood)} đồng (${printMoney(understood)})`}
      </span>
    </>
  );
}

/** Refuses text that is no sum before it is sent. */
export const moneyRule = {
  validator: (_: unknown, draft: MoneyDraft | null | undefined) =>
    draft && draft.text.trim() !== '' && draft.value === null
      ? Promise.reject(new Error('Chưa hiểu số tiền này.'))
      : Promise.resolve(),
};

export function moneyDraft(value: number | null | undefined): MoneyDraft | null {
  return value === null || value === undefined ? null : { text: printNumber(value), value };
}
