import type { Occasion, TaskView } from '../contract.js';

/** Headings of the kinds of tasks, by the word before the dot. */
const GROUPS: Readonly<Record<string, string>> = {
  campaign: 'Phong trào thi đua',
  bloc: 'Khối, cụm thi đua',
  result: 'Kết quả, chỉ tiêu',
  agreement: 'Chương trình, giao ước thi đua',
  commitment: 'Cam kết trong giao ước',
  nomination: 'Đề nghị khen thưởng',
  registration: 'Đăng ký danh hiệu',
  sitting: 'Phiên họp Hội đồng',
  council: 'Hội đồng thi đua, khen thưởng',
  commendation: 'Quyết định khen thưởng',
  decision: 'Quyết định khen thưởng',
  award: 'Sổ vàng',
  reorganisation: 'Sắp xếp tổ chức',
};

export function groupOf(kind: string): string {
  return GROUPS[kind.split('.')[0] ?? ''] ?? 'Việc khác';
}

/** In the order in which the most urgent of each group comes. */
export function grouped(tasks: readonly TaskView[]): [string, TaskView[]][] {
  const groups = new Map<string, TaskView[]>();
  for (const task of tasks) {
    const name = groupOf(task.kind);
    groups.set(name, [...(groups.get(name) ?? []), task]);
  }
  return [...groups];
}

export const OCCASION_NAMES: Readonly<Record<Occasion, string>> = {
  TASK: 'Việc mới',
  SOON: 'Sắp đến hạn',
  OVERDUE: 'Quá hạn',
  IN_PLACE: 'Đã làm thay',
  NEWS: 'Thông báo',
};

/** "giao hôm nay", "chờ 5 ngày": how long it has been waiting. */
export function printWaiting(days: number): string {
  if (days <= 0) return 'giao hôm nay';
  return days === 1 ? 'giao hôm qua' : `đã chờ ${days} ngày`;
}
