import type { INestApplicationContext } from '@nestjs/common';
import { systemActor } from '@lib/kernel';
import {
  CoverageService,
  IndicatorCatalogue,
  ReportsService,
  TargetsService,
  type CreateIndicatorInput,
  type EnterReportInput,
  type SetTargetInput,
} from '@lib/results';

/** Results, targets and coverage that the published documents state, as they state them. */
const loader = systemActor('Nạp từ tài liệu công bố');

const MILLION_IDEAS = '1 triệu sáng kiến – nỗ lực vượt khó, sáng tạo, quyết tâm chiến thắng đại dịch COVID-19';
const CON_NUOI = 'Con nuôi Công đoàn';

type Told = Omit<EnterReportInput, 'basis' | 'scope' | 'status'> &
  Partial<Pick<EnterReportInput, 'basis' | 'scope' | 'status'>>;

async function indicator(app: INestApplicationContext, given: Omit<CreateIndicatorInput, 'owner'>): Promise<void> {
  await app.get(IndicatorCatalogue).create(loader, { owner: 'TLD', ...given });
}

async function report(app: INestApplicationContext, given: Told): Promise<void> {
  await app
    .get(ReportsService)
    .enter(loader, { basis: 'PERIOD', scope: 'INCLUDES_SUBORDINATES', status: 'DELIVERED', ...given });
}

/** Windows in which the programme's portal took in initiatives; the published figures of a phase are of its window. */
const PHASE_1 = { of: 'PHASE', label: 'Giai đoạn 1', from: '2022-01-08', to: '2022-05-31' } as const;
const PHASE_2 = { of: 'PHASE', label: 'Giai đoạn 2', from: '2022-06-01', to: '2023-09-01' } as const;

/** 20/07/2022: gifts on 27 July, targets told without figures; and what the programme of one million initiatives published. */
export async function loadResults2022(app: INestApplicationContext): Promise<void> {
  await indicator(app, {
    code: 'SANG_KIEN',
    name: 'Sáng kiến của đoàn viên, người lao động',
    unitOfMeasure: 'sáng kiến',
    nature: 'FLOW',
    measures: 'COUNT_AND_MONEY',
    campaign: MILLION_IDEAS,
  });
  await indicator(app, {
    code: 'TANG_QUA_NGUOI',
    name: 'Người được tặng quà',
    unitOfMeasure: 'người',
    nature: 'FLOW',
    measures: 'COUNT_AND_MONEY',
  });
  await indicator(app, {
    code: 'CHUAN_VAN_HOA',
    name: 'Cơ quan, đơn vị đạt chuẩn văn hoá',
    unitOfMeasure: 'đơn vị',
    nature: 'STOCK',
    measures: 'COUNT',
  });
  const published = 'Số liệu chương trình 1 triệu sáng kiến do TLĐ công bố; khung nhập giai đoạn 1: 08/01–31/05/2022';
  const { from, to } = PHASE_1;
  await report(app, {
    unit: 'TLD',
    from,
    to,
    items: [{ indicator: 'SANG_KIEN', count: { value: 696_948, qualifier: 'EXACT' } }],
    source: published,
  });
  const ideas = { indicator: 'SANG_KIEN', measure: 'COUNT', campaign: MILLION_IDEAS } as const;
  await target(app, {
    ...ideas,
    ...PHASE_1,
    unit: 'TLD',
    value: { value: 300_000, qualifier: 'EXACT' },
    percent: 232.3,
    statedOn: to,
    source: `${published}; chỉ tiêu tính ngược từ tỷ lệ công bố; ngày ghi là ngày cuối của khung nhập`,
  });

  const unit = 'CDVC-2022';
  const source = 'Bài về hội nghị sơ kết ngày 20/7/2022';
  const exceeded = { unit, outcome: 'EXCEEDED', statedOn: '2022-07-20' } as const;
  const windows = `${source}; ngày của giai đoạn lấy theo khung nhập của chương trình`;
  await target(app, { ...ideas, ...PHASE_1, ...exceeded, source: windows });
  await target(app, { ...ideas, ...PHASE_2, ...exceeded, source: windows });
  await target(app, {
    ...exceeded,
    indicator: 'CHUAN_VAN_HOA',
    measure: 'COUNT',
    of: 'TERM',
    label: 'Đại hội V Công đoàn Viên chức tỉnh, nhiệm kỳ 2018–2023',
    from: '2018-01-01',
    to: '2023-12-31',
    source,
  });
  await report(app, {
    unit,
    basis: 'EVENT',
    from: '2022-07-20',
    to: '2022-07-20',
    items: [{ indicator: 'TANG_QUA_NGUOI', count: { value: 95, qualifier: 'EXACT' } }],
    beneficiaryClass: 'POLICY_FAMILIES',
    beneficiaries: 'Cán bộ, đoàn viên diện gia đình chính sách',
    occasion: '75 năm Ngày Thương binh – Liệt sĩ 27/7 (1947–2022)',
    source,
  });
}

