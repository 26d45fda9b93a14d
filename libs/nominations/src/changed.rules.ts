import { Refused } from '@lib/kernel';

interface Versioned {
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

const AT = new Intl.DateTimeFormat('vi-VN', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Ho_Chi_Minh' });

/** Two people editing one thing lose nothing. @throws Refused `nominations.changed_meanwhile` telling who changed it when */
export function checkVersion(record: Versioned, seen: number, field = 'version'): void {
  if (record.version === seen) return;
  const message = `${record.changedBy} đã sửa lúc ${AT.format(record.changedAt)}. Hãy tải lại để xem, rồi làm tiếp.`;
  throw new Refused('nominations.changed_meanwhile', message, field, 'conflict');
}
