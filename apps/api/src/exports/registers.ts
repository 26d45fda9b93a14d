import type { AccountView } from '@lib/access';
import type { BatchRow, LineView, RegisterLine } from '@lib/awards';
import type { BodyLabel } from '@lib/figures';
import type { PersonView } from '@lib/people';
import { col, type ImportView, type ListColumn, type ListOut } from '@lib/spreadsheets';
import type { ReorganisationRow } from '@lib/reorganisations';
import { UNIT_EVENT_NAMES, type UnitEventPart, type UnitEventView, type UnitListRow } from '@lib/units';
import { GENDER_NAMES, KIND_NAMES, RECIPIENT_NAMES, RECORD_STATES } from './words.js';

export const units: ListOut<UnitListRow> = {
  file: 'danh-sach-don-vi',
  title: 'Danh sách đơn vị',
  columns: [
    col.text('Mã', ({ code }) => code, 20),
    col.text('Tên đơn vị', ({ name }) => name, 44),
    col.text('Cấp', ({ levelName }) => levelName, 26),
    col.text('Mã đơn vị cấp trên', ({ parent }) => parent, 20),
    col.text('Đơn vị cấp trên', ({ parentName }) => parentName, 36),
    col.integer('Đơn vị trực tiếp', ({ childCount }) => childCount),
    col.day('Có từ ngày', ({ validFrom }) => validFrom),
    col.day('Kết thúc ngày', ({ validTo }) => validTo),
    col.text('Tạm ngừng', ({ suspended }) => (suspended ? 'tạm ngừng' : null), 11),
  ],
};

export const people: ListOut<PersonView> = {
  file: 'danh-sach-doan-vien',
  title: 'Danh sách đoàn viên, người được khen',
  orientation: 'portrait',
  columns: [
    col.text('Họ và tên', ({ name }) => name, 30),
    col.plain('Năm sinh', ({ birthYear }) => birthYear, 9),
    col.text('Giới tính', ({ gender }) => gender && GENDER_NAMES[gender], 9),
    col.text('Mã đơn vị', ({ unit }) => unit?.code ?? null, 20),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 40),
    col.text('Mã đoàn viên', ({ memberCard }) => memberCard, 16),
  ],
};

export const accounts: ListOut<AccountView> = {
  file: 'danh-sach-tai-khoan',
  title: 'Danh sách tài khoản',
  columns: [
    col.text('Tên đăng nhập', ({ username }) => username, 22),
    col.text('Họ và tên', ({ name }) => name, 28),
    col.text('Vai trò', ({ grants }) => grants.map(({ roleName, unit }) => `${roleName}: ${unit.name}`).join('\n'), 60),
    col.text('Thư', ({ email }) => email, 30),
    col.text('Trạng thái', ({ disabled }) => (disabled ? 'đã khoá' : 'đang dùng'), 12),
  ],
};

const given = (bodies: readonly BodyLabel[]): string => bodies.map(({ name }) => name).join('; ');

export const awardBatches: ListOut<BatchRow> = {
  file: 'so-vang-quyet-dinh-khen',
  title: 'Sổ vàng: quyết định, đợt khen',
  columns: [
    col.plain('Số hồ sơ', ({ id }) => id, 9),
    ...col.interval<BatchRow>(({ when }) => when),
    col.text('Loại ghi nhận', ({ kind }) => KIND_NAMES[kind], 18),
    col.text('Hình thức', ({ formName }) => formName, 28),
    col.text('Phong trào, lý do', ({ campaign, reason }) => campaign ?? reason, 34),
    col.text('Cơ quan quyết định', ({ conferringBodies }) => given(conferringBodies), 30),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 30),
    ...counted<BatchRow>(({ figure }) => figure),
    col.text(
      'Số quyết định',
      ({ decision }) => decision && [decision.number, decision.symbol].filter(Boolean).join('/'),
      18,
    ),
    col.day('Ngày quyết định', ({ decision }) => decision?.date ?? null),
    col.text('Tình trạng', ({ state }) => RECORD_STATES[state], 13),
  ],
};

/** The four counts of an award side by side; they are never added together. */
export function counted<Row>(
  of: (row: Row) => {
    collectives: number | null;
    individuals: number | null;
    households: number | null;
    unsplit: number | null;
  },
): ListColumn<Row>[] {
  return [
    col.integer('Tập thể', (row) => of(row).collectives, 9),
    col.integer('Cá nhân', (row) => of(row).individuals, 9),
    col.integer('Hộ gia đình', (row) => of(row).households, 9),
    col.integer('Chưa tách', (row) => of(row).unsplit, 9),
  ];
}

