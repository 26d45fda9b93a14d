import type { Qualified } from '@lib/kernel';
import { col, tableOf, type ListColumn } from '@lib/spreadsheets';
import type { CampaignSection, ProcessSections } from './body.js';
import type { CoverageRow, IndicatorRow, MoneyGroupRow, TargetRow } from '@lib/results';
import type { ProposalRow } from '@lib/nominations';
import { countColumns, type Table } from './workbook-columns.js';

const OUTCOMES = { EXCEEDED: 'vượt', MET: 'đạt', NOT_MET: 'chưa đạt' } as const;

/** A target with the indicator that it is of. */
interface TargetLine extends TargetRow {
  readonly indicator: string;
}

interface Share {
  readonly what: string;
  readonly count: Qualified;
}

/** What stands beside the awards: nothing of it is added to them. */
export function processTables(s: ProcessSections): Table[] {
  const targets = s.indicators.flatMap((row) => row.targets.map((target) => ({ ...target, indicator: row.name })));
  return [
    { name: 'Kết quả, chăm lo', ...tableOf({ title: 'Kết quả, chăm lo', columns: INDICATORS }, s.indicators) },
    {
      name: 'Tiền chung nhiều chỉ tiêu',
      ...tableOf({ title: 'Số tiền nêu chung cho nhiều chỉ tiêu', columns: MONEY }, s.moneyGroups),
    },
    { name: 'Chỉ tiêu', ...tableOf({ title: 'Chỉ tiêu và mức đạt', columns: TARGETS }, targets) },
    { name: 'Độ phủ', ...tableOf({ title: 'Mức độ triển khai', columns: COVERAGE }, s.coverage) },
    { name: 'Phong trào', ...tableOf({ title: 'Phong trào thi đua', columns: CAMPAIGNS }, s.campaigns) },
    {
      name: 'Giao ước thi đua',
      ...tableOf({ title: 'Giao ước thi đua', columns: SHARES, orientation: 'portrait' }, agreementShares(s)),
    },
    {
      name: 'Tổ chức, đoàn viên',
      ...tableOf(
        {
          title: 'Phát triển tổ chức, đoàn viên (không cộng vào khen thưởng)',
          columns: SHARES,
          orientation: 'portrait',
        },
        organisationShares(s),
      ),
    },
    {
      name: 'Đề nghị khen thưởng',
      ...tableOf({ title: 'Đề nghị cấp trên khen (không cộng vào khen thưởng)', columns: PROPOSALS }, s.proposals),
    },
  ];
}

function agreementShares({ agreements: { signed, members, late, commitments } }: ProcessSections): Share[] {
  if (members === 0) return [];
  return [
    exactly('Đơn vị phải ký', members),
    exactly('Đơn vị đã ký', signed),
    exactly('Đơn vị ký muộn hoặc quá hạn chưa ký', late),
    exactly('Cam kết đã thực hiện', commitments.kept),
    exactly('Cam kết đang thực hiện', commitments.running),
    exactly('Cam kết quá hạn', commitments.overdue),
    exactly('Cam kết không thực hiện được', commitments.broken),
    ...(commitments.ended > 0 ? [exactly('Cam kết dừng cùng đơn vị', commitments.ended)] : []),
  ];
}

/** What was founded and ended, agencies without a union, members admitted; nothing where nothing is known of any. */
function organisationShares({ organisation: of }: ProcessSections): Share[] {
  const { figure } = of.membersAdmitted;
  return [
    exactly('Công đoàn thành lập mới', of.founded.total),
    exactly('Thành lập do sáp nhập, chia tách', of.foundedByReorganisation.total),
    exactly('Giải thể', of.dissolved.total),
    exactly('Kết thúc do sáp nhập', of.merged.total),
    exactly('Kết thúc do chia tách', of.split.total),
    exactly('Cơ quan chưa có công đoàn', of.agenciesWithoutUnion.count),
    exactly('Cơ quan đã lập được công đoàn trong kỳ', of.agenciesUnionised.count),
    ...(figure === null ? [] : [{ what: 'Đoàn viên kết nạp mới', count: figure }]),
  ].filter(({ count }) => count.value > 0);
}

function exactly(what: string, value: number): Share {
  return { what, count: { value, qualifier: 'EXACT' } };
}

function outcomeOf(outcome: keyof typeof OUTCOMES | null): string | null {
  return outcome && OUTCOMES[outcome];
}

const SHARES: ListColumn<Share>[] = [
  col.text('Nội dung', ({ what }) => what, 50),
  ...col.stated<Share>('Số lượng', ({ count }) => count),
];

