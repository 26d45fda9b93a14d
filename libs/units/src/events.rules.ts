import { printDay, Refused, type Level, type Warning } from '@lib/kernel';
import { Draft } from './events.draft.js';
import type { EventPlan, EventRequest, EventWorld, UnitEventKind } from './events.words.js';
import { rankOf } from './levels.rules.js';
import { cycle, type VersionChange } from './versions.rules.js';

type Field = 'until' | 'resumes' | 'complete' | 'successors' | 'subUnits' | 'name' | 'level' | 'parent';

/** What a kind needs besides its units, and what it may say beyond that. Anything else is refused, not ignored. */
const FIELDS: Record<UnitEventKind, { readonly needs: readonly Field[]; readonly may: readonly Field[] }> = {
  FOUND: { needs: ['successors'], may: [] },
  RENAME: { needs: ['name'], may: [] },
  MERGE: { needs: ['successors'], may: ['complete', 'subUnits'] },
  SPLIT: { needs: ['successors'], may: ['complete', 'subUnits'] },
  TRANSFER: { needs: ['parent'], may: [] },
  UPGRADE: { needs: ['level'], may: ['name', 'parent'] },
  DOWNGRADE: { needs: ['level'], may: ['name', 'parent'] },
  SUSPEND: { needs: [], may: ['until', 'resumes'] },
  DISSOLVE: { needs: [], may: ['subUnits'] },
};

/**
 * What the event makes of the tree, or every reason why it cannot be. Days before `from` are never touched.
 * @throws Refused `units.cycle`, `units.merge_into_itself`, `units.merge_into_own_child`, `units.already_ended`,
 * `units.not_valid_then`, `units.event_before_another`, `units.sub_unit_without_outcome`, `units.level_*`, …
 */
export function planEvent(ask: EventRequest, world: EventWorld): EventPlan {
  checkFields(ask);
  const draft = new Draft(ask, world);
  ask.units.forEach((unit, index) => draft.checkAlive(unit, `units[${index}]`));
  if (ask.kind === 'MERGE' || ask.kind === 'SPLIT' || ask.kind === 'DISSOLVE') endOrGive(draft, ask);
  else if (ask.kind === 'FOUND') draft.found('SUBJECT');
  else changeSubjects(draft, ask);
  draft.checkPlaces();
  return draft.plan(warningsOf(ask));
}

function checkFields(ask: EventRequest): void {
  const given: Record<Field, boolean> = {
    until: ask.until !== null,
    resumes: ask.resumes,
    complete: !ask.complete,
    successors: ask.successors.length > 0,
    subUnits: ask.subUnits.size > 0,
    name: ask.name !== null,
    level: ask.level !== null,
    parent: ask.parentId !== null,
  };
  const { needs, may } = FIELDS[ask.kind];
  const fields = Object.keys(given) as Field[];
  const details = [
    ...needs.filter((f) => !given[f]).map((f) => refusal('units.event_field_missing', f, 'Thiếu nội dung này.')),
    ...fields
      .filter((f) => given[f] && !needs.includes(f) && !may.includes(f))
      .map((f) => refusal('units.event_field_unexpected', f, 'Loại sự kiện này không có nội dung này.')),
  ];
  const count = ask.units.length;
  if (ask.kind === 'FOUND' ? count > 0 : count === 0)
    details.push(
      refusal('units.event_units', 'units', count > 0 ? 'Thành lập mới thì không nêu đơn vị cũ.' : 'Chưa nêu đơn vị.'),
    );
  if ((ask.name !== null || ask.kind === 'SPLIT') && count > 1)
    details.push(refusal('units.event_units', 'units', 'Loại sự kiện này chỉ áp dụng cho một đơn vị.'));
  if (ask.kind === 'FOUND' && ask.successors.length > ask.founded.length)
    details.push(refusal('units.event_successors', 'successors', 'Đơn vị đã có thì không thành lập lại.'));
  if (ask.kind === 'MERGE' && ask.successors.length > 1)
    details.push(refusal('units.event_successors', 'successors', 'Sáp nhập chỉ có một đơn vị tiếp nhận.'));
  if (ask.kind === 'SPLIT' && ask.complete && ask.successors.length === 1)
    details.push(
      refusal(
        'units.event_successors',
        'successors',
        'Chia tách cần ít nhất hai đơn vị tiếp nhận; một đơn vị thì là sáp nhập.',
      ),
    );
  if (!ask.complete && ask.kind === 'MERGE' && ask.subUnits.size === 0)
    details.push(refusal('units.event_field_missing', 'subUnits', 'Nêu các đơn vị cấp dưới được chuyển.'));
  if (ask.until !== null && (ask.until <= ask.from || ask.resumes))
    details.push(refusal('units.empty_validity', 'until', 'Ngày kết thúc phải sau ngày bắt đầu.'));
  if (details.length > 0) throw Refused.all(details);
}

