import type { AgreementMemberView, AgreementRow, CommitmentUnitView, CommitmentView } from '@lib/agreements';
import type { BlocMemberView, BlocRow } from '@lib/blocs';
import type { CampaignLine, DeploymentRow, EventView } from '@lib/campaigns';
import { col, type ListOut } from '@lib/spreadsheets';
import type { CoverageView, IndicatorView, ReportItemView, ReportView, TargetView } from '@lib/results';
import {
  BENEFICIARY_NAMES,
  BLOC_ROLES,
  CATEGORY_NAMES,
  COMMITMENT_CATEGORIES,
  COMMITMENT_STANDINGS,
  DEPLOYMENT_NAMES,
  MEASURE_NAMES,
  MEASURES_NAMES,
  NATURE_NAMES,
  OUTCOME_NAMES,
  PURPOSE_NAMES,
  SCOPE_NAMES,
  SPAN_NAMES,
} from './words.js';

const HIDDEN = 'Đơn vị hạn chế người xem';

export const campaigns: ListOut<CampaignLine> = {
  file: 'phong-trao-thi-dua',
  title: 'Phong trào thi đua, cuộc vận động, chương trình',
  columns: [
    col.text('Mã', ({ code }) => code, 22),
    col.text('Tên', ({ name }) => name, 46),
    col.text('Loại', ({ category }) => CATEGORY_NAMES[category], 20),
    col.text('Phát động', ({ launcher }) => launcher.name, 34),
    col.day('Ngày phát động', ({ launchDay }) => launchDay),
    ...col.interval<CampaignLine>((row) => row),
    col.text('Thời gian như đã nêu', ({ namedPeriod }) => namedPeriod, 20),
    col.text('Trạng thái', ({ stateName }) => stateName, 18),
  ],
};

export const deployment: ListOut<DeploymentRow> = {
  file: 'tinh-hinh-trien-khai',
  title: 'Tình hình triển khai phong trào',
  columns: [
    col.text('Mã đơn vị', ({ unit }) => unit.code, 20),
    col.text('Đơn vị', ({ unit }) => unit.name, 40),
    col.text('Tình trạng', ({ status }) => DEPLOYMENT_NAMES[status], 16),
    col.day('Từ ngày', ({ entry }) => entry?.since ?? null),
    col.text('Kế hoạch', ({ entry }) => entry?.plan ?? null, 34),
    col.text('Chỉ tiêu của đơn vị', ({ entry }) => entry?.target ?? null, 30),
    ...col.stated<DeploymentRow>('Người tham gia', ({ entry }) => entry?.participants),
    col.integer('Cấp dưới đã triển khai', ({ below }) => below.deployed, 12),
    col.integer('Cấp dưới có kế hoạch', ({ below }) => below.planned, 12),
    col.integer('Cấp dưới chưa triển khai', ({ below }) => below.notStarted, 12),
    col.integer('Cấp dưới chưa báo cáo', ({ below }) => below.notReported, 12),
  ],
};

export const events: ListOut<EventView> = {
  file: 'su-kien-thi-dua',
  title: 'Sự kiện: phát động, sơ kết, tổng kết',
  columns: [
    ...col.interval<EventView>((row) => row),
    col.text('Sự kiện', ({ name }) => name, 46),
    col.text('Nội dung', ({ purposes }) => purposes.map((one) => PURPOSE_NAMES[one]).join(', '), 24),
    col.text('Nơi tổ chức', ({ place }) => place, 24),
    col.text('Đơn vị tổ chức', ({ host }) => host?.name ?? HIDDEN, 34),
    col.text('Thành phần', ({ attendees }) => attendees, 30),
  ],
};

