import { useQuery } from '@tanstack/react-query';
import { Select, Space } from 'antd';
import type { BodyRef, ConferringInput, Level, UnitRef } from '../contract.js';
import { foldedSearch } from '../common/pick.js';
import { http } from '../http.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { unitLevelOptions } from '../words/labels.js';

type Mode = 'unit' | 'outside' | 'level';
/** What is chosen so far: a mode with its fields, complete or not. */
export interface BodyDraft {
  mode: Mode;
  unit?: string | null;
  outside?: string | null;
  level?: Level | null;
  within?: string | null;
}

const MODES: { value: Mode; label: string }[] = [
  { value: 'unit', label: 'Tổ chức công đoàn' },
  { value: 'outside', label: 'Cơ quan ngoài công đoàn' },
  { value: 'level', label: 'Chỉ biết cấp' },
];

interface Props {
  value?: BodyDraft | null;
  onChange?: (value: BodyDraft) => void;
  id?: string;
  /** A presenting body is always known by name. */
  withLevel?: boolean;
  /** Bodies above the chosen unit, offered although they may lie outside my scope. */
  above: readonly UnitRef[];
  'aria-label'?: string;
}

/** One conferring or presenting body: a union body, a body outside the union, or "các CĐCS trực thuộc …". */
export function BodyChooser({ value: given, onChange, id, withLevel = true, above, ...rest }: Props) {
  const value: BodyDraft = given ?? { mode: 'unit' };
  const set = (change: Partial<BodyDraft>) => onChange?.({ ...value, ...change });
  const name = rest['aria-label'] ?? 'Cơ quan';
  return (
    <Space.Compact block className="body-chooser">
      <Select
        className="body-mode"
        value={value.mode}
        aria-label={`${name}: loại`}
        options={withLevel ? MODES : MODES.slice(0, 2)}
        onChange={(mode) => onChange?.({ mode })}
      />
      {value.mode === 'unit' && (
        <UnitPicker
          id={id}
          className="grow"
          extra={above}
          allowClear={!withLevel}
          value={value.unit}
          onChange={(unit) => set({ unit })}
          aria-label={name}
        />
      )}
      {value.mode === 'outside' && (
        <OutsidePicker
          id={id}
          allowClear={!withLevel}
          value={value.outside ?? null}
          onChange={(outside) => set({ outside })}
          name={name}
        />
      )}
      {value.mode === 'level' && (
        <>
          <Select
            id={id}
            className="body-level"
            value={value.level ?? undefined}
            placeholder="Cấp quyết định"
            aria-label={`${name}: cấp`}
            options={unitLevelOptions}
            onChange={(level) => set({ level })}
          />
          <UnitPicker
            className="grow"
            value={value.within}
            onChange={(within) => set({ within })}
            placeholder="thuộc đơn vị"
            aria-label={`${name}: thuộc đơn vị`}
          />
        </>
      )}
    </Space.Compact>
  );
}

/** Bodies outside the union, as the catalogue has them. */
export function useOutsideBodies() {
  return useQuery({
    queryKey: ['outside-bodies'],
    queryFn: async () => (await http.get<{ items: BodyRef[] }>('/outside-bodies')).items,
    staleTime: 60_000,
  });
}

export function OutsidePicker({
  id,
  value,
  onChange,
  name,
  allowClear,
}: {
  id?: string | undefined;
  allowClear?: boolean;
  value?: string | null;
  onChange?: (code: string | null) => void;
  name: string;
}) {
  const bodies = useOutsideBodies();
  return (
    <Select
      id={id}
      className="grow"
      allowClear={!!allowClear}
      value={value ?? undefined}
      loading={bodies.isPending}
      placeholder="Chọn cơ quan"
      aria-label={name}
      showSearch={foldedSearch}
      notFoundContent="Chưa có cơ quan nào."
      options={(bodies.data ?? []).map((body) => ({ value: body.code ?? '', label: body.name }))}
      onChange={(code) => onChange?.(code ?? null)}
    />
  );
}

/** The choice for the API, or null while it is incomplete. */
export function choiceOf(draft: BodyDraft | null | undefined): ConferringInput | null {
  if (draft?.mode === 'unit' && draft.unit) return { unit: draft.unit };
  if (draft?.mode === 'outside' && draft.outside) return { outside: draft.outside };
  if (draft?.mode === 'level' && draft.level && draft.within) return { level: draft.level, within: draft.within };
  return null;
}

/** How a stored body is shown again in the chooser; a body known only by its level lies within `unit`. */
export function draftOf(body: BodyRef, unit: string, outside: ReadonlySet<string | null>): BodyDraft {
  if (body.code === null) return { mode: 'level', level: body.level, within: unit };
  return outside.has(body.code) ? { mode: 'outside', outside: body.code } : { mode: 'unit', unit: body.code };
}
