import { Refused, type RefusalDetail } from '@lib/kernel';
import type { UnitEventKind } from '@lib/units';
import type { ReorganisationPlan } from './reorganisation.entity.js';
import type { ReorganisationInput } from './reorganisations.dto.js';

/**
 * The plan as given. Only what is needed to say where it takes place is asked for here: whether the tree can be changed so,
 * the rules of unit events say, when it is rehearsed and when it is applied.
 * @throws Refused `reorganisations.units_needed`, `reorganisations.successor_unclear`
 */
export function planOf({ units, successors = [], ...input }: ReorganisationInput): ReorganisationPlan {
  const wrong: RefusalDetail[] = [];
  if (input.kind !== 'FOUND' && units.length === 0)
    wrong.push({ code: 'reorganisations.units_needed', message: 'Chọn đơn vị.', field: 'units' });
  if (input.kind === 'FOUND' && successors.length === 0)
    wrong.push({
      code: 'reorganisations.units_needed',
      message: 'Ghi đơn vị được thành lập.',
      field: 'successors',
    });
  for (const [index, { code, found }] of successors.entries())
    if ((code === undefined) === (found === undefined))
      wrong.push({
        code: 'reorganisations.successor_unclear',
        message: 'Chọn một đơn vị đã có, hoặc lập mới.',
        field: `successors[${index}]`,
      });
  if (wrong.length > 0) throw Refused.all(wrong);
  return {
    units,
    successors,
    subUnits: input.subUnits ?? [],
    complete: input.complete ?? true,
    ...(input.name ? { name: input.name } : {}),
    ...(input.level ? { level: input.level } : {}),
    ...(input.parent ? { parent: input.parent } : {}),
    ...(input.until ? { until: input.until } : {}),
    ...(input.resumes ? { resumes: true } : {}),
  };
}

/** Codes of the units that end by it. */
export function endingUnits(kind: UnitEventKind, { units, complete }: ReorganisationPlan): readonly string[] {
  return kind === 'DISSOLVE' || ((kind === 'MERGE' || kind === 'SPLIT') && complete !== false) ? units : [];
}

export function successorCodes({ successors = [] }: ReorganisationPlan): string[] {
  return successors.map(({ code, found }) => found?.code ?? code ?? '');
}

/** Codes of existing units that the plan names, each once, with the field that names it. */
export function namedUnits({ units, successors = [], subUnits = [], parent }: ReorganisationPlan): Map<string, string> {
  const founded = new Set(successors.flatMap(({ found }) => (found ? [found.code] : [])));
  const named = new Map<string, string>();
  const add = (code: string | undefined, field: string): void => {
    if (code !== undefined && !named.has(code) && !founded.has(code)) named.set(code, field);
  };
  for (const [index, code] of units.entries()) add(code, `units[${index}]`);
  for (const [index, { code, found }] of successors.entries())
    add(found?.parent ?? code, found ? `successors[${index}].found.parent` : `successors[${index}].code`);
  for (const [index, { unit, to }] of subUnits.entries()) {
    add(unit, `subUnits[${index}].unit`);
    add(to, `subUnits[${index}].to`);
  }
  add(parent, 'parent');
  return named;
}

/** Units below which something new comes to lie: they, and not only what stands above them, take part. */
export function receivingUnits({ successors = [], parent }: ReorganisationPlan): Set<string> {
  return new Set([...successors.flatMap(({ found }) => (found ? [found.parent] : [])), ...(parent ? [parent] : [])]);
}
