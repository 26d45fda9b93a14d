import type { INestApplicationContext } from '@nestjs/common';
import { RecordService, type RecordBatchInput } from '@lib/awards';
import { systemActor, type Day } from '@lib/kernel';
import { StrengthsService, UnitsService } from '@lib/units';

/**
 * The award facts of five published documents, as they state them. Where a document is silent the field stays empty;
 * what it leaves open (a form, a province, the split of prizes) is recorded as unknown.
 */
const loader = systemActor('Nạp từ tài liệu công bố');

type Batch = Omit<RecordBatchInput, 'kind'> & Partial<Pick<RecordBatchInput, 'kind'>>;

async function record(app: INestApplicationContext, batch: Batch): Promise<void> {
  await app.get(RecordService).record(loader, { kind: 'AWARD', ...batch });
}

/** 13/08/2020: results of seven months of the civil servants' union of Cao Bằng and its superiors' awards to it. */
export async function loadCaoBang2020(app: INestApplicationContext): Promise<void> {
  const units = app.get(UnitsService);
  await units.create(loader, { code: 'TLD', name: 'Tổng Liên đoàn Lao động Việt Nam', level: 'CONFEDERATION' });
  await units.create(loader, {
    code: 'LDLD-CAOBANG',
    name: 'LĐLĐ tỉnh Cao Bằng',
    level: 'PROVINCIAL_FEDERATION',
    parent: 'TLD',
  });
  await units.create(loader, {
    code: 'CDVC-CAOBANG',
    name: 'Công đoàn Viên chức tỉnh Cao Bằng',
    level: 'DIRECT_UPPER_UNION',
    parent: 'LDLD-CAOBANG',
  });
  for (const [code, name] of GRASSROOTS_CAOBANG)
    await units.create(loader, { code, name, level: 'GRASSROOTS_UNION', parent: 'CDVC-CAOBANG' });
  await units.addOffice(loader, 'CDVC-CAOBANG', {
    code: 'VP-CDVC-CAOBANG',
    name: 'Văn phòng Công đoàn Viên chức tỉnh Cao Bằng',
  });

  const unit = 'CDVC-CAOBANG';
  const source = 'Bài đăng ngày 13/08/2020 về 7 tháng đầu năm 2020 của CĐVC tỉnh';
  const sevenMonths = { from: '2020-01-01', to: '2020-07-31', basis: 'PERIOD' } as const;
  const may = { from: '2020-05-01', to: '2020-05-31', basis: 'PRESENTATION' } as const;
  const july = { from: '2020-07-01', to: '2020-07-31', basis: 'PRESENTATION' } as const;
  await record(app, {
    unit,
    source,
    when: sevenMonths,
    conferring: [{ level: 'GRASSROOTS_UNION', within: unit }],
    reason: 'Thành tích xuất sắc trong các phong trào thi đua (10 tổ công đoàn, 15 đoàn viên)',
    stated: { collectives: 10, individuals: 15 },
  });
  await record(app, {
    unit,
    source,
    when: may,
    form: 'GIAY_KHEN',
    conferring: [{ unit }],
    reason: 'Điển hình tiên tiến',
    stated: { collectives: 11, individuals: 18 },
  });
  await record(app, {
    unit,
    source,
    when: may,
    form: 'GIAY_KHEN',
    conferring: [{ unit }],
    campaign: 'Giỏi việc nước, đảm việc nhà (2010–2020)',
    stated: { collectives: 5, individuals: 10 },
  });
  await record(app, {
    unit,
    source,
    when: july,
    conferring: [{ unit: 'LDLD-CAOBANG' }],
    reason: 'Điển hình tiên tiến',
    stated: { collectives: 2, individuals: 4 },
  });
  await record(app, {
    unit,
    source,
    when: july,
    form: 'BANG_LDST',
    conferring: [{ unit: 'TLD' }],
    presenting: { unit: 'LDLD-CAOBANG' },
    stated: { individuals: 2 },
  });
  await record(app, {
    unit,
    source,
    when: sevenMonths,
    type: 'AD_HOC',
    conferring: [{ unit: 'LDLD-CAOBANG' }],
    reason: 'Thành tích đột xuất trong phòng, chống dịch Covid-19',
    stated: { collectives: 1, individuals: 2 },
    lines: [{ recipient: { office: 'VP-CDVC-CAOBANG' } }],
  });
}

const GRASSROOTS_CAOBANG = [
  ['CDCS-SNV-CAOBANG', 'CĐCS Sở Nội vụ tỉnh Cao Bằng'],
  ['CDCS-CTK-CAOBANG', 'CĐCS Cục Thống kê tỉnh Cao Bằng'],
  ['CDCS-STC-CAOBANG', 'CĐCS Sở Tài chính tỉnh Cao Bằng'],
  ['CDCS-KKT-CAOBANG', 'CĐCS Ban Quản lý khu kinh tế tỉnh Cao Bằng'],
  ['CDCS-BTXH-CAOBANG', 'CĐCS Trung tâm Bảo trợ xã hội tỉnh Cao Bằng'],
] as const;

/** 25/03/2022: the police union and one of its unions; what level that one has, the document does not say. */
export async function loadCand2022(app: INestApplicationContext): Promise<void> {
  const units = app.get(UnitsService);
  await units.create(loader, { code: 'CDCAND', name: 'Công đoàn CAND', level: 'CENTRAL_SECTOR_UNION', parent: 'TLD' });
  await units.create(loader, {
    code: 'CDCAND-CTDCTCT',
    name: 'Công đoàn Cục Công tác Đảng và công tác chính trị',
    level: 'UNKNOWN',
    parent: 'CDCAND',
  });
  await units.addOutsideBody(loader, { code: 'BCA', name: 'Bộ Công an', level: 'STATE_ORGAN' });
}