/** 16/07/2024: welfare of the first half-year and the programme for adopted children. */
export async function loadResults2024(app: INestApplicationContext): Promise<void> {
  const house = {
    unitOfMeasure: 'căn',
    nature: 'FLOW',
    measures: 'COUNT_AND_MONEY',
    campaign: 'Mái ấm Công đoàn',
  } as const;
  await indicator(app, { ...house, code: 'MAI_AM_SUA', name: 'Mái ấm sửa chữa' });
  await indicator(app, { ...house, code: 'MAI_AM_MOI', name: 'Mái ấm Công đoàn trao mới' });
  await indicator(app, {
    code: 'SUAT_QUA',
    name: 'Suất quà',
    unitOfMeasure: 'suất',
    nature: 'FLOW',
    measures: 'COUNT_AND_MONEY',
  });
  await indicator(app, {
    code: 'CON_NUOI_CHAU',
    name: 'Cháu được nhận làm con nuôi Công đoàn',
    unitOfMeasure: 'cháu',
    nature: 'CUMULATIVE',
    measures: 'COUNT_AND_MONEY',
    campaign: CON_NUOI,
  });
  await indicator(app, {
    code: 'CON_NUOI',
    name: 'Mô hình Con nuôi Công đoàn',
    unitOfMeasure: 'mô hình',
    nature: 'STOCK',
    measures: 'COUNT',
    campaign: CON_NUOI,
  });
  const unit = 'CDCAND';
  const source = 'Bài ngày 16/07/2024 về hội nghị sơ kết 6 tháng đầu năm 2024';
  const half = { from: '2024-01-01', to: '2024-06-30' } as const;
  const thirteen = { value: 13, qualifier: 'EXACT' } as const;
  await report(app, {
    unit,
    ...half,
    items: [
      { indicator: 'MAI_AM_SUA', count: thirteen },
      { indicator: 'MAI_AM_MOI', count: thirteen },
    ],
    money: { value: 1_500_000_000, qualifier: 'EXACT' },
    source,
  });
  await report(app, {
    unit,
    ...half,
    status: 'PROPOSED',
    items: [{ indicator: 'SUAT_QUA', count: { value: 2_400, qualifier: 'OVER' } }],
    money: { value: 1_400_000_000, qualifier: 'NEARLY' },
    fundingSource: 'TLĐ',
    occasion: 'Xuân ấm Biên cương – Tết nghĩa tình năm 2024',
    source,
  });
  await report(app, {
    unit,
    from: '2023-01-01',
    to: half.to,
    items: [{ indicator: 'CON_NUOI_CHAU', count: { value: 112, qualifier: 'EXACT' } }],
    money: { value: 250_000_000, qualifier: 'EXACT' },
    beneficiaryClass: 'CHILDREN',
    source: `${source}; luỹ kế từ khi bắt đầu chương trình giai đoạn 2023–2028, tính từ đầu năm 2023`,
  });
  await target(app, {
    unit,
    indicator: 'CON_NUOI',
    measure: 'COUNT',
    of: 'YEAR',
    label: 'Năm 2024: mỗi CĐCS nhận ít nhất 01 mô hình',
    from: '2024-01-01',
    to: '2024-12-31',
    campaign: CON_NUOI,
    value: { value: 1, qualifier: 'AT_LEAST' },
    perLevel: 'GRASSROOTS_UNION',
    source,
  });
  await app.get(CoverageService).state(loader, {
    unit,
    campaign: CON_NUOI,
    level: 'DIRECT_UPPER_UNION',
    asOf: half.to,
    deployed: 14,
    expected: 24,
    source,
  });
}

async function target(app: INestApplicationContext, given: SetTargetInput): Promise<void> {
  await app.get(TargetsService).set(loader, given);
}
