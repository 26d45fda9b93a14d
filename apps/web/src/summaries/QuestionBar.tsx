import { InputNumber, Segmented, Select } from 'antd';
import { useState } from 'react';
import { DayPicker } from '../common/DayPicker.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { choiceOf, intervalOf, PARTS, PRESETS, type Choice, type Preset } from './periods.js';
import type { Question } from './summaries.api.js';
import type { Lens } from './summary.contract.js';

interface Props {
  question: Question;
  onAsk: (change: Partial<Question>) => void;
}

/** Unit, period, the day whose knowledge counts, and whose organisation. */
export function QuestionBar({ question, onAsk }: Props) {
  const [custom, setCustom] = useState(false);
  const named = choiceOf(question);
  const choice: Choice = custom ? { ...named, preset: 'CUSTOM' } : named;
  const choose = (change: Partial<Choice>) => {
    const next = { ...choice, ...change };
    setCustom(next.preset === 'CUSTOM');
    const interval = intervalOf(next);
    if (interval) onAsk(interval);
  };
  const parts = PARTS[choice.preset];
  return (
    <search className="question no-print" aria-label="Chọn tổng hợp">
      <div className="field">
        <label htmlFor="q-unit">Đơn vị</label>
        <UnitPicker id="q-unit" className="w-unit" value={question.unit} onChange={(unit) => onAsk({ unit })} />
      </div>
      <div className="field">
        <label htmlFor="q-preset">Kỳ</label>
        <Select
          id="q-preset"
          className="w-preset"
          value={choice.preset}
          options={Object.entries(PRESETS).map(([value, label]) => ({ value: value as Preset, label }))}
          onChange={(preset) => choose({ preset, part: 1 })}
        />
      </div>
      {parts && (
        <div className="field">
          <label htmlFor="q-part">Phần</label>
          <Select
            id="q-part"
            className="w-part"
            value={choice.part}
            options={parts}
            onChange={(part) => choose({ part })}
          />
        </div>
      )}
      {choice.preset === 'CUSTOM' ? (
        <>
          <div className="field">
            <label htmlFor="q-from">Từ ngày</label>
            <DayPicker
              id="q-from"
              allowClear={false}
              value={question.from}
              onChange={(from) => from && onAsk({ from })}
            />
          </div>
          <div className="field">
            <label htmlFor="q-to">Đến ngày</label>
            <DayPicker id="q-to" allowClear={false} value={question.to} onChange={(to) => to && onAsk({ to })} />
          </div>
        </>
      ) : (
        <div className="field">
          <label htmlFor="q-year">Năm</label>
          <InputNumber
            id="q-year"
            className="w-year-input"
            min={1945}
            max={2100}
            precision={0}
            value={choice.year}
            onChange={(year) => year && year >= 1945 && choose({ year })}
          />
        </div>
      )}
      <div className="field">
        <label htmlFor="q-known">Theo số liệu biết đến ngày</label>
        <DayPicker
          id="q-known"
          value={question.asKnownOn}
          placeholder="hôm nay"
          onChange={(asKnownOn) => onAsk({ asKnownOn })}
        />
      </div>
      <div className="field">
        <span id="q-lens" className="label">
          Tổ chức
        </span>
        <Segmented<Lens>
          aria-labelledby="q-lens"
          value={question.lens}
          options={[
            { value: 'as-was', label: 'Tại thời điểm', title: 'Theo tổ chức tại thời điểm' },
            { value: 'as-is', label: 'Quy về hiện nay', title: 'Quy về tổ chức hiện nay' },
          ]}
          onChange={(lens) => onAsk({ lens })}
        />
      </div>
    </search>
  );
}
