import type { Queryable } from '@lib/platform';
import { unitIds, type Shape } from '../shape.js';

/** Name and share in a thousand, as they are met in Vietnam: a few names stand for most people. */
const FAMILIES: readonly (readonly [string, number])[] = [
  ['Nguyễn', 385],
  ['Trần', 110],
  ['Lê', 95],
  ['Phạm', 70],
  ['Hoàng', 51],
  ['Phan', 45],
  ['Vũ', 39],
  ['Đặng', 21],
  ['Bùi', 20],
  ['Đỗ', 14],
  ['Hồ', 13],
  ['Ngô', 13],
  ['Dương', 10],
  ['Lý', 5],
  ['Đinh', 10],
  ['Trịnh', 9],
  ['Mai', 8],
  ['Đoàn', 8],
  ['Lương', 8],
  ['Cao', 6],
  ['Tô', 5],
  ['Triệu', 5],
  ['Nông', 5],
  ['Bế', 3],
  ['Ksor', 1],
  ['Y', 1],
];
const MIDDLES: readonly (readonly [string, number])[] = [
  ['Văn', 280],
  ['Thị', 330],
  ['Đức', 40],
  ['Minh', 40],
  ['Thanh', 40],
  ['Thu', 30],
  ['Ngọc', 40],
  ['Xuân', 25],
  ['Quang', 25],
  ['Hữu', 20],
  ['Anh', 20],
  ['Thị Thu', 30],
  ['Thị Ngọc', 20],
  ['Thị Thanh', 20],
  ['Hồng', 15],
  ['Kim', 15],
  ['Vinh', 10],
];
/** Equally common, about. */
const GIVEN =
  'An Anh Ánh Ân Bách Bảo Bình Bích Cường Cúc Châu Chi Chiến Chung Công Danh Dung Dũng Duy Dương Duyên Đào Đạt Điệp Định Đông Đức Giang Hà Hạnh Hải Hằng Hào Hậu Hiền Hiếu Hiệp Hoa Hòa Hoà Hoàn Hoàng Hồng Huệ Hùng Huy Huyền Hương Hường Hưng Khánh Khoa Kiên Lan Lâm Liên Linh Loan Long Lợi Luân Ly Lý Mai Mạnh Minh My Nam Nga Ngân Nghĩa Ngọc Nguyên Nguyệt Nhân Nhung Oanh Phong Phú Phúc Phương Phượng Quang Quân Quý Quyên Quyết Sơn Tâm Tân Thái Thanh Thành Thảo Thắng Thi Thìn Thịnh Thọ Thu Thủy Thuý Thúy Thư Tiến Tình Toàn Trang Trinh Trung Trường Tú Tuấn Tuyết Tùng Uyên Vân Việt Vinh Vũ Vượng Xuân Yến'.split(
    ' ',
  );

/** Brings the register of people up to so many, over the grassroots unions, with names as common as they are. */
export async function generateNames(q: Queryable, shape: Shape, people: number): Promise<void> {
  const { firstGrassroots, last } = unitIds(shape);
  const [row] = await q.query<{ have: number; first: number }>(
    `SELECT count(*)::int AS have, coalesce(max(id), 0) + 1 AS first FROM person`,
  );
  if (!row || row.have >= people) return;
  const pick = (list: readonly (readonly [string, number])[], salt: number): string => {
    const spread = list.flatMap(([name, share]) => Array.from({ length: share }, () => name));
    return `(ARRAY[${list.map(([name]) => `'${name}'`).join()}])[(ARRAY[${spread.map((name) => list.findIndex(([one]) => one === name) + 1).join()}])[1 + floor(${spread.length} * bench_random(i, ${salt}))::int]]`;
  };
  await q.query(`CREATE TEMP TABLE bench_name ON COMMIT DROP AS
    SELECT i, ${pick(FAMILIES, 21)} || ' ' || ${pick(MIDDLES, 22)} AS front, (ARRAY[${GIVEN.map((name) => `'${name}'`).join()}])[1 + floor(${GIVEN.length} * bench_random(i, 23))::int] AS given
      FROM generate_series(${row.first}, ${row.first + people - row.have - 1}) i`);
  // Millions of rows go quicker into a bare table, and the indexes come out dense, as after a reindex.
  const indexes = await q.query<{ name: string; made: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
      WHERE i.indrelid = 'person'::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
  );
  for (const { name } of indexes) await q.query(`DROP INDEX ${name}`);
  await q.query(
    `INSERT INTO person (id, full_name, given_name, name_folded, birth_year, gender, unit_id, recorded_on)
     SELECT i, front || ' ' || given, given, ${foldedInSql("lower(front || ' ' || given)")}, 1955 + floor(50 * bench_random(i, 24))::int, NULL,
            ${firstGrassroots} + floor(${last - firstGrassroots + 1} * bench_random(i, 25))::int, '2016-01-01'
       FROM bench_name`,
  );
  for (const { made } of indexes) await q.query(made);
  await q.query(`SELECT setval(pg_get_serial_sequence('person', 'id'), (SELECT max(id) FROM person))`);
}

/** The names above hold these letters only. */
function foldedInSql(text: string): string {
  const [accented, plain] = [...'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ'].reduce<
    [string, string]
  >(
    ([from, to], letter) => [
      from + letter,
      to + (letter === 'đ' ? 'd' : letter.normalize('NFD').replace(/\p{M}/gu, '')),
    ],
    ['', ''],
  );
  return `translate(${text} COLLATE "vi-x-icu", '${accented}', '${plain}')`;
}
