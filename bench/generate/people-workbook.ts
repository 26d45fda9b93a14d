import { createWriteStream } from 'node:fs';
import { WorkbookOut } from '@lib/spreadsheets';

export const UNITS = 200;
const FAMILIES = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Huỳnh',
  'Phan',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
];
const MIDDLES = ['Văn', 'Thị', 'Minh', 'Ngọc', 'Đức', 'Thanh', 'Hữu', 'Quang', 'Thu', 'Xuân'];
const GIVEN = [
  'An',
  'Bình',
  'Chi',
  'Dũng',
  'Giang',
  'Hà',
  'Hùng',
  'Khánh',
  'Lan',
  'Mai',
  'Nam',
  'Phượng',
  'Quân',
  'Sơn',
  'Tú',
  'Yến',
];

export function unitCode(unit: number): string {
  return `DV-${unit}`;
}

/** Names repeat as they do in life; the card tells people apart. The row in the middle has no name. */
export async function writePeople(file: string, people: number): Promise<void> {
  const stream = createWriteStream(file);
  const book = new WorkbookOut(stream, new Date('2026-01-01T00:00:00Z'));
  const text = (header: string, width: number) => ({ header, width, kind: 'TEXT' }) as const;
  await book.add({
    name: 'Danh sách',
    title: 'DANH SÁCH ĐOÀN VIÊN',
    subtitle: ['Số liệu thử tốc độ'],
    columns: [
      { header: 'STT', width: 8, kind: 'INTEGER' },
      text('Họ và tên', 30),
      { header: 'Năm sinh', width: 10, kind: 'INTEGER' },
      text('Giới tính', 10),
      text('Mã đơn vị', 14),
      text('Mã đoàn viên', 16),
      { header: 'Ngày kết nạp', width: 14, kind: 'DAY' },
      text('Ghi chú', 20),
    ],
    rows: rows(people),
  });
  await book.close();
}

function* rows(people: number): Generator<(string | number | null)[]> {
  const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? '';
  for (let n = 0; n < people; n += 1) {
    const name = `${pick(FAMILIES, n * 7)} ${pick(MIDDLES, n * 3)} ${pick(GIVEN, n * 5 + Math.floor(n / 11))}`;
    const day = `20${String(10 + (n % 14)).padStart(2, '0')}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
    yield [
      n + 1,
      n === Math.floor(people / 2) ? null : name,
      1965 + (n % 35),
      n % 3 === 0 ? 'Nam' : 'Nữ',
      unitCode(n % UNITS),
      String(n).padStart(10, '0'),
      day,
      n % 50 === 0 ? 'Chuyển từ nơi khác đến' : null,
    ];
  }
}
