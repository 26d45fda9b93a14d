import {
  contains,
  overlaps,
  printDay,
  printNumber,
  type Day,
  type Interval,
  type RefusalDetail,
  type Warning,
} from '@lib/kernel';
import type { Block } from '@lib/figures';
import type { ConferringInput, RecipientInput, StatedInput, WhenInput } from './awards.dto.js';

/** A vector of counts in which null means "not stated". */
export interface StatedCounts {
  readonly coll: number | null;
  readonly indiv: number | null;
  readonly hh: number | null;
  readonly unsplit: number | null;
  readonly women: number | null;
}

export const NOT_STATED: StatedCounts = { coll: null, indiv: null, hh: null, unsplit: null, women: null };

export function statedOf(input: StatedInput | null | undefined): StatedCounts {
  if (!input) return NOT_STATED;
  return {
    coll: input.collectives ?? null,
    indiv: input.individuals ?? null,
    hh: input.households ?? null,
    unsplit: input.unsplit ?? null,
    women: input.women ?? null,
  };
}

export function isStated(counts: StatedCounts): boolean {
  return counts.coll !== null || counts.indiv !== null || counts.hh !== null || counts.unsplit !== null;
}

export interface FormFacts {
  readonly kind: Block;
  readonly inForce: boolean;
}

const refuse = (code: string, field: string | null, message: string): RefusalDetail => ({ code, field, message });

/** Interval, counts and form of a batch; all that is wrong at once. */
export function checkFacts(facts: {
  kind: Block;
  form: string | null;
  known: FormFacts | null;
  when: WhenInput;
  stated: StatedCounts;
  lines: number;
  today: Day;
}): RefusalDetail[] {
  const wrong: RefusalDetail[] = [];
  const { when, stated } = facts;
  if (when.to < when.from)
    wrong.push(refuse('awards.interval_reversed', 'when.to', 'Ngày cuối không được trước ngày đầu.'));
  if (when.from > facts.today) wrong.push(refuse('awards.in_the_future', 'when.from', 'Ngày khen thưởng chưa đến.'));
  if (!isStated(stated) && facts.lines === 0)
    wrong.push(refuse('awards.nothing_counted', 'stated', 'Nêu số lượng, hoặc kê ít nhất một tập thể, cá nhân.'));
  if (stated.women !== null && stated.indiv === null)
    wrong.push(refuse('awards.women_without_individuals', 'stated.women', 'Số nữ phải nằm trong số cá nhân đã nêu.'));
  if (stated.women !== null && stated.indiv !== null && stated.women > stated.indiv)
    wrong.push(refuse('awards.more_women_than_individuals', 'stated.women', 'Số nữ nhiều hơn số cá nhân.'));
  if (facts.form !== null && !facts.known)
    wrong.push(refuse('awards.unknown_form', 'form', `Không có hình thức, danh hiệu mang mã ${facts.form}.`));
  if (facts.known && facts.known.kind !== facts.kind)
    wrong.push(refuse('awards.form_of_other_kind', 'form', 'Hình thức này không thuộc loại ghi nhận đã chọn.'));
  return wrong;
}

/** Exactly one way of naming a conferring body. */
export function checkConferring(body: ConferringInput, index: number): RefusalDetail[] {
  const ways = [body.unit, body.outside, body.level].filter((way) => way !== undefined).length;
  if (ways !== 1)
    return [
      refuse(
        'awards.conferring_unclear',
        `conferring[${index}]`,
        'Chọn một đơn vị, một cơ quan ngoài công đoàn, hoặc một cấp.',
      ),
    ];
  if (body.level && !body.within)
    return [
      refuse(
        'awards.level_needs_unit',
        `conferring[${index}].within`,
        'Cơ quan chỉ biết cấp phải nằm trong một đơn vị cụ thể.',
      ),
    ];
  return [];
}

/** Exactly one way of naming a recipient. */
export function checkRecipient(recipient: RecipientInput, field: string): RefusalDetail[] {
  const { person, personName, unit, office, collective, household } = recipient;
  const ways = [person, personName, unit, office, collective, household].filter((way) => way !== undefined).length;
  return ways === 1
    ? []
    : [refuse('awards.recipient_unclear', field, 'Mỗi dòng ghi đúng một tập thể, cá nhân hoặc hộ gia đình.')];
}

/** A unit honoured, or honouring, must have existed on the day. */
export function checkExistence(
  name: string,
  existed: boolean,
  ended: Day | null,
  day: Day,
  field: string,
): RefusalDetail[] {
  if (existed) return [];
  if (ended !== null && ended <= day)
    return [
      refuse(
        'awards.unit_ended',
        field,
        `${name} đã kết thúc hoạt động trước ngày ${printDay(day)}; không ghi khen thưởng sau ngày đó.`,
      ),
    ];
  return [refuse('awards.unit_not_founded', field, `${name} chưa thành lập vào ngày ${printDay(day)}.`)];
}