export const blocs: ListOut<BlocRow> = {
  file: 'khoi-cum-thi-dua',
  title: 'Khối, cụm thi đua',
  columns: [
    col.text('Khối, cụm', ({ name }) => name, 46),
    col.plain('Năm', ({ year }) => year, 7),
    col.text('Đơn vị tổ chức', ({ organiser }) => organiser?.name ?? null, 34),
    col.text('Đơn vị trưởng', ({ head }) => head?.name ?? null, 34),
    col.text('Chủ đề', ({ theme }) => theme, 40),
    col.integer('Thành viên', ({ members }) => members),
  ],
};

export const blocMembers: ListOut<BlocMemberView> = {
  file: 'thanh-vien-khoi-cum-thi-dua',
  title: 'Đơn vị thành viên của khối, cụm thi đua',
  orientation: 'portrait',
  columns: [
    col.text('Mã đơn vị', ({ unit }) => unit?.code ?? null, 22),
    col.text('Đơn vị', ({ unit }) => unit?.name ?? HIDDEN, 46),
    col.text('Vai trò', ({ role }) => BLOC_ROLES[role], 16),
    col.day('Vào từ ngày', ({ joined }) => joined),
    col.day('Ra từ ngày', ({ leftOn }) => leftOn),
  ],
};

export const agreements: ListOut<AgreementRow> = {
  file: 'giao-uoc-thi-dua',
  title: 'Chương trình, giao ước thi đua',
  columns: [
    col.text('Văn bản', ({ title }) => title, 50),
    col.text('Của', ({ bloc, unit }) => bloc?.name ?? unit?.name ?? null, 40),
    col.text('Với', ({ counterpart }) => counterpart, 28),
    ...col.interval<AgreementRow>(({ term }) => term),
    col.text('Trạng thái', ({ stateName }) => stateName, 18),
    col.integer('Đã ký', ({ signed }) => signed),
    col.integer('Đơn vị ký', ({ members }) => members),
    col.day('Hạn ký', ({ signBy }) => signBy),
  ],
};

export const agreementMembers: ListOut<AgreementMemberView> = {
  file: 'giao-uoc-thi-dua',
  title: 'Đơn vị ký giao ước',
  columns: [
    col.text('Đơn vị', ({ unit }) => unit?.name ?? HIDDEN, 44),
    col.text('Người ký', ({ confirmation }) => confirmation?.signerName ?? null, 26),
    col.text('Chức vụ', ({ confirmation }) => confirmation?.signerPost ?? null, 26),
    col.day('Ngày ký', ({ confirmation }) => confirmation?.day ?? null),
    col.text('Muộn', ({ late }) => (late ? 'muộn' : null), 8),
    col.text('Không ký vì', ({ excused }) => excused?.reason ?? null, 34),
  ],
};

/** One row for each unit that a commitment binds. */
export type CommitmentLine = CommitmentView & { readonly of: CommitmentUnitView };

export const commitmentLines = (all: readonly CommitmentView[]): CommitmentLine[] =>
  all.flatMap((one) => one.units.map((of) => ({ ...one, of })));

export const commitments: ListOut<CommitmentLine> = {
  file: 'giao-uoc-thi-dua',
  title: 'Cam kết và kết quả',
  columns: [
    col.text('Cam kết', ({ content }) => content, 50),
    col.text('Nhóm', ({ category }) => COMMITMENT_CATEGORIES[category], 20),
    col.text('Chỉ tiêu', ({ target }) => target, 24),
    col.text('Đơn vị', ({ of }) => of.unit?.name ?? HIDDEN, 36),
    col.day('Hạn', ({ deadline }) => deadline),
    col.text('Kết quả', ({ of }) => COMMITMENT_STANDINGS[of.standing], 16),
  ],
};

export const indicators: ListOut<IndicatorView> = {
  file: 'danh-muc-chi-tieu',
  title: 'Danh mục chỉ tiêu',
  columns: [
    col.text('Mã', ({ code }) => code, 26),
    col.text('Chỉ tiêu', ({ name }) => name, 46),
    col.text('Đơn vị tính', ({ unitOfMeasure }) => unitOfMeasure, 14),
    col.text('Cách tính', ({ nature }) => NATURE_NAMES[nature], 24),
    col.text('Tính bằng', ({ measures }) => MEASURES_NAMES[measures], 22),
    col.text('Phong trào, chương trình', ({ campaign }) => campaign, 30),
    col.text('Nguồn', ({ source }) => source, 30),
  ],
};