/** 20/07/2022: the civil servants' union of a province that the document does not name. */
export async function loadProvince2022(app: INestApplicationContext): Promise<void> {
  const units = app.get(UnitsService);
  await units.create(loader, {
    code: 'LDLD-KHONG-NEU-TEN',
    name: 'LĐLĐ tỉnh (không nêu tên)',
    level: 'PROVINCIAL_FEDERATION',
    parent: 'TLD',
  });
  await units.create(loader, {
    code: 'CDVC-2022',
    name: 'Công đoàn Viên chức tỉnh (không nêu tên)',
    level: 'DIRECT_UPPER_UNION',
    parent: 'LDLD-KHONG-NEU-TEN',
  });
  const source = 'Bài về hội nghị sơ kết ngày 20/7/2022';
  await app
    .get(StrengthsService)
    .declare(loader, 'CDVC-2022', { asOf: '2022-07-20', kind: 'WORKERS', value: 3958, qualifier: 'EXACT', source });
  await record(app, {
    unit: 'CDVC-2022',
    source,
    when: { from: '2022-07-20', to: '2022-07-20', basis: 'PRESENTATION' },
    form: 'KY_NIEM_CHUONG',
    // The document says who presented it; that the medal is the Confederation's to confer is the reader's knowledge.
    conferring: [{ unit: 'TLD' }],
    conferringVerified: false,
    presenting: { unit: 'CDVC-2022' },
    stated: { individuals: 7 },
  });
}

/** 06/12/2023: the closing conference of the special campaign, with three contests. */
export async function loadCand2023(app: INestApplicationContext): Promise<void> {
  const unit = 'CDCAND';
  const source = 'Bài ngày 06/12/2023 về hội nghị tổng kết phong trào thi đua đặc biệt';
  const when = { from: '2023-12-06', to: '2023-12-06', basis: 'PRESENTATION' } as const;
  const campaign = 'Phong trào thi đua đặc biệt';
  await record(app, {
    unit,
    source,
    when,
    form: 'BANG_KHEN',
    conferring: [{ outside: 'BCA' }],
    campaign,
    stated: { collectives: 8, individuals: 6 },
  });
  await record(app, {
    unit,
    source,
    when,
    form: 'BANG_KHEN',
    conferring: [{ unit }],
    campaign: '1 triệu sáng kiến – nỗ lực vượt khó, sáng tạo, quyết tâm chiến thắng đại dịch COVID-19',
    stated: { collectives: 2, individuals: 2 },
  });
  await record(app, {
    unit,
    source,
    when,
    form: 'BANG_KHEN',
    formCertainty: 'INFERRED',
    conferring: [{ unit }],
    reason: 'Chủ tịch CĐCS xuất sắc, nhiệm kỳ 2018–2023',
    stated: { individuals: 11 },
  });
  await record(app, {
    kind: 'PRIZE',
    unit,
    source,
    when,
    formCertainty: 'STATED',
    conferring: [{ unit }],
    contests: [
      'Sáng tác ca khúc về đoàn viên, công nhân lao động và Công đoàn CAND',
      'Sáng tác logo Công đoàn CAND và logo Đại hội Công đoàn CAND lần thứ VI, nhiệm kỳ 2023–2028',
      'Ấm áp vòng tay công đoàn',
    ],
    stated: { unsplit: 47 },
  });
}

/** 16/07/2024: strengths, and the workers praised in the Workers' Month. */
export async function loadCand2024(app: INestApplicationContext): Promise<void> {
  const source = 'Bài ngày 16/07/2024 về hội nghị sơ kết 6 tháng đầu năm 2024';
  await declareCand(app, '2024-07-16', source, { members: 24_000, directUpper: 24, grassroots: 541 });
  await record(app, {
    kind: 'RECOGNITION',
    unit: 'CDCAND',
    source,
    when: { from: '2024-05-01', to: '2024-05-31', basis: 'PERIOD' },
    conferring: [{ unit: 'CDCAND' }],
    reason: '“Lao động giỏi”, Tháng Công nhân năm 2024',
    stated: { individuals: 1067 },
  });
}

/** 24/04/2025, on the new model of organisation: fewer grassroots unions, more members. */
export async function loadCand2025(app: INestApplicationContext): Promise<void> {
  const source = 'Bài ngày 24/04/2025 về tuyên dương 20 gương đoàn viên Công đoàn CAND tiêu biểu năm 2024';
  await declareCand(app, '2025-04-24', source, { members: 30_000, directUpper: 25, grassroots: 299 });
}

async function declareCand(
  app: INestApplicationContext,
  asOf: Day,
  source: string,
  { members, directUpper, grassroots }: { members: number; directUpper: number; grassroots: number },
): Promise<void> {
  const strengths = app.get(StrengthsService);
  const exact = { asOf, kind: 'UNITS', qualifier: 'EXACT', source } as const;
  await strengths.declare(loader, 'CDCAND', { asOf, kind: 'MEMBERS', value: members, qualifier: 'OVER', source });
  await strengths.declare(loader, 'CDCAND', { ...exact, level: 'DIRECT_UPPER_UNION', value: directUpper });
  await strengths.declare(loader, 'CDCAND', { ...exact, level: 'GRASSROOTS_UNION', value: grassroots });
}
