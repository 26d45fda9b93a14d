import { fold, Refused, tidy, type Day } from '@lib/kernel';

/** A name as it is stored, ordered and searched. */
export interface StoredName {
  readonly fullName: string;
  readonly givenName: string;
  readonly nameFolded: string;
}

/** `Nguyễn  Văn An` → given name `An`, folded `nguyen van an`. @throws Refused `people.name_empty` */
export function storedName(given: string, field: string): StoredName {
  const fullName = tidy(given);
  const nameFolded = fold(fullName);
  const givenName = fullName.split(' ').at(-1);
  if (!givenName || !nameFolded) throw new Refused('people.name_empty', 'Hãy ghi họ tên.', field);
  return { fullName, givenName, nameFolded };
}

const OLDEST = 1900;

/** @throws Refused `people.birth_year_impossible` */
export function checkBirthYear(birthYear: number | null | undefined, today: Day, field: string): void {
  if (birthYear === null || birthYear === undefined) return;
  if (birthYear >= OLDEST && birthYear <= Number(today.slice(0, 4))) return;
  throw new Refused('people.birth_year_impossible', `Năm sinh phải từ ${OLDEST} đến nay.`, field);
}

/** Cards and numbers are compared as written, without the spaces around them and in capital letters. */
export function cardNumber(given: string | null | undefined): string | null {
  return given ? tidy(given).toUpperCase() : null;
}

/** Written alike but for upper and lower case. `Hoa` and `Hoà` are different names. */
export function sameName(a: string, b: string): boolean {
  return a.toLocaleLowerCase('vi') === b.toLocaleLowerCase('vi');
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** Written alike but for where the tone mark stands: `Hòa` and `Hoà`, `Thúy` and `Thuý`. */
export function sameButForTonePlace(a: string, b: string): boolean {
  return !sameName(a, b) && toneless(a) === toneless(b);
}

/** Each word as its letters and, behind them, its tone. */
function toneless(name: string): string {
  return name
    .toLocaleLowerCase('vi')
    .normalize('NFD')
    .split(' ')
    .map((word) => `${word.replace(TONES, '')}|${(word.match(TONES) ?? []).join('')}`)
    .join(' ');
}

/** The place in a list after which the next page begins; opaque to the browser. */
export interface Place {
  readonly givenName: string;
  readonly fullName: string;
  readonly id: number;
}

export function cursorOf({ givenName, fullName, id }: Place): string {
  return Buffer.from(JSON.stringify([givenName, fullName, id])).toString('base64url');
}

/** @throws Refused `people.cursor_unknown` */
export function placeOf(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(place)) {
      const [givenName, fullName, id]: unknown[] = place;
      if (typeof givenName === 'string' && typeof fullName === 'string' && Number.isInteger(id)) {
        return { givenName, fullName, id: Number(id) };
      }
    }
  } catch {
    // Not JSON: refused below like any other cursor that is not ours.
  }
  throw new Refused('people.cursor_unknown', 'Trang tiếp theo không hợp lệ; hãy tải lại danh sách.', 'after');
}