/** One row for each indicator of a report; the sum of money that they share stands in the first of them alone. */
export type ReportLine = Omit<ReportView, 'items'> & { readonly item: ReportItemView };

export const reportLines = (reports: readonly ReportView[]): ReportLine[] =>
  reports.flatMap(({ items, money, ...rest }) =>
    items.map((item, place) => ({ ...rest, item, money: place === 0 ? money : null })),
  );

export const reports: ListOut<ReportLine> = {
  file: 'ket-qua-da-bao-cao',
  title: 'Kết quả đã báo cáo',
  columns: [
    col.plain('Số báo cáo', ({ id }) => id, 9),
    ...col.interval<ReportLine>((row) => row),
    col.text('Chỉ tiêu', ({ item }) => item.name, 34),
    ...col.stated<ReportLine>('Số lượng', ({ item }) => item.count),
    col.text('Đơn vị tính', ({ item }) => item.unitOfMeasure, 12),
    ...col.stated<ReportLine>('Số tiền (đồng)', ({ money }) => money, 'MONEY'),
    col.text('Nguồn tiền', ({ fundingSource }) => fundingSource, 16),
    col.text(
      'Đối tượng',
      (row) => row.beneficiaries ?? (row.beneficiaryClass && BENEFICIARY_NAMES[row.beneficiaryClass]),
      20,
    ),
    col.text('Đơn vị', ({ unit }) => unit.name, 32),
    col.text('Phạm vi', ({ scope }) => SCOPE_NAMES[scope], 18),
    col.text('Tình trạng', ({ statusName }) => statusName, 14),
    col.text('Nguồn số liệu', ({ source }) => source, 28),
    col.day('Ngày ghi', ({ recordedOn }) => recordedOn),
  ],
};

export const targets: ListOut<TargetView> = {
  file: 'chi-tieu-duoc-giao',
  title: 'Chỉ tiêu được giao',
  columns: [
    col.text('Chỉ tiêu', ({ indicatorName }) => indicatorName, 34),
    col.text('Của', ({ of }) => SPAN_NAMES[of], 10),
    col.text('Nội dung', ({ label }) => label, 34),
    ...col.interval<TargetView>((row) => row),
    col.text('Tính bằng', ({ measure }) => MEASURE_NAMES[measure], 12),
    ...col.stated<TargetView>('Giá trị', ({ value }) => value),
    col.text('Cho mỗi đơn vị cấp', ({ perLevelName }) => perLevelName, 22),
    col.percent('Tỷ lệ đã nêu', ({ percent }) => percent),
    col.text('Kết quả đã nêu', ({ outcome }) => outcome && OUTCOME_NAMES[outcome], 12),
    col.text('Đơn vị', ({ unit }) => unit.name, 32),
    col.text('Nguồn', ({ source }) => source, 28),
  ],
};

export const coverage: ListOut<CoverageView> = {
  file: 'do-phu-phong-trao',
  title: 'Độ phủ của phong trào, chương trình',
  columns: [
    col.text('Phong trào, chương trình', ({ campaign }) => campaign, 44),
    col.text('Cấp', ({ levelName }) => levelName, 28),
    col.day('Đến ngày', ({ asOf }) => asOf),
    col.integer('Đã triển khai', ({ deployed }) => deployed),
    col.integer('Chưa triển khai', ({ notDeployed }) => notDeployed),
    col.integer('Tổng số đã nêu', ({ expected }) => expected),
    col.text('Đơn vị', ({ unit }) => unit.name, 32),
    col.text('Nguồn', ({ source }) => source, 28),
  ],
};
