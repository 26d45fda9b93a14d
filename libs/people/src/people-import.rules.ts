import { textOf, numberOf, type ParsedRow, type RowChange, type RowProblem, type RowVerdict } from '@lib/spreadsheets';
import { printDay, type Day } from '@lib/kernel';
import type { Gender } from './person.entity.js';
import { sameName, storedName, type StoredName } from './person.rules.js';

/** A line of the list, its unit found. */
export interface ListedPerson extends StoredName {
  readonly row: number;
  readonly unitId: number;
  readonly birthYear: number | null;
  readonly gender: Gender | null;
  readonly memberCard: string | null;
  readonly serviceNumber: string | null;
  readonly admittedOn: Day | null;
  /** The officer says: not the one of this name who is on record. */
  readonly another: boolean;
  readonly fingerprint: string;
}

/** Somebody on record whom a line may mean, and by what. */
export interface Candidate {
  readonly row: number;
  readonly by: 'CARD' | 'NUMBER' | 'NAME';
  readonly id: number;
  readonly version: number;
  readonly fullName: string;
  readonly nameFolded: string;
  readonly birthYear: number | null;
  readonly gender: Gender | null;
  readonly unitId: number;
  readonly memberCard: string | null;
  readonly serviceNumber: string | null;
  readonly admittedOn: Day | null;
  /** The actor may see this person. */
  readonly visible: boolean;
}

/** What the writing goes by. */
export type PersonPlan =
  | { readonly act: 'insert'; readonly unitId: number }
  | { readonly act: 'update'; readonly id: number; readonly version: number };

export function listedPerson(row: ParsedRow, unitId: number): ListedPerson {
  const { values } = row;
  return {
    ...storedName(textOf(values['name']) ?? '', 'name'),
    row: row.row,
    unitId,
    ...bornAs(values),
    memberCard: textOf(values['memberCard']),
    serviceNumber: textOf(values['serviceNumber']),
    admittedOn: textOf(values['admittedOn']),
    another: values['another'] === true,
    fingerprint: row.fingerprint,
  };
}

/** Officers also write the year of birth below "Nam" or below "Nữ": the place of the cell tells the gender. */
function bornAs(values: ParsedRow['values']): { birthYear: number | null; gender: Gender | null } {
  const [year, male, female] = ['birthYear', 'birthYearMale', 'birthYearFemale'].map((name) =>
    numberOf(values[name] ?? null),
  );
  const told = textOf(values['gender']) as Gender | null;
  if (male != null && female != null) return { birthYear: year ?? null, gender: told };
  const placed = male != null ? 'MALE' : female != null ? 'FEMALE' : null;
  return { birthYear: year ?? male ?? female ?? null, gender: told ?? placed };
}

const FIELDS = ['fullName', 'birthYear', 'gender', 'memberCard', 'serviceNumber', 'admittedOn'] as const;
const COLUMN = { fullName: 'name' } as Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;
const GENDER_WORDS: Record<Gender, string> = { MALE: 'Nam', FEMALE: 'Nữ' };

/**
 * Who the line means: the bearer of the card, else of the service number, else the one of that name, birth year and unit. Where
 * several could be meant, the officer is asked. `before` are the records that the very same line became in earlier imports.
 */
export function judgePerson(
  person: ListedPerson,
  candidates: readonly Candidate[],
  before: readonly number[],
  today: Day,
): RowVerdict {
  const wrong = checkListed(person, today);
  if (wrong) return { row: person.row, verdict: 'WRONG', problems: [wrong] };
  const keys = keysOf(person);
  const numbered = candidates.filter(({ by }) => by !== 'NAME');
  const [bearer] = numbered;
  if (bearer) {
    if (numbered.some(({ id }) => id !== bearer.id))
      return told(
        person,
        'WRONG',
        'memberCard',
        'numbers_differ',
        'Mã đoàn viên và số hiệu là của hai người khác nhau.',
      );
    return judgeBearer(person, bearer, keys);
  }
  const named = candidates.filter(
    (one) => one.visible && sameName(one.fullName, person.fullName) && mayBe(person, one),
  );
  const [one] = named;
  const known = named.find(({ id }) => before.includes(id));
  if (known) return judgeSame(person, known, keys);
  if (!one || person.another) return { row: person.row, verdict: 'NEW', keys, plan: insertion(person) };
  if (named.length === 1) return judgeSame(person, one, keys);
  const message = `Đơn vị đã có ${named.length} người cùng họ tên, năm sinh: hãy ghi mã đoàn viên hoặc số hiệu; nếu là người khác nữa, ghi “x” vào cột “Là người khác”.`;
  return told(person, 'DUPLICATE', 'another', 'ambiguous', message);
}

