import type { INestApplicationContext } from '@nestjs/common';
import {
  CampaignParts,
  CampaignQueries,
  CampaignsService,
  CampaignSteps,
  DeploymentService,
  Events,
  type EventInput,
  type OccasionInput,
  type RegisterCampaignInput,
} from '@lib/campaigns';
import { systemActor } from '@lib/kernel';

/**
 * Campaigns of the published documents, recorded as launched with their source; samples stand apart. Where a document names no
 * day, the interval it speaks of stands, and nothing else is added.
 */
const loader = systemActor('Nạp từ tài liệu công bố');
const MILLION_IDEAS = 'TRIEU_SANG_KIEN';

const recorded = (app: INestApplicationContext, input: RegisterCampaignInput): Promise<number> =>
  app.get(CampaignsService).register(loader, { launched: {}, ...input });
const occasion = (app: INestApplicationContext, input: OccasionInput): Promise<number> =>
  app.get(Events).addOccasion(loader, input);
const held = (app: INestApplicationContext, input: EventInput): Promise<number> =>
  app.get(Events).record(loader, input);

/** 13/08/2020: what the civil servants' union of Cao Bằng launched, and five of its unions carried out. */
export async function loadCampaigns2020(app: INestApplicationContext): Promise<void> {
  const source = 'Bài đăng ngày 13/08/2020 về 7 tháng đầu năm 2020 của CĐVC tỉnh';
  const unit = 'CDVC-CAOBANG';
  const year = { unit, source, from: '2020-01-01', to: '2020-12-31', namedPeriod: 'năm 2020' };
  await recorded(app, {
    ...year,
    name: 'Lao động giỏi, lao động sáng tạo',
    aliases: ['Lao động sáng tạo'],
    category: 'MOVEMENT',
    launchers: [{ name: 'Chính quyền các cơ quan, đơn vị' }],
  });
  const women = await recorded(app, {
    unit,
    source,
    name: 'Giỏi việc nước, đảm việc nhà',
    aliases: ['Giỏi việc nước, đảm việc nhà (2010–2020)'],
    category: 'MOVEMENT',
    kind: 'THEMATIC',
    from: '2010-01-01',
    to: '2020-12-31',
    namedPeriod: 'giai đoạn 2010–2020 (Chỉ thị 03/CT-TLĐ, Nghị quyết 6b/NQ-BCH)',
  });
  await recorded(app, {
    ...year,
    name: 'Xây dựng người cán bộ, công chức, viên chức “Trung thành, trách nhiệm, liêm chính, sáng tạo”',
    aliases: ['Trung thành, trách nhiệm, liêm chính, sáng tạo'],
    category: 'MOBILISATION',
  });
  const congress = await occasion(app, {
    unit,
    kind: 'CONGRESS',
    name: 'Đại hội Đảng bộ tỉnh Cao Bằng lần thứ XIX',
    number: 19,
    term: '2020–2025',
  });
  await recorded(app, {
    ...year,
    name: 'Thi đua lập thành tích chào mừng Đại hội Đảng bộ tỉnh Cao Bằng lần thứ XIX',
    category: 'MOVEMENT',
    occasions: [congress],
  });
  for (const code of ['SNV', 'CTK', 'STC', 'KKT', 'BTXH'])
    await app.get(DeploymentService).report(loader, women, {
      unit: `CDCS-${code}-CAOBANG`,
      status: 'DEPLOYED',
      since: '2020-07-31',
      plan: 'Đã tổ chức hội nghị điển hình tiên tiến và tổng kết; văn bản không nêu ngày, danh sách còn để ngỏ.',
      source,
    });
  const conference = { source, place: null, occasions: [], purposes: ['CONFERENCE'] as EventInput['purposes'] };
  await held(app, {
    ...conference,
    unit,
    name: 'Hội nghị điển hình tiên tiến CNVCLĐ giai đoạn 2020–2025 và tổng kết 10 năm “Giỏi việc nước, đảm việc nhà”',
    purposes: ['FINAL_REVIEW', 'CONFERENCE'],
    from: '2020-05-01',
    to: '2020-05-31',
    campaigns: [women],
  });
  await held(app, {
    ...conference,
    unit: 'LDLD-CAOBANG',
    name: 'Hội nghị điển hình tiên tiến CNVCLĐ giai đoạn 2020–2025',
    from: '2020-07-01',
    to: '2020-07-31',
    campaigns: [],
  });
}