const INDICATORS: ListColumn<IndicatorRow>[] = [
  col.text('Chỉ tiêu', ({ name }) => name, 40),
  col.text('Tình trạng', ({ statusName }) => statusName, 14),
  ...col.stated<IndicatorRow>('Số lượng', ({ count }) => count),
  col.text('Đơn vị tính', ({ unitOfMeasure }) => unitOfMeasure, 12),
  ...col.stated<IndicatorRow>('Số tiền (đồng)', ({ money }) => money, 'MONEY'),
  ...col.stated<IndicatorRow>('Trong kỳ', ({ inPeriod }) => inPeriod?.count),
  col.day('Từ ngày', ({ since }) => since),
  col.day('Đến ngày', ({ asOf }) => asOf),
  col.text('Nguồn tiền', ({ fundingSource }) => fundingSource, 16),
  col.integer('Đơn vị báo cáo', ({ reportedUnits }) => reportedUnits, 10),
];

const MONEY: ListColumn<MoneyGroupRow>[] = [
  col.text('Các chỉ tiêu', ({ names }) => names.join(' + '), 60),
  ...col.stated<MoneyGroupRow>(
    'Số tiền (đồng)',
    ({ value, qualifier }) => (value === null ? null : { value, qualifier: qualifier ?? 'EXACT' }),
    'MONEY',
  ),
  col.text('Tình trạng', ({ statusName }) => statusName, 14),
  col.day('Từ ngày', ({ since }) => since),
  col.day('Đến ngày', ({ asOf }) => asOf),
  col.text('Nguồn tiền', ({ fundingSource }) => fundingSource, 20),
];

const TARGETS: ListColumn<TargetLine>[] = [
  col.text('Chỉ tiêu', ({ indicator }) => indicator, 34),
  col.text('Nội dung', ({ label }) => label, 34),
  ...col.interval<TargetLine>((row) => row),
  ...col.stated<TargetLine>('Phải đạt', ({ total }) => total),
  ...col.stated<TargetLine>('Đạt được', ({ reached }) => reached),
  col.percent('Tỷ lệ tính', ({ percentDerived }) => percentDerived),
  col.percent('Tỷ lệ đã nêu', ({ percentStated }) => percentStated),
  col.text('Kết quả', ({ outcomeStated, outcomeDerived }) => outcomeOf(outcomeStated ?? outcomeDerived), 12),
  col.text('Nguồn', ({ source }) => source, 26),
];

const COVERAGE: ListColumn<CoverageRow>[] = [
  col.text('Phong trào, chương trình', ({ campaign }) => campaign, 44),
  col.text('Cấp', ({ levelName }) => levelName, 28),
  col.day('Đến ngày', ({ asOf }) => asOf),
  col.integer('Đã triển khai', ({ deployed }) => deployed),
  col.integer('Tổng số', ({ expected }) => expected),
  col.percent('Tỷ lệ', ({ percent }) => percent),
  col.integer('Chưa triển khai', ({ notDeployed }) => notDeployed),
  col.integer('Chưa có danh sách', ({ unknown }) => unknown),
  col.text('Nguồn', ({ source }) => source, 28),
];

const CAMPAIGNS: ListColumn<CampaignSection>[] = [
  col.text('Phong trào', ({ name }) => name, 44),
  col.text('Phát động', ({ bloc, launcher }) => bloc ?? launcher?.name ?? null, 34),
  col.day('Từ ngày', ({ from }) => from),
  col.day('Đến ngày', ({ to }) => to),
  col.text('Trạng thái', ({ stateName }) => stateName, 18),
  col.integer('Đã triển khai', ({ deployment }) => deployment.deployed),
  col.integer('Có kế hoạch', ({ deployment }) => deployment.planned),
  col.integer('Chưa triển khai', ({ deployment }) => deployment.notStarted),
  col.integer('Chưa báo cáo', ({ deployment }) => deployment.notReported),
  ...col.stated<CampaignSection>('Người tham gia', ({ participants }) => participants),
  ...countColumns<CampaignSection>(({ awards }) => awards, 'Khen'),
];

const PROPOSALS: ListColumn<ProposalRow>[] = [
  col.text('Hình thức', ({ formName }) => formName, 34),
  col.text('Gửi đến', ({ toBody }) => toBody.name, 34),
  ...countColumns<ProposalRow>(({ proposed }) => proposed, 'Đề nghị'),
  ...countColumns<ProposalRow>(({ awarded }) => awarded, 'Được khen'),
];
