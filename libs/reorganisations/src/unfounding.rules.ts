import { Refused } from '@lib/kernel';
import type { Tx } from '@lib/platform';

/** Records that a founded unit may have of its own by the time its founding is taken back. */
const RECORDS: readonly (readonly [what: string, table: string, condition: string])[] = [
  ['người', 'person r', 'r.unit_id = ANY($1)'],
  ['khen thưởng trong sổ vàng', 'award_batch r', 'r.unit_id = ANY($1)'],
  ['dòng khen thưởng', 'award_line r', 'r.unit_id = ANY($1)'],
  ['kết quả', 'result_report r', 'r.unit_id = ANY($1)'],
  ['hồ sơ đề nghị', 'dossier r', 'r.unit_id = ANY($1) OR r.to_unit_id = ANY($1)'],
  ['dòng đề nghị', 'nomination_line r', 'r.unit_id = ANY($1)'],
  ['phong trào', 'campaign r', 'r.unit_id = ANY($1)'],
  ['giao ước, chương trình', 'agreement r', 'r.unit_id = ANY($1)'],
  ['Hội đồng', 'council r', 'r.unit_id = ANY($1)'],
  ['quyết định', 'commendation r', 'r.unit_id = ANY($1)'],
  ['đăng ký danh hiệu', 'title_registration r', 'r.removed_on IS NULL AND r.unit_id = ANY($1)'],
  ['khối, cụm thi đua', 'bloc r', 'r.organiser_id = ANY($1)'],
  ['kết quả triển khai phong trào', 'campaign_deployment r', 'r.removed_on IS NULL AND r.unit_id = ANY($1)'],
  ['sự kiện', 'event r', 'r.removed_on IS NULL AND r.unit_id = ANY($1)'],
  ['chỉ tiêu', 'result_target r', 'r.removed_on IS NULL AND r.unit_id = ANY($1)'],
  ['số liệu độ phủ', 'result_coverage r', 'r.removed_on IS NULL AND r.unit_id = ANY($1)'],
  ['số liệu lực lượng', 'unit_strength r', 'r.unit_id = ANY($1)'],
  ['cơ quan chưa có công đoàn', 'agency r', 'r.removed_on IS NULL AND r.unit_id = ANY($1)'],
  ['chức vụ', 'person_position r', 'r.removed_on IS NULL AND r.unit_id = ANY($1)'],
  ['thời gian công tác', 'service_period r', 'r.removed_on IS NULL AND r.unit_id = ANY($1)'],
  ['phòng, ban', 'office r', 'r.unit_id = ANY($1)'],
];

/**
 * What a reorganisation brought to a unit that it founded has gone back by now; what came to it since has no other place.
 * @throws Refused `reorganisations.founded_unit_in_use`
 */
export async function mustStandAlone(tx: Tx, unitIds: readonly number[]): Promise<void> {
  const counts = RECORDS.map(([, table, condition]) => `(SELECT count(*)::int FROM ${table} WHERE ${condition})`);
  const [row] = await tx.query<{ counts: number[] }>(`SELECT ARRAY[${counts.join(', ')}] AS counts`, [unitIds]);
  const held = RECORDS.flatMap(([what], index) => {
    const count = row?.counts[index] ?? 0;
    return count === 0 ? [] : [`${count} ${what}`];
  });
  if (held.length === 0) return;
  const message = `Đơn vị được lập đã có dữ liệu riêng (${held.join(', ')}): không thể đảo lại. Hãy lập việc sắp xếp mới.`;
  throw new Refused('reorganisations.founded_unit_in_use', message, null, 'conflict');
}
