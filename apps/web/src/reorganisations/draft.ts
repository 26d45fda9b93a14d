import type { Day, Id, Level } from '../contract.js';
import type { Reorganisation, ReorganisationInput, ReorganisationKind } from './reorganisations.contract.js';
import { endsUnits, hasSuccessors, KIND_NAMES } from './words.js';

export interface FoundedDraft {
  code?: string;
  name?: string;
  level?: Level;
  kind?: string | null;
  parent?: string | null;
}

export interface SuccessorDraft {
  mode: 'EXISTING' | 'FOUNDED';
  code?: string | null;
  found?: FoundedDraft;
}

/** The wizard's fields; several of them belong to some kinds only. */
export interface Draft {
  kind: ReorganisationKind;
  from?: Day | null;
  units: (string | null)[];
  partial?: boolean;
  successors: SuccessorDraft[];
  /** Sub-unit → where it goes; those that are missing follow the rule of the kind. */
  goes: Record<string, string | null | undefined>;
  name?: string | null;
  level?: Level | null;
  parent?: string | null;
  until?: Day | null;
  title?: string;
  number?: string | null;
  day?: Day | null;
  body?: string | null;
  fileId?: Id | null;
  note?: string | null;
}

export function newDraft(kind: ReorganisationKind, unit: string | null): Draft {
  return { kind, units: [unit, ...(kind === 'MERGE' ? [null] : [])], successors: successorsFor(kind), goes: {} };
}

export function successorsFor(kind: ReorganisationKind): SuccessorDraft[] {
  if (kind === 'MERGE') return [{ mode: 'EXISTING' }];
  if (kind === 'FOUND') return [{ mode: 'FOUNDED' }];
  return kind === 'SPLIT' ? [{ mode: 'FOUNDED' }, { mode: 'FOUNDED' }] : [];
}

export function draftOf(view: Reorganisation): Draft {
  return {
    kind: view.kind,
    from: view.from,
    units: view.units.map(({ code }) => code),
    partial: !view.complete,
    successors: view.successors.map(({ code, name, level, kind, parent, founded }) =>
      founded ? { mode: 'FOUNDED', found: { code, name, level, kind, parent } } : { mode: 'EXISTING', code },
    ),
    goes: Object.fromEntries(view.subUnits.map(({ unit, to }) => [unit.code, to])),
    name: view.name,
    level: view.level,
    parent: view.parent?.code ?? null,
    until: view.until,
    title: view.title,
    number: view.decision?.number ?? null,
    day: view.decision?.day ?? null,
    body: view.decision?.body ?? null,
    fileId: view.fileId,
    note: view.note,
  };
}

/** Only what belongs to the kind is sent. */
export function inputOf(draft: Draft): ReorganisationInput {
  const { kind, from, title, number, day, body } = draft;
  const ends = endsUnits(kind);
  const input: ReorganisationInput = {
    kind,
    title: title?.trim() ?? '',
    from: from ?? '',
    units: kind === 'FOUND' ? [] : codesOf(draft.units),
    decision: number && day ? { number, day, body: body?.trim() || null } : null,
    fileId: draft.fileId ?? null,
    note: draft.note?.trim() || null,
  };
  if (hasSuccessors(kind)) input.successors = draft.successors.map(successorOf);
  if (ends) input.subUnits = Object.entries(draft.goes).flatMap(([unit, to]) => (to ? [{ unit, to }] : []));
  if (kind === 'MERGE' || kind === 'SPLIT') input.complete = !draft.partial;
  if (draft.name?.trim() && ['RENAME', 'UPGRADE', 'DOWNGRADE'].includes(kind)) input.name = draft.name.trim();
  if (draft.level && (kind === 'UPGRADE' || kind === 'DOWNGRADE'))
    input.level = draft.level as NonNullable<ReorganisationInput['level']>;
  if (draft.parent && ['TRANSFER', 'UPGRADE', 'DOWNGRADE'].includes(kind)) input.parent = draft.parent;
  if (kind === 'SUSPEND') input.until = draft.until ?? null;
  return input;
}

export function codesOf(units: readonly (string | null | undefined)[]): string[] {
  return [...new Set(units.flatMap((code) => code ?? []))];
}

type SuccessorSent = NonNullable<ReorganisationInput['successors']>[number];

function successorOf({ mode, code, found }: SuccessorDraft): SuccessorSent {
  if (mode === 'EXISTING') return { code: code ?? '' };
  const { level, parent } = found ?? {};
  return {
    found: {
      code: found?.code ?? '',
      name: found?.name?.trim() ?? '',
      level: level as NonNullable<SuccessorSent['found']>['level'],
      kind: found?.kind?.trim() || null,
      parent: parent ?? '',
    },
  };
}

/** "Sáp nhập Công đoàn A và 2 đơn vị khác": what the field of the title offers. */
export function titleFor(kind: ReorganisationKind, names: readonly string[]): string {
  const [first] = names;
  if (!first) return KIND_NAMES[kind];
  const [, second] = names;
  const others =
    names.length === 2 && second ? ` và ${second}` : names.length > 2 ? ` và ${names.length - 1} đơn vị khác` : '';
  return `${KIND_NAMES[kind]} ${first}${others}`.slice(0, 300);
}
