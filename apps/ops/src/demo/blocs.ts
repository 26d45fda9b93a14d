import type { INestApplicationContext } from '@nestjs/common';
import {
  AgreementViews,
  CommitmentsService,
  ConfirmationsService,
  DraftingService,
  OpinionsService,
  SteppingService,
  type AgreementStep,
  type CommitmentInput,
  type CreateAgreementInput,
} from '@lib/agreements';
import { BlocsService } from '@lib/blocs';
import { systemActor, type Actor, type Day } from '@lib/kernel';
import type { Clock } from '@lib/platform';

type Line = Omit<CommitmentInput, 'version'>;

/** Drafts with its commitments; returns the id. */
async function draft(
  app: INestApplicationContext,
  actor: Actor,
  input: CreateAgreementInput,
  lines: readonly Line[] = [],
): Promise<number> {
  const id = await app.get(DraftingService).create(actor, input);
  for (const [i, line] of lines.entries())
    await app.get(CommitmentsService).add(actor, id, { ...line, version: i + 1 });
  return id;
}

async function take(
  app: INestApplicationContext,
  actor: Actor,
  id: number,
  steps: readonly (readonly [AgreementStep, string?])[],
): Promise<void> {
  for (const [step, reason] of steps) await app.get(SteppingService).take(actor, id, { step, reason: reason ?? null });
}

/** 25/03/2022: khối 4 of the police union adopts its programme and signs its agreement. The document names only the head unit. */
export async function loadBlocCand2022(app: INestApplicationContext): Promise<void> {
  const loader = systemActor('Nạp từ tài liệu công bố');
  const source = 'Bài đăng ngày 25/03/2022 về hội nghị của Khối thi đua số 4, Công đoàn CAND';
  const bloc = await app.get(BlocsService).create(loader, {
    organiser: 'CDCAND',
    kind: 'BLOCK',
    number: 4,
    year: 2022,
    theme:
      'Chăm lo đời sống cán bộ, đoàn viên Công đoàn, công nhân lao động trong CAND; phấn đấu hoàn thành cao nhất các mục tiêu, nhiệm vụ, Nghị quyết Đại hội V Công đoàn CAND',
    note: 'Tài liệu chỉ nêu tên đơn vị khối trưởng; các đơn vị thành viên khác chưa có danh sách.',
    source,
    representative: {
      name: 'Trần Xuân Lịch',
      rank: 'Thiếu tá',
      post: 'Chủ tịch Công đoàn Cục Công tác Đảng và công tác chính trị',
    },
    members: [{ unit: 'CDCAND-CTDCTCT', role: 'HEAD' }],
  });
  const discussed = 'Thảo luận tại hội nghị ngày 25/03/2022; tài liệu không ghi từng ý kiến';
  const programme = await draft(app, loader, {
    kind: 'PROGRAMME',
    bloc,
    title: 'Chương trình công tác năm 2022 của Khối thi đua số 4',
    body: 'Chủ đề gắn với các mục tiêu của Nghị quyết Đại hội V Công đoàn CAND.\nTrọng tâm: tuyên truyền, giáo dục chính trị; đại diện, chăm lo, bảo vệ đoàn viên; các phong trào thi đua.',
    note: 'Khối trưởng trình bày dự thảo; toàn văn không kèm theo tài liệu.',
    source,
  });
  await take(app, loader, programme, [['open_discussion', discussed], ['adopt']]);

  const lines: Line[] = [
    {
      category: 'PROPAGANDA',
      content: 'Tuyên truyền, giáo dục chính trị gắn với học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh',
    },
    {
      category: 'CARE',
      content: 'Làm tốt việc đại diện, chăm lo, bảo vệ quyền và lợi ích của đoàn viên, người lao động',
    },
    {
      category: 'CAMPAIGN',
      content:
        'Tham gia phong trào “Công đoàn CAND chủ động, linh hoạt, sáng tạo, trách nhiệm, hiệu quả – Vì lợi ích đoàn viên” do Công đoàn CAND phát động',
    },
  ];
  const agreement = await draft(
    app,
    loader,
    {
      kind: 'AGREEMENT',
      bloc,
      title: 'Giao ước thi đua năm 2022 của Khối thi đua số 4',
      body: 'Nội dung giao ước năm 2022 theo chủ đề của Khối.',
      signBy: '2022-03-25',
      note: 'Tài liệu nêu đại diện các đơn vị ký, không nêu tên từng đơn vị; bản ký không kèm theo.',
      source,
    },
    lines.map((line) => ({ ...line, addressees: ['PARTY_COMMITTEE', 'LEADERS', 'MEMBERS'] })),
  );
  await take(app, loader, agreement, [['open_discussion', discussed], ['adopt'], ['start_signing']]);
  await app.get(ConfirmationsService).confirm(loader, agreement, {
    unit: 'CDCAND-CTDCTCT',
    text: 1,
    signerName: 'Trần Xuân Lịch',
    signerPost: 'Chủ tịch Công đoàn Cục Công tác Đảng và công tác chính trị, Khối trưởng',
    day: '2022-03-25',
    source,
  });
}

