import { LEVEL_NAMES, printDay, printInterval, type Qualified } from '@lib/kernel';
import type { Counts } from '@lib/figures';
import { col, tableOf, type ListColumn, type SheetOut } from '@lib/spreadsheets';
import type { Summary } from './ask.service.js';
import type { ChildRow, Line, PrizeLine, Totals, UndatedRow } from './body.js';
import { CARRIED, FRESHNESS, LENS, RELATION } from './print.js';
import { countColumns, type Table } from './workbook-columns.js';
import { processTables } from './workbook-process.js';

/** One figure of the front sheet. */
interface Figure {
  readonly what: string;
  readonly figure: Qualified | null;
  readonly of: string;
  readonly remark: string;
}

/** One sheet per table; tables without rows are left out. `made`: who takes it out of the house, and when. */
export function summarySheets(s: Summary, made: string): SheetOut[] {
  const subtitle = [
    `${s.unit.name} (${s.unit.code}), ${LEVEL_NAMES[s.unit.level]}${s.carried ? ` (${CARRIED[s.carried]})` : ''}`,
    `Kỳ ${printInterval(s.period)}; ${LENS[s.lens]}; như hệ thống biết đến ${printDay(s.asKnownOn)}; ${FRESHNESS[s.freshness]}`,
    made,
  ];
  return [...awardTables(s), ...processTables(s), childTable(s)]
    .filter((table) => !Array.isArray(table.rows) || table.rows.length > 0)
    .map((table) => ({ ...table, subtitle }));
}

function awardTables(s: Summary): Table[] {
  const { byConferringLevel, byForm, byType, lines, undatedWithin } = s.awards;
  const name = (what: string) => `Khen thưởng ${what}`;
  return [
    {
      name: 'Tổng số',
      ...tableOf({ title: 'Tổng hợp kỳ: các số chung', columns: FIGURES, orientation: 'portrait' }, figures(s)),
    },
    {
      name: 'Lực lượng theo cấp',
      ...tableOf({ title: 'Lực lượng: số đơn vị theo cấp', columns: UNITS_BY_LEVEL }, s.strength.unitsByLevel),
    },
    grouped(name('theo cấp'), 'Cấp quyết định', byConferringLevel, ({ levelName }) => levelName),
    grouped(
      name('theo hình thức'),
      'Hình thức',
      byForm,
      ({ formName, form }) => formName ?? form ?? 'không có hình thức',
    ),
    grouped(name('theo loại hình'), 'Loại hình', byType, ({ type }) => type ?? 'không nêu'),
    { name: 'Khen thưởng từng dòng', ...tableOf({ title: 'Khen thưởng: từng dòng', columns: LINES }, lines) },
    {
      name: 'Chưa xác định kỳ',
      ...tableOf({ title: 'Chưa xác định kỳ (không cộng vào tổng)', columns: UNDATED }, undatedWithin),
    },
    { name: 'Danh hiệu', ...tableOf({ title: 'Danh hiệu thi đua', columns: LINES }, s.titles.lines) },
    {
      name: 'Tuyên dương',
      ...tableOf(
        { title: 'Tuyên dương, biểu dương (không cộng vào khen thưởng)', columns: LINES },
        s.recognitions.lines,
      ),
    },
    { name: 'Giải thưởng', ...tableOf({ title: 'Giải thưởng cuộc thi', columns: PRIZES }, s.prizes.lines) },
  ];
}

function grouped<Row extends Counts>(
  name: string,
  header: string,
  rows: readonly Row[],
  of: (row: Row) => string,
): Table {
  const columns = [col.text<Row>(header, of, 44), ...countColumns<Row>((row) => row)];
  return { name, ...tableOf({ title: name, columns, orientation: 'portrait' }, rows) };
}

function childTable(s: Summary): Table {
  return {
    name: 'Theo đơn vị trực tiếp',
    ...tableOf({ title: 'Theo đơn vị trực tiếp', columns: CHILDREN }, s.children),
  };
}

function figures(s: Summary): Figure[] {
  const exact = (value: number): Qualified => ({ value, qualifier: 'EXACT' });
  const { members, workers } = s.strength;
  const block = (what: string, total: Totals): Figure[] => [
    { what: `${what}: tập thể`, figure: exact(total.collectives), of: 'tập thể', remark: '' },
    { what: `${what}: cá nhân`, figure: exact(total.individuals), of: 'lượt người', remark: '' },
    { what: `${what}: hộ gia đình`, figure: exact(total.households), of: 'hộ', remark: '' },
    { what: `${what}: chưa tách tập thể, cá nhân`, figure: exact(total.unsplit), of: 'lượt', remark: '' },
    {
      what: `${what}: trong đó nữ`,
      figure: total.women === null ? null : exact(total.women),
      of: 'lượt người',
      remark: '',
    },
    { what: `${what}: số người`, figure: total.persons, of: 'người', remark: total.personsReason ?? '' },
  ];
  const strength = (what: string, stated: typeof members): Figure => ({
    what,
    figure: stated,
    of: 'người',
    remark: stated ? `đến ${printDay(stated.asOf)}; ${stated.source}` : 'chưa có số liệu',
  });
  return [
    strength('Đoàn viên', members),
    strength('Công nhân, viên chức, lao động', workers),
    ...block('Khen thưởng', s.awards.total),
    ...block('Danh hiệu thi đua', s.titles.total),
    ...block('Tuyên dương, biểu dương', s.recognitions.total),
    { what: 'Giải thưởng cuộc thi', figure: exact(s.prizes.total), of: 'giải', remark: '' },
  ];
}

