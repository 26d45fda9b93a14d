import type { CommendationLineView, CommendationRow } from '@lib/commendations';
import type { CouncilView, SittingLineView, SittingRow } from '@lib/councils';
import type { DossierRow, NominationView, RegistrationView } from '@lib/nominations';
import { col, type ListOut } from '@lib/spreadsheets';
import { COUNCIL_OUTCOMES, GENDER_NAMES, RECIPIENT_NAMES } from './words.js';

export const registrations: ListOut<RegistrationView> = {
  file: 'dang-ky-danh-hieu',
  title: 'Đăng ký danh hiệu thi đua',
  columns: [
    col.plain('Năm', ({ year }) => year, 7),
    col.text('Người, tập thể', ({ name }) => name, 32),
    col.text('Đối tượng', ({ recipientClass }) => RECIPIENT_NAMES[recipientClass], 12),
    col.plain('Năm sinh', ({ birthYear }) => birthYear, 9),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 36),
    col.text('Danh hiệu', ({ formName }) => formName, 30),
    col.text('Đơn vị đăng ký', ({ registeringUnit }) => registeringUnit?.name ?? null, 36),
    col.day('Ngày đăng ký', ({ registeredOn }) => registeredOn),
  ],
};

export const dossiers: ListOut<DossierRow> = {
  file: 'ho-so-de-nghi-khen-thuong',
  title: 'Hồ sơ đề nghị khen thưởng',
  columns: [
    col.plain('Số hồ sơ', ({ id }) => id, 9),
    col.text('Hồ sơ', ({ title }) => title, 44),
    col.plain('Năm', ({ year }) => year, 7),
    col.text('Đơn vị đề nghị', ({ unit }) => unit?.name ?? null, 34),
    col.text('Gửi đến', ({ asked }) => asked?.name ?? null, 34),
    col.text('Tình trạng', ({ stateName }) => stateName, 20),
    col.day('Ngày trình', ({ submittedOn }) => submittedOn),
    col.day('Ngày nhận', ({ receivedOn }) => receivedOn),
    col.day('Hạn thẩm định', ({ clock }) => clock?.due ?? null),
    col.integer('Số dòng', ({ lines }) => lines.all),
    col.integer('Chờ thẩm định', ({ lines }) => lines.waiting),
    col.integer('Trả lại', ({ lines }) => lines.returned),
    col.integer('Đủ điều kiện', ({ lines }) => lines.eligible),
    col.integer('Không đủ điều kiện', ({ lines }) => lines.ineligible),
    col.integer('Đã có kết quả', ({ lines }) => lines.settled),
  ],
};

export const nominations: ListOut<NominationView> = {
  file: 'danh-sach-de-nghi-khen-thuong',
  title: 'Danh sách đề nghị khen thưởng',
  columns: [
    col.plain('Số hồ sơ', ({ dossierId }) => dossierId, 9),
    col.text('Người, tập thể', ({ name }) => name, 30),
    col.text('Đối tượng', ({ recipientClass }) => RECIPIENT_NAMES[recipientClass], 12),
    col.plain('Năm sinh', ({ birthYear }) => birthYear, 9),
    col.text('Giới tính', ({ gender }) => gender && GENDER_NAMES[gender], 9),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 34),
    col.text('Hình thức đề nghị', ({ formName }) => formName, 28),
    col.text('Phong trào', ({ campaign }) => campaign, 28),
    col.text('Thành tích', ({ reason }) => reason, 34),
    col.text('Đơn vị đề nghị', ({ proposingUnit }) => proposingUnit?.name ?? null, 34),
    col.text('Gửi đến', ({ asked }) => asked?.name ?? null, 30),
    col.text('Tình trạng', ({ stateName }) => stateName, 20),
    col.text('Lý do', ({ stateReason }) => stateReason, 28),
    col.text('Hình thức được khen', ({ toFormName }) => toFormName, 26),
    col.day('Ngày khen', ({ award }) => award?.day ?? null),
  ],
};