/** 25/03/2022: the movement of the police union that its bloc number 4 joins. */
export async function loadCampaignsMarch2022(app: INestApplicationContext): Promise<void> {
  const source = 'Bài ngày 25/03/2022 về hội nghị ký giao ước của Khối thi đua số 4';
  const movement = await recorded(app, {
    unit: 'CDCAND',
    source,
    name: 'Công đoàn CAND chủ động, linh hoạt, sáng tạo, trách nhiệm, hiệu quả – Vì lợi ích đoàn viên',
    category: 'MOVEMENT',
    from: '2022-01-01',
    to: '2022-12-31',
    namedPeriod: 'năm 2022',
  });
  await held(app, {
    unit: 'CDCAND',
    source,
    name: 'Hội nghị ký kết giao ước thi đua và triển khai chương trình công tác năm 2022, Khối thi đua số 4',
    purposes: ['SIGNING', 'CONFERENCE'],
    from: '2022-03-25',
    to: '2022-03-25',
    place: 'Hà Nội',
    campaigns: [movement],
    occasions: [],
  });
}

/** 20/07/2022: the Confederation's programme of a million initiatives, and a province's civil servants' union that deploys it. */
export async function loadCampaignsJuly2022(app: INestApplicationContext): Promise<void> {
  const unit = 'CDVC-2022';
  const source = 'Bài về hội nghị sơ kết ngày 20/7/2022';
  const ideas = await recorded(app, {
    code: MILLION_IDEAS,
    unit: 'TLD',
    source: 'Thể lệ chương trình, theo tin công bố của Tổng Liên đoàn',
    name: '1 triệu sáng kiến – nỗ lực vượt khó, sáng tạo, quyết tâm chiến thắng đại dịch COVID-19',
    aliases: ['1 triệu sáng kiến'],
    category: 'PROGRAMME',
    scope: 'NATIONAL',
    from: '2021-09-01',
    to: '2023-09-01',
  });
  const parts = app.get(CampaignParts);
  await parts.addPhase(loader, ideas, { name: 'Giai đoạn 1', from: '2022-01-08', to: '2022-05-31' });
  await parts.addPhase(loader, ideas, { name: 'Giai đoạn 2', from: '2022-06-01', to: '2023-09-01' });
  await app.get(DeploymentService).report(loader, ideas, {
    unit,
    status: 'DEPLOYED',
    since: '2022-07-20',
    target: 'Vượt chỉ tiêu cả hai giai đoạn (văn bản không nêu số); giai đoạn 2 còn tiếp tục.',
    source,
  });
  const launchers = [{ name: 'Cơ quan, đơn vị, ngành và tỉnh' }];
  const year = { unit, source, from: '2022-01-01', to: '2022-12-31', namedPeriod: 'năm 2022', launchers };
  await recorded(app, { ...year, name: 'Lao động giỏi, Lao động sáng tạo', category: 'MOVEMENT' });
  await recorded(app, { ...year, name: 'Giỏi việc nước, đảm việc nhà', category: 'MOVEMENT' });
  await recorded(app, {
    ...year,
    name: 'Xây dựng người cán bộ, công chức, viên chức “Trung thành, trách nhiệm, liêm chính, sáng tạo”',
    category: 'MOBILISATION',
  });
  const invalids = await occasion(app, {
    unit,
    kind: 'ANNIVERSARY',
    name: 'Kỷ niệm 75 năm Ngày Thương binh – Liệt sĩ (1947–2022)',
    number: 75,
    from: '2022-07-27',
    to: '2022-07-27',
  });
  await held(app, {
    unit,
    source,
    name: 'Hội nghị sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2022; trao Kỷ niệm chương',
    purposes: ['INTERIM_REVIEW', 'CONFERENCE', 'OTHER'],
    from: '2022-07-20',
    to: '2022-07-20',
    campaigns: [ideas],
    occasions: [invalids],
  });
}