const SOURCE = 'Số liệu minh hoạ, không có thật';
const SAMPLE = systemActor('Nạp dữ liệu minh hoạ');

/** Invented blocs of the sample units: one whose year is under way, one that is signing, and a unit's own agreement. */
export async function loadBlocSamples(app: INestApplicationContext, clock: Clock): Promise<void> {
  clock.setTo('2026-01-15');
  const bloc = await app.get(BlocsService).create(SAMPLE, {
    organiser: 'MH-LDLD',
    kind: 'BLOCK',
    number: 1,
    year: 2026,
    theme: 'Vì việc làm bền vững và đời sống đoàn viên (minh hoạ)',
    source: SOURCE,
    representative: { name: 'Nguyễn Minh Hoạ', post: 'Chủ tịch' },
    members: [{ unit: 'MH-CDN-GD', role: 'HEAD' }, { unit: 'MH-CDN-YT', role: 'DEPUTY' }, { unit: 'MH-CD-KCN' }],
  });
  const programme = await draft(app, SAMPLE, {
    kind: 'PROGRAMME',
    bloc,
    title: 'Chương trình công tác năm 2026 (minh hoạ)',
    body: 'Quý I: ký giao ước.\nQuý II: sơ kết.\nQuý IV: chấm điểm, suy tôn.',
    source: SOURCE,
  });
  await take(app, SAMPLE, programme, [['open_discussion'], ['adopt'], ['carry_out']]);
  await signedYear(app, clock, bloc);
  await signingBloc(app, clock);
}

