import type { ImportDetail, ImportState, Verdict } from './imports.contract.js';

/** In the order in which an officer looks at them: what to correct first. */
export const VERDICTS: readonly Verdict[] = ['WRONG', 'DUPLICATE', 'NEW', 'CHANGED', 'UNCHANGED'];

export const VERDICT_NAMES: Record<Verdict, string> = {
  WRONG: 'Sai',
  DUPLICATE: 'Trùng, cần xác nhận',
  NEW: 'Mới',
  CHANGED: 'Thay đổi',
  UNCHANGED: 'Không đổi',
};

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'gold';

export const VERDICT_TONES: Record<Verdict, Tone> = {
  WRONG: 'bad',
  DUPLICATE: 'warn',
  NEW: 'good',
  CHANGED: 'gold',
  UNCHANGED: 'plain',
};

export const STATE_TONES: Record<ImportState, Tone> = {
  UPLOADED: 'plain',
  READING: 'plain',
  CHECKED: 'warn',
  ACCEPTING: 'plain',
  ACCEPTED: 'good',
  UNDONE: 'plain',
  REFUSED: 'bad',
  ABANDONED: 'plain',
};

export const PHASE_NAMES = {
  READING: 'Đang đọc và kiểm tra từng dòng',
  MARKING: 'Đang đánh dấu ô sai vào tệp của anh/chị',
  WRITING: 'Đang ghi vào hệ thống',
} as const;

/** Where another file of the same list is sent: the choices already made are not asked again. */
export function againLink({ kind, unit, params }: ImportDetail): string {
  const chosen = [
    ['loai', kind],
    ['don-vi', unit?.code],
    ['dot', params['batch']],
    ['tu', params['from']],
    ['den', params['to']],
  ].flatMap(([name, value]) => (name && value ? [[name, value]] : []));
  return `/nhap-excel?${new URLSearchParams(chosen)}`;
}

/** Where what was written is seen. */
export function resultLink(
  kind: string,
  unit: string | null,
  params: Readonly<Record<string, string>>,
): { to: string; label: string } {
  const within = unit ? `?don-vi=${encodeURIComponent(unit)}` : '';
  if (kind === 'award-lines') return { to: `/so-vang/${params['batch'] ?? ''}`, label: 'Xem đợt khen trong sổ vàng' };
  if (kind === 'results') return { to: `/ket-qua${within}`, label: 'Xem kết quả đã báo cáo' };
  if (kind === 'units')
    return { to: unit ? `/don-vi/${encodeURIComponent(unit)}` : '/don-vi', label: 'Xem cây đơn vị' };
  return { to: `/doan-vien${within}`, label: 'Xem danh sách đoàn viên' };
}
