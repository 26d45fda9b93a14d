import { sameButForTonePlace, sameName } from './person.rules.js';

/** What is known of two records whose names fold alike. */
export interface Pair {
  readonly a: LikeRecord;
  readonly b: LikeRecord;
  /** Members of one unit now, or at some time. */
  readonly sharedUnit: 'NOW' | 'ONCE' | null;
  /** The unit of one came out of, or went into, a unit of the other. */
  readonly relatedUnit: boolean;
  /** Both stand in lists of one decision. */
  readonly sharedDecision: boolean;
  /** Hardly anybody else has the name. */
  readonly rareName: boolean;
}

export interface LikeRecord {
  readonly id: number;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly gender: string | null;
  readonly memberCard: string | null;
  readonly serviceNumber: string | null;
}

export interface Likeness {
  /** 0–100. */
  readonly score: number;
  /** Vietnamese, for the officer who decides; those against it stand last. Names no unit: who may read it need not know all of them. */
  readonly reasons: readonly string[];
}

/** From here on two records are proposed as one person. Name and year alone do not reach it: too many people share them. */
export const PROPOSED_FROM = 65;

/** How much speaks for one human being behind both records. */
export function likenessOf({ a, b, sharedUnit, relatedUnit, sharedDecision, rareName }: Pair): Likeness {
  const signs: [number, string][] = [nameSign(a.fullName, b.fullName), yearSign(a.birthYear, b.birthYear)];
  if (sharedUnit === 'NOW') signs.push([30, 'Cùng một đơn vị']);
  else if (sharedUnit === 'ONCE') signs.push([25, 'Từng sinh hoạt ở cùng một đơn vị']);
  else if (relatedUnit) signs.push([25, 'Đơn vị của hồ sơ này là tiền thân hoặc kế tục đơn vị của hồ sơ kia']);
  if (sharedDecision) signs.push([15, 'Cùng có tên trong một quyết định']);
  if (rareName) signs.push([10, 'Họ tên hiếm gặp trong sổ']);
  if (a.gender && b.gender && a.gender !== b.gender) signs.push([-40, 'Khác giới tính']);
  if (a.memberCard && b.memberCard) signs.push([-25, 'Có hai số thẻ đoàn viên khác nhau']);
  if (a.serviceNumber && b.serviceNumber) signs.push([-40, 'Có hai số hiệu khác nhau']);
  const sum = signs.reduce((total, [points]) => total + points, 0);
  return { score: Math.max(0, Math.min(100, sum)), reasons: signs.map(([, words]) => words) };
}

function nameSign(a: string, b: string): [number, string] {
  if (sameName(a, b)) return [30, 'Cùng họ tên'];
  if (sameButForTonePlace(a, b)) return [30, 'Họ tên chỉ khác cách đặt dấu thanh (hòa, hoà)'];
  return [15, 'Họ tên giống nhau khi bỏ dấu'];
}

function yearSign(a: number | null, b: number | null): [number, string] {
  if (a === null || b === null) return [5, 'Có hồ sơ chưa ghi năm sinh'];
  if (a === b) return [30, `Cùng năm sinh ${a}`];
  return [15, `Năm sinh lệch một năm (${Math.min(a, b)}, ${Math.max(a, b)})`];
}