async function signedYear(app: INestApplicationContext, clock: Clock, bloc: number): Promise<void> {
  const id = await draft(
    app,
    SAMPLE,
    {
      kind: 'AGREEMENT',
      bloc,
      title: 'Giao ước thi đua năm 2026 (minh hoạ)',
      body: 'Các đơn vị cùng thực hiện chủ đề năm và các cam kết kèm theo.',
      opinionsDue: '2026-02-05',
      signBy: '2026-02-20',
      source: SOURCE,
    },
    [
      {
        category: 'CARE',
        content: 'Thăm hỏi đoàn viên khó khăn (minh hoạ)',
        measure: 'lượt',
        targetValue: 50,
        deadline: '2026-06-30',
        addressees: ['MEMBERS'],
      },
      {
        category: 'ORGANISATION',
        content: 'Phát triển đoàn viên mới (minh hoạ)',
        owner: 'MH-CD-KCN',
        measure: 'đoàn viên',
        targetValue: 200,
        deadline: '2026-09-30',
        addressees: ['PARTY_COMMITTEE', 'LEADERS'],
      },
      {
        category: 'PROPAGANDA',
        content: 'Hội thi tìm hiểu pháp luật lao động (minh hoạ)',
        owner: 'MH-CDN-YT',
        deadline: '2026-08-31',
      },
      {
        category: 'TITLES',
        content: 'Đăng ký danh hiệu thi đua năm (minh hoạ)',
        owner: 'MH-CDN-GD',
        deadline: '2027-01-31',
      },
    ],
  );
  await take(app, SAMPLE, id, [['open_discussion']]);
  await app
    .get(OpinionsService)
    .give(SAMPLE, id, { unit: 'MH-CDN-YT', text: 1, body: 'Nên giao rõ đơn vị chủ trì hội thi (minh hoạ).' });
  const { opinions } = await app.get(AgreementViews).view(SAMPLE, id);
  for (const opinion of opinions)
    await app.get(OpinionsService).answer(SAMPLE, id, opinion.id, { taken: true, answer: 'Đã giao đơn vị chủ trì.' });
  await take(app, SAMPLE, id, [['adopt'], ['start_signing']]);
  const sign = async (unit: string, day: Day): Promise<void> => {
    clock.setTo(day);
    await app
      .get(ConfirmationsService)
      .confirm(SAMPLE, id, { unit, text: 1, signerName: 'Trần Minh Hoạ', signerPost: 'Chủ tịch', day, source: SOURCE });
    await app
      .get(ConfirmationsService)
      .excuse(SAMPLE, id, { unit, reason: 'Bản giấy lưu tại văn phòng, chưa quét (minh hoạ)' });
  };
  await sign('MH-CDN-GD', '2026-02-20');
  await sign('MH-CDN-YT', '2026-02-20');
  await sign('MH-CD-KCN', '2026-03-02');
  await take(app, SAMPLE, id, [['put_in_force']]);
  const { commitments } = await app.get(AgreementViews).view(SAMPLE, id);
  const [care, , contest] = commitments.map((one) => one.id);
  const lines = app.get(CommitmentsService);
  clock.setTo('2026-06-25');
  if (care !== undefined) {
    await lines.report(SAMPLE, id, care, {
      unit: 'MH-CDN-GD',
      day: '2026-05-10',
      body: 'Đã thăm 32 lượt (minh hoạ).',
      value: 32,
    });
    await lines.report(SAMPLE, id, care, {
      unit: 'MH-CDN-GD',
      day: '2026-06-22',
      body: 'Đã thăm đủ 54 lượt (minh hoạ).',
      value: 54,
    });
    await lines.end(SAMPLE, id, care, { unit: 'MH-CDN-GD', outcome: 'KEPT', day: '2026-06-22' });
    await lines.end(SAMPLE, id, care, { unit: 'MH-CDN-YT', outcome: 'KEPT', day: '2026-06-25' });
  }
  clock.setTo('2026-09-03');
  if (contest !== undefined)
    await lines.end(SAMPLE, id, contest, {
      unit: 'MH-CDN-YT',
      outcome: 'BROKEN',
      day: '2026-08-31',
      reason: 'Không bố trí được địa điểm (minh hoạ)',
    });
}

async function signingBloc(app: INestApplicationContext, clock: Clock): Promise<void> {
  clock.setTo('2026-09-03');
  const bloc = await app.get(BlocsService).create(SAMPLE, {
    organiser: 'MH-CDN-GD',
    kind: 'CLUSTER',
    number: 2,
    year: 2026,
    theme: 'Dạy tốt, học tốt, công đoàn vững mạnh (minh hoạ)',
    source: SOURCE,
    members: [{ unit: 'MH-CDN-GD-CS1', role: 'HEAD' }, { unit: 'MH-CDN-GD-CS2' }, { unit: 'MH-CDN-GD-CS3' }],
  });
  const signing = await draft(
    app,
    SAMPLE,
    {
      kind: 'AGREEMENT',
      bloc,
      title: 'Giao ước năm học (minh hoạ)',
      body: 'Các đơn vị cùng cam kết.',
      signBy: '2026-12-20',
      source: SOURCE,
    },
    [{ category: 'CARE', content: 'Mỗi đơn vị chăm lo một lớp vùng khó (minh hoạ)', deadline: '2026-12-31' }],
  );
  await take(app, SAMPLE, signing, [['open_discussion'], ['adopt'], ['start_signing']]);
  const own = await draft(app, SAMPLE, {
    kind: 'AGREEMENT',
    unit: 'MH-CDN-GD-CS1',
    counterpart: 'Thủ trưởng cơ quan (minh hoạ)',
    year: 2026,
    title: 'Ký kết thi đua giữa công đoàn cơ sở và thủ trưởng cơ quan (minh hoạ)',
    body: 'Hai bên phối hợp tổ chức phong trào thi đua trong năm.',
    opinionsDue: '2026-12-05',
    source: SOURCE,
  });
  await take(app, SAMPLE, own, [['open_discussion']]);
}
