import type { Day } from '@lib/kernel';
import type { Occasion } from './desk.service.js';

export interface MailedNotice {
  readonly occasion: Occasion;
  readonly title: string;
  readonly why: string;
  readonly link: string;
  readonly due: Day | null;
  readonly email: string;
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** Subjects lie open in the logs of every server on the way: they say what kind of thing waits, and never of whom or what. */
const SUBJECTS: Record<Occasion, string> = {
  TASK: 'có việc mới chờ anh/chị',
  SOON: 'có việc sắp đến hạn',
  OVERDUE: 'có việc đã quá hạn',
  IN_PLACE: 'cấp trên đã làm thay một việc',
  NEWS: 'có thông báo mới',
};

/** Title, reason, day and link: what the record holds is read in the app by those who may. */
export function letterOf({ occasion, title, why, link, due }: MailedNotice, publicUrl: string): Letter {
  const lines = [
    title,
    ...(why ? [why] : []),
    ...(due ? [`Hạn: ${due.split('-').toReversed().join('/')}`] : []),
    '',
    `${publicUrl}${link}`,
    '',
    '--',
    'Lưu hành nội bộ (INTERNAL). Thư gửi tự động từ Sổ Vàng, không cần trả lời.',
    `Không muốn nhận thư nữa: ${publicUrl}/ → tên của anh/chị → Thông báo & thư.`,
  ];
  return { subject: `[Sổ Vàng] ${SUBJECTS[occasion]}`, text: `${lines.join('\n')}\n` };
}
