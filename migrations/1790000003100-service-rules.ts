/** Coefficients in halves: 2 is ×1, 3 is ×1,5, 4 is ×2; null where the text was not read. */
export interface ServiceRuleRow {
  readonly code: string;
  readonly name: string;
  readonly form: string;
  readonly requiredMonths: number;
  /** Full time, part time, part time in a non-state enterprise. */
  readonly halves: readonly [number | null, number | null, number | null];
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly verified: boolean;
}

const KNC = {
  code: 'KY_NIEM_CHUONG_CONG_DOAN',
  name: 'Kỷ niệm chương “Vì sự nghiệp xây dựng tổ chức Công đoàn”',
  form: 'KY_NIEM_CHUONG',
} as const;

/** No text could be read whole: HD 149 by two guides to it, what came before and after by mentions only. */
export const SERVICE_RULES: readonly ServiceRuleRow[] = [
  {
    ...KNC,
    requiredMonths: 15 * 12,
    halves: [2, null, null],
    from: '2013-01-01',
    to: '2015-02-01',
    source: 'Hướng dẫn năm 2013 (15 năm; có nhóm 10 năm); chưa đọc nguyên văn, chưa rõ hệ số',
    verified: false,
  },
  {
    ...KNC,
    requiredMonths: 20 * 12,
    halves: [2, 3, 4],
    from: '2015-02-01',
    to: '2024-05-29',
    source: 'HD 149/HD-TLĐ năm 2015 (theo hướng dẫn của CĐ NHVN, CĐVC; chưa đọc nguyên văn, chưa rõ ngày hiệu lực)',
    verified: false,
  },
  {
    ...KNC,
    requiredMonths: 20 * 12,
    halves: [2, 3, 4],
    from: '2024-05-29',
    to: 'infinity',
    source: 'Quy chế 999/QĐ-TLĐ (2024) chưa đọc được; tạm tính theo HD 149/HD-TLĐ',
    verified: false,
  },
];
