import type { FormInstance } from 'antd';
import { Problem, type ProblemDetail } from '../http.js';

export type Path = (string | number)[];

/** `lines[3].unit` → `['lines', 3, 'unit']` */
export function pathOf(field: string): Path {
  return field
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** The details of a refusal; a fault without details counts as one about the whole. */
export function detailsOf(error: unknown): readonly ProblemDetail[] {
  if (error instanceof Problem && error.details.length) return error.details;
  const message = error instanceof Error ? error.message : 'Có lỗi xảy ra.';
  return [{ code: 'unknown', field: null, message }];
}

/**
 * Puts each sentence of a refusal beside its field, or beside the nearest field around it; `known` lists the fields the
 * form shows. Gives back the sentences that found no place, for the top of the form.
 */
export function placeErrors(form: FormInstance, error: unknown, known: Path[]): string[] {
  const names = new Map(known.map((path) => [path.join('.'), path]));
  const byField = new Map<string, string[]>();
  const rest: string[] = [];
  for (const { field, message } of detailsOf(error)) {
    const path = field ? pathOf(field) : [];
    while (path.length && !names.has(path.join('.'))) path.pop();
    const key = path.join('.');
    if (!key) rest.push(message);
    else byField.set(key, [...(byField.get(key) ?? []), message]);
  }
  form.setFields([...byField].map(([key, errors]) => ({ name: names.get(key), errors })));
  const [first] = byField.keys();
  if (first) form.scrollToField(names.get(first), { block: 'center', behavior: 'smooth', focus: true });
  return rest;
}
