import { LEVEL_NAMES, printDay, printInterval, printNumber, printQualified, type Qualified } from '@lib/kernel';
import type { Counts } from '@lib/figures';
import type { Summary } from './ask.service.js';
import type { ChildRow, Line } from './body.js';
import { list, row } from './print-rows.js';
import { printProcess } from './print-process.js';

export const FRESHNESS = { FRESH: 'đã cập nhật', STALE: 'đang chờ tính lại', COMPUTING: 'đang tính' } as const;
export const RELATION = {
  OWN: 'trong đơn vị',
  FROM_ABOVE: 'được cấp trên khen',
  OUTSIDE_BODY: 'cơ quan ngoài công đoàn khen',
  TO_OUTSIDE: 'khen ra ngoài đơn vị',
} as const;
export const LENS = { 'as-was': 'theo tổ chức tại thời điểm', 'as-is': 'quy về tổ chức hiện nay' } as const;
/** What a unit that has ended is called where its figures stand today. */
export const CARRIED = {
  MERGED: 'đơn vị đã sáp nhập',
  DISSOLVED: 'đơn vị đã giải thể',
  UNALLOCATED: 'chưa phân bổ',
} as const;
const WIDTH = 64;

/** A summary as text that a person can read, for a terminal of any width from 80 columns on. */
export function printSummary(s: Summary): string {
  const total = s.awards.total;
  return [
    `TỔNG HỢP KỲ: ${s.unit.name} (${s.unit.code}), ${LEVEL_NAMES[s.unit.level]}${s.carried ? ` (${CARRIED[s.carried]})` : ''}`,
    `Kỳ ${printInterval(s.period)}; ${LENS[s.lens]}; như hệ thống biết đến ${printDay(s.asKnownOn)}`,
    `Số liệu ${FRESHNESS[s.freshness]}${s.restructured ? '; tổ chức có thay đổi trong kỳ hoặc sau kỳ' : ''}; dấu vân tay ${s.fingerprint.slice(0, 19)}…`,
    '',
    'LỰC LƯỢNG',
    row('  Đoàn viên', stated(s.strength.members)),
    row('  Công nhân, viên chức, lao động', stated(s.strength.workers)),
    ...s.strength.unitsByLevel.map((u) =>
      row(
        `  ${u.levelName}`,
        `${stated(u.stated && { ...u.stated, asOf: u.asOf ?? '' })}; trên cây tổ chức${s.lens === 'as-was' ? '' : ' hiện nay'}: ${printNumber(u.fromTree)}`,
      ),
    ),
    '',
    `KHEN THƯỞNG (lượt)${' '.repeat(WIDTH - 16)}tập thể  cá nhân`,
    countsRow('  Tổng số', total),
    total.women === null ? '' : `    trong đó nữ: ${printNumber(total.women)}`,
    total.persons === null
      ? `    số người: chưa xác định (${total.personsReason ?? ''})`
      : `    số người: ${printQualified(total.persons)}`,
    '  Theo cấp quyết định',
    ...s.awards.byConferringLevel.map((level) => countsRow(`    ${level.levelName}`, level)),
    '  Theo hình thức',
    ...s.awards.byForm.map((form) => countsRow(`    ${form.formName ?? form.form ?? 'không có hình thức'}`, form)),
    '  Từng dòng',
    ...s.awards.lines.map((line) => countsRow(`    ${lineTitle(line)}`, line)),
    ...list(
      'CHƯA XÁC ĐỊNH KỲ (không cộng vào tổng)',
      s.awards.undatedWithin.map((u) => countsRow(`  ${u.title}`, u.counts)),
    ),
    ...list(
      'DANH HIỆU THI ĐUA',
      s.titles.lines.map((line) => countsRow(`  ${lineTitle(line)}`, line)),
    ),
    ...list(
      'TUYÊN DƯƠNG, BIỂU DƯƠNG (không cộng vào khen thưởng)',
      s.recognitions.lines.map((line) => countsRow(`  ${lineTitle(line)}`, line)),
    ),
    ...list(
      `GIẢI THƯỞNG CUỘC THI: ${printNumber(s.prizes.total)} giải`,
      s.prizes.byContest.map((p) =>
        row(`  ${p.contests.join('; ') || 'Cuộc thi cấp dưới'}`, `${printNumber(p.count)} giải`),
      ),
    ),
    ...printProcess(s),
    ...list(
      'THEO ĐƠN VỊ TRỰC TIẾP',
      s.children.map((child) => countsRow(`  ${childTitle(child)}`, child.awards)),
    ),
    s.children.some((child) => child.restructured) ? '  * tổ chức của đơn vị có thay đổi trong kỳ hoặc sau kỳ' : '',
  ]
    .filter((line, index, all) => line !== '' || all[index - 1] !== '')
    .join('\n');
}

function childTitle({ own, unit, carried, restructured }: ChildRow): string {
  if (own) return 'Tại đơn vị';
  return `${unit.name}${carried ? ` (${CARRIED[carried]})` : ''}${restructured ? ' *' : ''}`;
}

function lineTitle(line: Line): string {
  const bodies =
    line.conferringBodies.map((body) => body.name).join(', ') + (line.conferringVerified ? '' : ' (chưa kiểm chứng)');
  const form = (line.formName ?? 'không có hình thức') + (line.formCertainty === 'INFERRED' ? ' (suy ra)' : '');
  return [bodies, form, line.campaign ?? line.reason, RELATION[line.relation]].filter(Boolean).join(' · ');
}

function stated(value: (Qualified & { asOf: string }) | null): string {
  return value === null
    ? 'chưa có số liệu'
    : `${printQualified(value)}${value.asOf ? ` (đến ${printDay(value.asOf)})` : ''}`;
}

/** Long labels wrap above their figures, so that the figures stand in one column. */
function countsRow(label: string, counts: Counts): string {
  const extra = [
    counts.households > 0 ? `${printNumber(counts.households)} hộ` : '',
    counts.unsplit !== 0 ? `${printNumber(counts.unsplit)} chưa tách` : '',
  ].filter(Boolean);
  const figures = `${printNumber(counts.collectives).padStart(8)} ${printNumber(counts.individuals).padStart(8)}${extra.length > 0 ? `  + ${extra.join(', ')}` : ''}`;
  const width = WIDTH + 2;
  return label.length <= width ? `${label.padEnd(width)}${figures}` : `${label}\n${' '.repeat(width)}${figures}`;
}