function checkListed(person: ListedPerson, today: Day): RowProblem | null {
  const { birthYear, memberCard, serviceNumber, admittedOn, nameFolded } = person;
  if (!/\p{L}/u.test(nameFolded)) return problem('name', 'name_empty', 'Họ tên không có chữ nào.');
  if (birthYear === null && memberCard === null && serviceNumber === null)
    return problem('birthYear', 'not_identified', 'Cần năm sinh, mã đoàn viên hoặc số hiệu để biết là ai.');
  if (birthYear !== null && (birthYear < 1900 || birthYear > Number(today.slice(0, 4))))
    return problem('birthYear', 'birth_year_impossible', 'Năm sinh phải từ 1900 đến nay.');
  if (admittedOn !== null && admittedOn > today)
    return problem('admittedOn', 'admitted_in_future', 'Ngày kết nạp chưa tới.');
  if (admittedOn !== null && birthYear !== null && Number(admittedOn.slice(0, 4)) <= birthYear)
    return problem('admittedOn', 'admitted_before_birth', 'Ngày kết nạp phải sau năm sinh.');
  return null;
}

/** Numbers that differ tell two people of one name apart. */
function mayBe(person: ListedPerson, one: Candidate): boolean {
  const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
  return !differ(person.memberCard, one.memberCard) && !differ(person.serviceNumber, one.serviceNumber);
}

function judgeBearer(person: ListedPerson, bearer: Candidate, keys: readonly string[]): RowVerdict {
  const column = bearer.by === 'CARD' ? 'memberCard' : 'serviceNumber';
  const what = bearer.by === 'CARD' ? 'Mã đoàn viên' : 'Số hiệu';
  if (!bearer.visible)
    return told(person, 'WRONG', column, 'number_taken', `${what} này đã ghi cho người ngoài phạm vi của anh/chị.`);
  const whom = `${bearer.fullName}${bearer.birthYear ? ` (${bearer.birthYear})` : ''}`;
  if (bearer.nameFolded !== person.nameFolded)
    return told(person, 'WRONG', column, 'number_taken', `${what} này đã ghi cho ${whom}.`);
  if (bearer.unitId !== person.unitId)
    return told(
      person,
      'WRONG',
      'unit',
      'other_unit',
      `${whom} đang sinh hoạt ở đơn vị khác: hãy chuyển sinh hoạt trong hồ sơ đoàn viên, không nhập từ tệp.`,
    );
  return judgeSame(person, bearer, keys);
}

function judgeSame(person: ListedPerson, one: Candidate, keys: readonly string[]): RowVerdict {
  const changes: RowChange[] = FIELDS.filter((field) => person[field] !== null && person[field] !== one[field]).map(
    (field) => ({ column: COLUMN[field] ?? field, before: printField(field, one[field]) }),
  );
  if (changes.length === 0) return { row: person.row, verdict: 'UNCHANGED', keys };
  const plan: PersonPlan = { act: 'update', id: one.id, version: one.version };
  return { row: person.row, verdict: 'CHANGED', keys, changes, plan };
}

function printField(field: (typeof FIELDS)[number], value: string | number | null): string | null {
  if (value === null) return null;
  if (field === 'gender') return GENDER_WORDS[value as Gender];
  return field === 'admittedOn' ? printDay(String(value)) : String(value);
}

/** One file must not name one person twice. Whoever is said to be another has no name in common with anybody. */
function keysOf(person: ListedPerson): string[] {
  const { memberCard, serviceNumber, unitId, birthYear, another } = person;
  const name = person.fullName.toLocaleLowerCase('vi');
  return [
    ...(memberCard === null ? [] : [`card:${memberCard}`]),
    ...(serviceNumber === null ? [] : [`number:${serviceNumber}`]),
    ...(another || birthYear === null || memberCard !== null || serviceNumber !== null
      ? []
      : [`name:${unitId}|${birthYear}|${name}`]),
  ];
}

function insertion({ unitId }: ListedPerson): PersonPlan {
  return { act: 'insert', unitId };
}

function told(
  { row }: ListedPerson,
  verdict: 'WRONG' | 'DUPLICATE',
  column: string,
  code: string,
  message: string,
): RowVerdict {
  return { row, verdict, problems: [problem(column, code, message)] };
}

function problem(column: string, code: string, message: string): RowProblem {
  return { column, code: `people.${code}`, message };
}