/** A line or a part counts within its container only when it lies within it: in the tree, in time, in kind. */
export function checkPart(
  part: Interval & { kind: Block; insideUnit: boolean },
  container: Interval & { kind: Block; stated: boolean; live: boolean },
): RefusalDetail[] {
  const wrong: RefusalDetail[] = [];
  if (!container.live) wrong.push(refuse('awards.container_not_live', 'partOf', 'Số liệu bao gồm đã bị huỷ hoặc xoá.'));
  if (!container.stated)
    wrong.push(
      refuse('awards.container_not_stated', 'partOf', 'Chỉ số liệu có nêu tổng mới bao gồm được số liệu khác.'),
    );
  if (part.kind !== container.kind)
    wrong.push(refuse('awards.part_of_other_kind', 'partOf', 'Hai số liệu không cùng loại ghi nhận.'));
  if (!part.insideUnit)
    wrong.push(
      refuse('awards.part_outside_unit', 'partOf', 'Đơn vị của phần này không thuộc đơn vị của số liệu bao gồm.'),
    );
  if (!contains(container, part)) {
    const apart = !overlaps(container, part);
    wrong.push(
      refuse(
        'awards.part_outside_interval',
        'partOf',
        apart
          ? 'Thời gian của phần này nằm ngoài thời gian của số liệu bao gồm.'
          : 'Thời gian của phần này vượt ra ngoài thời gian của số liệu bao gồm.',
      ),
    );
  }
  return wrong;
}

export interface Contained {
  readonly coll: number;
  readonly indiv: number;
  readonly hh: number;
  readonly unsplit: number;
}

/** Classes of a part that its container does not state at all: neither that class nor an unsplit number. */
export function checkPartClasses(part: Contained, container: StatedCounts): RefusalDetail[] {
  if (container.unsplit !== null) return [];
  const missing =
    (part.coll > 0 && container.coll === null) ||
    (part.indiv > 0 && container.indiv === null) ||
    (part.hh > 0 && container.hh === null);
  return missing
    ? [
        refuse(
          'awards.part_class_not_stated',
          'partOf',
          'Số liệu bao gồm không nêu loại đối tượng (tập thể, cá nhân, hộ) có trong phần này.',
        ),
      ]
    : [];
}

/** A correction may not state less than has already been revoked of the batch, of its women and its men neither. */
export function checkStillStated(
  stated: StatedCounts,
  revoked: Contained & { readonly women: number; readonly womenOf: number },
): RefusalDetail[] {
  const few = (['coll', 'indiv', 'hh', 'unsplit'] as const).some((name) => revoked[name] > (stated[name] ?? 0));
  const women = stated.women ?? 0;
  const fewPeople =
    revoked.womenOf > 0 &&
    (stated.women === null ||
      revoked.women > women ||
      revoked.womenOf - revoked.women > Math.max(0, (stated.indiv ?? 0) - women));
  return few || fewPeople
    ? [refuse('awards.less_than_revoked', 'stated', 'Số đính chính ít hơn số đã huỷ của chính số liệu này.')]
    : [];
}

/** True when more has been listed than was stated; the stated figure prints until it is settled. */
export function isExcess(stated: StatedCounts, contained: Contained): boolean {
  if (!isStated(stated)) return false;
  const over = (have: number, said: number | null): number =>
    said === null ? (stated.unsplit === null ? 0 : have) : Math.max(0, have - said);
  const spilled =
    over(contained.coll, stated.coll) + over(contained.indiv, stated.indiv) + over(contained.hh, stated.hh);
  if (stated.unsplit !== null) return spilled + contained.unsplit > stated.unsplit;
  const room =
    Math.max(0, (stated.coll ?? 0) - contained.coll) +
    Math.max(0, (stated.indiv ?? 0) - contained.indiv) +
    Math.max(0, (stated.hh ?? 0) - contained.hh);
  return spilled > 0 || contained.unsplit > room;
}

export function excessWarning(stated: StatedCounts, contained: Contained): Warning {
  const said = `${printNumber(stated.coll ?? 0)}/${printNumber(stated.indiv ?? 0)}${stated.unsplit === null ? '' : ` và ${printNumber(stated.unsplit)} chưa tách`}`;
  const listed = `${printNumber(contained.coll)}/${printNumber(contained.indiv)}${contained.unsplit === 0 ? '' : ` và ${printNumber(contained.unsplit)} chưa tách`}`;
  return {
    code: 'awards.more_contained_than_stated',
    field: 'stated',
    message: `Đã kê ${listed} (tập thể/cá nhân), nhiều hơn số đã nêu ${said}. Tổng hợp in số đã nêu cho đến khi thống nhất.`,
  };
}

export function formNotInForce(name: string, day: Day): Warning {
  return {
    code: 'awards.form_not_in_force',
    field: 'form',
    message: `${name} không có trong danh mục đang hiệu lực ngày ${printDay(day)}; vẫn ghi và vẫn tính dưới tên này.`,
  };
}

export function recordedAfterEnd(name: string, ended: Day, field: string): Warning {
  return {
    code: 'awards.recorded_after_unit_ended',
    field,
    message: `${name} đã kết thúc hoạt động từ ${printDay(ended)}; khen thưởng trước ngày đó được tính theo tổ chức tại thời điểm khen thưởng.`,
  };
}