const recipient: ListColumn<LineView>[] = [
  col.text('Người, tập thể', ({ name }) => name, 30),
  col.text('Đối tượng', ({ recipientClass }) => RECIPIENT_NAMES[recipientClass], 12),
  col.plain('Năm sinh', ({ birthYear }) => birthYear, 9),
  col.text('Giới tính', ({ gender }) => gender && GENDER_NAMES[gender], 9),
  col.text('Mã đơn vị', ({ unit }) => unit?.code ?? null, 20),
  col.text('Đơn vị lúc được khen', ({ unitPath, unit }) => unitPath || (unit?.name ?? null), 44),
];
const entered: ListColumn<LineView>[] = [
  col.text('Thành tích', ({ reason }) => reason, 30),
  col.plain('Số sổ vàng', ({ registerNumber }) => registerNumber, 9),
  col.text('Tình trạng', ({ state }) => RECORD_STATES[state], 13),
];

export const batchLines: ListOut<LineView> = {
  file: 'so-vang-danh-sach-duoc-khen',
  title: 'Danh sách tập thể, cá nhân được khen',
  columns: [...recipient, ...entered],
};

export const awardLines: ListOut<RegisterLine> = {
  file: 'so-vang-nguoi-tap-the-duoc-khen',
  title: 'Sổ vàng: người, tập thể được khen',
  columns: [
    ...recipient,
    col.text('Hình thức', ({ formName }) => formName, 28),
    col.text('Cơ quan quyết định', ({ conferringBodies }) => given(conferringBodies), 30),
    ...col.interval<RegisterLine>(({ when }) => when),
    ...entered,
  ],
};

export const imports: ListOut<ImportView> = {
  file: 'cac-lan-nhap-tu-excel',
  title: 'Các lần nhập từ Excel',
  columns: [
    col.plain('Số', ({ id }) => id, 7),
    col.text('Tệp', ({ fileName }) => fileName, 36),
    col.text('Loại danh sách', ({ kindTitle }) => kindTitle, 24),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? 'Toàn hệ thống', 34),
    col.text('Tình trạng', ({ stateName }) => stateName, 20),
    col.integer('Mới', ({ counts }) => counts?.NEW ?? null),
    col.integer('Thay đổi', ({ counts }) => counts?.CHANGED ?? null),
    col.integer('Không đổi', ({ counts }) => counts?.UNCHANGED ?? null),
    col.integer('Trùng', ({ counts }) => counts?.DUPLICATE ?? null),
    col.integer('Sai', ({ counts }) => counts?.WRONG ?? null),
    col.text('Người gửi', ({ by }) => by, 24),
    col.day('Ngày gửi', ({ createdAt }) => createdAt.toISOString()),
  ],
};

const named = (parts: readonly UnitEventPart[]): string => parts.map(({ name }) => name).join('; ');

export const unitEvents: ListOut<UnitEventView> = {
  file: 'bien-dong-to-chuc',
  title: 'Biến động tổ chức',
  columns: [
    col.day('Từ ngày', ({ from }) => from),
    col.text('Việc', ({ kind, resumes }) => (resumes ? 'Hoạt động trở lại' : UNIT_EVENT_NAMES[kind]), 18),
    col.text('Đơn vị', ({ subjects, predecessors }) => named([...subjects, ...predecessors]), 44),
    col.text('Thành', ({ successors }) => named(successors), 40),
    col.text('Số quyết định', ({ decision }) => decision.number, 18),
    col.day('Ngày quyết định', ({ decision }) => decision.day),
    col.text('Cơ quan quyết định', ({ decision }) => decision.body, 30),
    col.text('Ghi chú', ({ note, reversedBy }) => (reversedBy === null ? note : 'đã được hoàn lại'), 30),
    col.day('Ngày ghi', ({ recordedOn }) => recordedOn),
  ],
};

export const reorganisations: ListOut<ReorganisationRow> = {
  file: 'sap-xep-to-chuc',
  title: 'Sắp xếp tổ chức',
  columns: [
    col.text('Nội dung', ({ title }) => title, 46),
    col.text('Việc', ({ kindName }) => kindName, 16),
    col.day('Từ ngày', ({ from }) => from),
    col.text('Đơn vị', ({ units }) => units.map(({ name }) => name).join('; '), 50),
    col.integer('Đơn vị không xem được', ({ hiddenUnits }) => hiddenUnits || null, 12),
    col.text('Đơn vị quyết định', ({ unit }) => unit.name, 34),
    col.text('Số quyết định', ({ decision }) => decision?.number ?? null, 18),
    col.day('Ngày quyết định', ({ decision }) => decision?.day ?? null),
    col.text('Trạng thái', ({ stateName }) => stateName, 16),
  ],
};