/** 06/12/2023: the special campaign with three contests, and the state authority's campaigns it goes with. */
export async function loadCampaigns2023(app: INestApplicationContext): Promise<void> {
  const unit = 'CDCAND';
  const source = 'Bài ngày 06/12/2023 về hội nghị tổng kết phong trào thi đua đặc biệt';
  const parts = app.get(CampaignParts);
  const special = await recorded(app, {
    unit,
    source,
    name: 'Phong trào thi đua đặc biệt',
    aliases: ['Đợt thi đua đặc biệt'],
    category: 'MOVEMENT',
    kind: 'DRIVE',
    special: true,
    to: '2023-12-06',
  });
  const contests: [string, string[]][] = [
    ['Sáng tác ca khúc về đoàn viên, công nhân lao động và Công đoàn CAND', ['Ca khúc']],
    [
      'Sáng tác logo Công đoàn CAND và logo Đại hội Công đoàn CAND lần thứ VI, nhiệm kỳ 2023–2028',
      ['Logo Công đoàn CAND', 'Logo Đại hội Công đoàn CAND lần thứ VI, nhiệm kỳ 2023–2028'],
    ],
    ['Ấm áp vòng tay công đoàn', []],
  ];
  for (const [name, objects] of contests)
    await parts.addContest(loader, special, { name, objects, organiser: 'Công đoàn CAND' });
  const [standing, ...authority] = [
    await recorded(app, {
      unit,
      source,
      name: 'Lao động giỏi, lao động sáng tạo',
      category: 'MOVEMENT',
      kind: 'REGULAR',
    }),
    await recorded(app, { unit, outside: 'BCA', source, name: 'Vì an ninh Tổ quốc', category: 'MOVEMENT' }),
    await recorded(app, {
      unit,
      outside: 'BCA',
      source,
      name: 'CAND học tập, thực hiện Sáu điều Bác Hồ dạy',
      category: 'MOVEMENT',
    }),
  ];
  for (const other of authority) await parts.link(loader, standing ?? 0, other);
  await app.get(DeploymentService).report(loader, await idOf(app, MILLION_IDEAS), {
    unit,
    status: 'DEPLOYED',
    since: '2023-09-01',
    plan: 'Văn bản không nêu ngày; chương trình kết thúc ngày 01/09/2023.',
    source,
  });
  const occasions = [
    await occasion(app, {
      unit,
      kind: 'ANNIVERSARY',
      name: 'Kỷ niệm 30 năm ngày thành lập Công đoàn CAND',
      number: 30,
    }),
    await occasion(app, { unit, kind: 'CONGRESS', name: 'Đại hội Công đoàn các cấp', term: '2023–2028' }),
  ];
  await held(app, {
    unit,
    source,
    name: 'Hội nghị tổng kết phong trào thi đua đặc biệt và các hoạt động chào mừng',
    purposes: ['FINAL_REVIEW', 'CONFERENCE', 'OTHER'],
    from: '2023-12-06',
    to: '2023-12-06',
    place: 'Công an tỉnh Khánh Hoà',
    campaigns: [special],
    occasions,
  });
  await app.get(CampaignSteps).take(loader, special, { step: 'final_review', version: 1 });
}

/** 16/07/2024: the programmes of the police union, and the occasions of its half-year. */
export async function loadCampaigns2024(app: INestApplicationContext): Promise<void> {
  const unit = 'CDCAND';
  const source = 'Bài ngày 16/07/2024 về hội nghị sơ kết 6 tháng đầu năm 2024';
  const sponsored = await recorded(app, {
    code: 'CON_NUOI',
    unit,
    source,
    name: 'Con nuôi Công đoàn',
    category: 'PROGRAMME',
    from: '2023-01-01',
    to: '2028-12-31',
    namedPeriod: 'giai đoạn 2023–2028',
    plan: 'Trong năm 2024 mỗi công đoàn cơ sở nhận thực hiện ít nhất 01 mô hình.',
  });
  const spring = await recorded(app, {
    unit,
    source,
    name: 'Xuân ấm Biên cương – Tết nghĩa tình năm 2024',
    category: 'PROGRAMME',
    from: '2024-01-01',
    to: '2024-06-30',
    namedPeriod: 'năm 2024',
  });
  await occasion(app, {
    unit,
    kind: 'WORKERS_MONTH',
    name: 'Tháng Công nhân năm 2024',
    from: '2024-05-01',
    to: '2024-05-31',
  });
  const founding = await occasion(app, {
    unit,
    kind: 'ANNIVERSARY',
    name: 'Kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam',
    number: 95,
  });
  await held(app, {
    unit,
    source,
    name: 'Hội nghị sơ kết công tác công đoàn 6 tháng đầu năm 2024',
    purposes: ['INTERIM_REVIEW', 'CONFERENCE'],
    from: '2024-07-16',
    to: '2024-07-16',
    place: 'Hà Nội',
    campaigns: [sponsored, spring],
    occasions: [founding],
  });
}

async function idOf(app: INestApplicationContext, code: string): Promise<number> {
  const found = await app.get(CampaignQueries).list(loader, { q: code.replaceAll('_', ' ') });
  const campaign = found.items.find((one) => one.code === code);
  if (!campaign) throw new Error(`campaign ${code} is not loaded`);
  return campaign.id;
}
