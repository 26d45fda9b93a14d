/**
 * Levels of the union and of the bodies beside it that confer. Order is from the top down.
 * Source: Điều lệ Công đoàn Việt Nam; the tree changed in 2025, the level names did not.
 */
export const LEVELS = [
  'STATE_ORGAN',
  'CONFEDERATION',
  'PROVINCIAL_FEDERATION',
  'CENTRAL_SECTOR_UNION',
  'CORPORATION_UNION',
  'DIRECT_UPPER_UNION',
  'GRASSROOTS_UNION',
  'GRASSROOTS_SYNDICATE',
  'MEMBER_GRASSROOTS_UNION',
  'SECTION_UNION',
  'UNION_GROUP',
  'UNKNOWN',
] as const;
export type Level = (typeof LEVELS)[number];

/** Levels a unit of the tree may have; a state organ stands outside it. */
export const UNIT_LEVELS = LEVELS.filter((level) => level !== 'STATE_ORGAN');

export const LEVEL_NAMES: Record<Level, string> = {
  STATE_ORGAN: 'Cơ quan nhà nước',
  CONFEDERATION: 'Tổng Liên đoàn',
  PROVINCIAL_FEDERATION: 'LĐLĐ tỉnh, thành phố',
  CENTRAL_SECTOR_UNION: 'Công đoàn ngành trung ương',
  CORPORATION_UNION: 'Công đoàn tổng công ty',
  DIRECT_UPPER_UNION: 'Công đoàn cấp trên trực tiếp cơ sở',
  GRASSROOTS_UNION: 'Công đoàn cơ sở',
  GRASSROOTS_SYNDICATE: 'Nghiệp đoàn cơ sở',
  MEMBER_GRASSROOTS_UNION: 'Công đoàn cơ sở thành viên',
  SECTION_UNION: 'Công đoàn bộ phận',
  UNION_GROUP: 'Tổ công đoàn',
  UNKNOWN: 'Chưa rõ cấp',
};