const FIGURES: ListColumn<Figure>[] = [
  col.text('Nội dung', ({ what }) => what, 48),
  ...col.stated<Figure>('Số', ({ figure }) => figure),
  col.text('Đơn vị tính', (row) => row.of, 14),
  col.text('Ghi chú', ({ remark }) => remark, 44),
];

const UNITS_BY_LEVEL: ListColumn<Summary['strength']['unitsByLevel'][number]>[] = [
  col.text('Cấp', ({ levelName }) => levelName, 44),
  ...col.stated<Summary['strength']['unitsByLevel'][number]>('Số đã nêu', ({ stated }) => stated),
  col.day('Nêu đến ngày', ({ asOf }) => asOf),
  col.integer('Trên cây tổ chức', ({ fromTree }) => fromTree, 14),
];

const givers = ({
  conferringBodies,
  conferringVerified,
}: Pick<Line, 'conferringBodies' | 'conferringVerified'>): string =>
  conferringBodies.map(({ name }) => name).join('; ') + (conferringVerified ? '' : ' (chưa kiểm chứng)');

const LINES: ListColumn<Line>[] = [
  col.text('Cơ quan khen', givers, 34),
  col.text(
    'Hình thức',
    ({ formName, formCertainty }) =>
      `${formName ?? 'không có hình thức'}${formCertainty === 'INFERRED' ? ' (suy ra)' : ''}`,
    30,
  ),
  col.text('Phong trào, lý do', ({ campaign, reason }) => campaign ?? reason, 36),
  col.text('Quan hệ', ({ relation }) => RELATION[relation], 22),
  ...col.interval<Line>(({ when }) => when),
  ...countColumns<Line>((line) => line),
  col.integer('Trong đó nữ', ({ women }) => women, 10),
  col.integer('Kê tên tập thể', ({ itemised }) => itemised.collectives, 10),
  col.integer('Kê tên cá nhân', ({ itemised }) => itemised.individuals, 10),
];

const UNDATED: ListColumn<UndatedRow>[] = [
  col.text('Nội dung', ({ title }) => title, 54),
  ...col.interval<UndatedRow>(({ when }) => when),
  ...countColumns<UndatedRow>(({ counts }) => counts),
];

const PRIZES: ListColumn<PrizeLine>[] = [
  col.text('Cuộc thi', ({ contests }) => contests.join('; ') || 'Cuộc thi cấp dưới', 44),
  col.text('Giải', ({ tier }) => tier, 14),
  col.text('Cơ quan trao', ({ conferringBodies }) => conferringBodies.map(({ name }) => name).join('; '), 34),
  col.text('Phong trào', ({ campaign }) => campaign, 30),
  col.text('Quan hệ', ({ relation }) => RELATION[relation], 22),
  ...col.interval<PrizeLine>(({ when }) => when),
  col.integer('Số giải', ({ count }) => count),
  col.integer('Tập thể', ({ collectives }) => collectives),
  col.integer('Cá nhân', ({ individuals }) => individuals),
  col.integer('Chưa tách', ({ unsplit }) => unsplit),
];

function remark(carried: ChildRow['carried'], restructured: boolean): string | null {
  return (carried && CARRIED[carried]) ?? (restructured ? 'tổ chức có thay đổi' : null);
}

const CHILDREN: ListColumn<ChildRow>[] = [
  col.text('Mã', ({ unit }) => unit.code, 20),
  col.text('Đơn vị', ({ own, unit }) => (own ? 'Tại đơn vị' : unit.name), 44),
  col.text('Ghi chú', ({ carried, restructured }) => remark(carried, restructured), 24),
  ...countColumns<ChildRow>(({ awards }) => awards, 'Khen thưởng'),
  col.integer('Danh hiệu: tập thể', ({ titles }) => titles.collectives, 11),
  col.integer('Danh hiệu: cá nhân', ({ titles }) => titles.individuals, 11),
  col.integer('Tuyên dương: tập thể', ({ recognitions }) => recognitions.collectives, 11),
  col.integer('Tuyên dương: cá nhân', ({ recognitions }) => recognitions.individuals, 11),
  col.integer('Giải thưởng', ({ prizes }) => prizes, 11),
];