function refusal(code: string, field: string, message: string) {
  return { code, field, message };
}

/** RENAME, TRANSFER, UPGRADE, DOWNGRADE, SUSPEND: the units themselves change. */
function changeSubjects(draft: Draft, ask: EventRequest): void {
  const suspends = ask.kind === 'SUSPEND' ? { suspended: !ask.resumes } : {};
  const change: VersionChange = {
    ...(ask.name === null ? {} : { name: ask.name }),
    ...(ask.level === null ? {} : { level: ask.level }),
    ...(ask.parentId === null ? {} : { parentId: ask.parentId }),
    ...suspends,
  };
  ask.units.forEach((unit, index) => {
    const field = `units[${index}]`;
    if (ask.parentId !== null && draft.climbs(ask.parentId, new Set([unit]))) throw cycle('parent');
    if (ask.parentId !== null) draft.checkTakesOver(ask.parentId, 'parent');
    const now = draft.on(unit);
    if (ask.level !== null && now) checkDirection(ask, now.level as Level, field);
    draft.checkNothingLater(unit, Object.keys(change) as (keyof VersionChange)[], field);
    draft.change(unit, ask.until ?? 'infinity', change, field);
    draft.role(unit, 'SUBJECT');
  });
}

function checkDirection(ask: EventRequest, level: Level, field: string): void {
  const [was, will] = [rankOf(level), rankOf(ask.level ?? level)];
  if (was === null || will === null) return;
  if (ask.kind === 'UPGRADE' ? will >= was : will <= was)
    throw new Refused(
      'units.level_direction',
      ask.kind === 'UPGRADE' ? 'Cấp mới phải cao hơn cấp hiện có.' : 'Cấp mới phải thấp hơn cấp hiện có.',
      field === 'units[0]' ? 'level' : field,
    );
}

/** MERGE, SPLIT, DISSOLVE: predecessors end, or give sub-units and live on; whoever stands below them gets a place. */
function endOrGive(draft: Draft, ask: EventRequest): void {
  const predecessors = new Set(ask.units);
  ask.successors.forEach((unit, index) => {
    const field = `successors[${index}].code`;
    if (unit < 0) return;
    if (predecessors.has(unit))
      throw new Refused('units.merge_into_itself', 'Đơn vị không thể sáp nhập vào chính nó.', field);
    if (!draft.on(unit))
      throw new Refused(
        'units.successor_not_valid',
        `${draft.nameOf(unit)} không tồn tại vào ngày ${printDay(ask.from)}.`,
        field,
      );
    if (draft.climbs(unit, predecessors))
      throw new Refused('units.merge_into_own_child', 'Đơn vị không thể sáp nhập vào đơn vị cấp dưới của nó.', field);
    draft.checkTakesOver(unit, field);
    draft.role(unit, 'SUCCESSOR');
  });
  ask.units.forEach((unit, index) => {
    draft.checkNothingLater(unit, ask.complete ? ['parentId', 'level', 'name'] : [], `units[${index}]`);
    draft.role(unit, 'PREDECESSOR');
  });
  draft.found('SUCCESSOR');
  const heir = ask.kind === 'MERGE' && ask.complete ? (ask.successors[0] ?? null) : null;
  draft.moveSubUnits(predecessors, heir);
  if (ask.complete) ask.units.forEach((unit, index) => draft.end(unit, `units[${index}]`));
}

function warningsOf(ask: EventRequest): Warning[] {
  if (ask.decisionDay <= ask.from) return [];
  const message = `Quyết định ký ngày ${printDay(ask.decisionDay)}, sau ngày có hiệu lực ${printDay(ask.from)}.`;
  return [{ code: 'units.decision_after_effect', field: 'decision.day', message }];
}