export const councils: ListOut<CouncilView> = {
  file: 'hoi-dong-thi-dua-khen-thuong',
  title: 'Hội đồng thi đua, khen thưởng',
  columns: [
    col.text('Hội đồng', ({ name }) => name, 44),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 36),
    col.day('Từ ngày', ({ validFrom }) => validFrom),
    col.day('Hết ngày', ({ validTo }) => validTo),
    col.integer('Số thành viên', ({ members }) => members.length),
    col.text('Thành viên', ({ members }) => members.map(({ name }) => name).join('; '), 60),
  ],
};

export const sittings: ListOut<SittingRow> = {
  file: 'phien-hop-hoi-dong',
  title: 'Phiên họp Hội đồng',
  columns: [
    col.day('Ngày', ({ day }) => day),
    col.text('Hội đồng', ({ council }) => council.name, 44),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 36),
    col.text('Nơi họp', ({ place }) => place, 26),
    col.integer('Dòng đề nghị', ({ lineCount }) => lineCount),
    col.integer('Đã có kết quả', ({ votedCount }) => votedCount),
    col.text('Trạng thái', ({ stateName }) => stateName, 18),
  ],
};

export const sittingLines: ListOut<SittingLineView> = {
  file: 'ket-qua-phien-hop-hoi-dong',
  title: 'Kết quả bỏ phiếu của phiên họp',
  columns: [
    col.text('Người, tập thể', ({ name }) => name, 30),
    col.text('Đối tượng', ({ recipientClass }) => RECIPIENT_NAMES[recipientClass], 12),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 34),
    col.text('Đề nghị', ({ form }) => form.name, 28),
    col.text('Quy định biểu quyết', ({ rule }) => rule?.words ?? null, 34),
    col.integer('Đồng ý', ({ vote }) => vote?.votes.for ?? null),
    col.integer('Không đồng ý', ({ vote }) => vote?.votes.against ?? null),
    col.integer('Phiếu trắng', ({ vote }) => vote?.votes.blank ?? null),
    col.integer('Trong đó bằng văn bản', ({ vote }) => vote?.votes.written ?? null, 12),
    col.text('Kết quả', ({ vote }) => (vote?.outcome ? COUNCIL_OUTCOMES[vote.outcome] : null), 20),
    col.text('Hình thức thấp hơn', ({ vote }) => vote?.lower?.form.name ?? null, 26),
    col.text('Ghi chú', ({ vote }) => vote?.note ?? null, 26),
  ],
};

export const commendations: ListOut<CommendationRow> = {
  file: 'quyet-dinh-khen-thuong',
  title: 'Quyết định khen thưởng',
  columns: [
    col.text('Số', ({ number, symbol }) => [number, symbol].filter(Boolean).join('/'), 20),
    col.day('Ngày', ({ day }) => day),
    col.text('Về việc', ({ title }) => title, 50),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 36),
    col.text('Cơ quan quyết định', ({ organName }) => organName, 24),
    col.text('Trạng thái', ({ stateName }) => stateName, 18),
  ],
};

export const commendationLines: ListOut<CommendationLineView> = {
  file: 'danh-sach-kem-quyet-dinh',
  title: 'Danh sách kèm quyết định khen thưởng',
  columns: [
    col.text('Người, tập thể', ({ name }) => name, 30),
    col.text('Đối tượng', ({ recipientClass }) => RECIPIENT_NAMES[recipientClass], 12),
    col.plain('Năm sinh', ({ birthYear }) => birthYear, 9),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? null, 34),
    col.text('Thành tích', ({ achievement }) => achievement, 36),
    col.text('Đề nghị', ({ asked }) => asked.name, 26),
    col.text('Hội đồng', ({ council }) => council && COUNCIL_OUTCOMES[council.outcome], 20),
    col.text(
      'Quyết định',
      ({ outcome, given }) => (outcome === 'DECLINE' ? 'Không khen thưởng' : (given?.name ?? null)),
      26,
    ),
    col.text('Lý do', ({ reason }) => reason, 26),
    col.text('Số sổ vàng', ({ registerNumber }) => registerNumber, 10),
  ],
};
