import type { INestApplicationContext } from '@nestjs/common';
import { systemActor } from '@lib/kernel';
import {
  AppraiseService,
  DossierService,
  DossierViews,
  DraftLines,
  Registrations,
  SubmitService,
} from '@lib/nominations';
import { Clock } from '@lib/platform';

const ACTOR = systemActor('Nạp dữ liệu minh hoạ');
const UNIT = 'MH-CDN-GD-CS1';

const person = (name: string, birthYear: number) => ({ recipient: { personName: name, birthYear }, unit: UNIT });

/** Marked samples only: registrations of titles, one dossier in draft, one received with a line returned for its reasons. */
export async function loadNominationSamples(app: INestApplicationContext, clock: Clock): Promise<void> {
  clock.setTo('2026-01-20');
  const registrations = app.get(Registrations);
  for (const [name, birthYear] of [
    ['Đoàn viên Minh Hoạ 10', 1977],
    ['Đoàn viên Minh Hoạ 11', 1982],
  ] as const)
    await registrations.register(ACTOR, {
      unit: UNIT,
      recipient: { personName: name, birthYear },
      form: 'CSTD_CO_SO',
      year: 2026,
      registeredOn: '2026-01-15',
    });

  clock.setTo('2026-11-05');
  const received = await drafted(app, 'Đề nghị khen thưởng tổng kết năm 2026 (minh hoạ)', [
    {
      ...person('Đoàn viên Minh Hoạ 10', 1977),
      form: 'BANG_KHEN',
      reason: 'Hoàn thành xuất sắc nhiệm vụ công đoàn năm 2026 (minh hoạ)',
    },
    {
      ...person('Đoàn viên Minh Hoạ 11', 1982),
      form: 'CSTD_CO_SO',
      reason: 'Sáng kiến đổi mới sinh hoạt công đoàn (minh hoạ)',
    },
    { ...person('Đoàn viên Minh Hoạ 12', 1987), form: 'BANG_KHEN' },
    { recipient: { unit: UNIT }, form: 'BANG_KHEN', reason: 'Dẫn đầu phong trào thi đua của ngành (minh hoạ)' },
  ]);
  await app.get(SubmitService).submit(ACTOR, received, { version: 1 });
  clock.setTo('2026-11-09');
  const desk = app.get(AppraiseService);
  await desk.receive(ACTOR, received, { version: 2 });
  const { dossierLines, version } = await app.get(DossierViews).view(ACTOR, received);
  const bare = dossierLines.find((line) => line.reason === null);
  if (!bare) throw new Error('the demonstration lost the line that is returned');
  const why = 'Nêu rõ thành tích trong năm 2026';
  await desk.giveBack(ACTOR, received, {
    version,
    whole: false,
    reasons: [{ lineId: bare.id, field: 'reason', reason: why }],
  });

  clock.setTo('2026-11-16');
  await drafted(app, 'Đề nghị khen thưởng chuyên đề Dạy tốt – Học tốt (minh hoạ)', [
    { ...person('Đoàn viên Minh Hoạ 13', 1992), form: 'GIAY_KHEN', reason: 'Giờ dạy giỏi cấp ngành (minh hoạ)' },
  ]);
}

async function drafted(
  app: INestApplicationContext,
  title: string,
  lines: Parameters<DraftLines['add']>[2]['lines'],
): Promise<number> {
  const id = await app
    .get(DossierService)
    .draft(ACTOR, { unit: UNIT, to: { unit: 'MH-LDLD' }, year: 2026, title, type: 'MERIT' });
  await app.get(DraftLines).add(ACTOR, id, { lines });
  return id;
}
