import type { INestApplicationContext } from '@nestjs/common';
import { CampaignParts, CampaignsService, CampaignSteps, DeploymentService, type TakenByHand } from '@lib/campaigns';
import { systemActor } from '@lib/kernel';
import type { Clock } from '@lib/platform';

const loader = systemActor('Nạp dữ liệu minh hoạ');

/** Invented: one campaign that runs, with units that are at different points, and one that waits for a decision. */
export async function loadCampaignSamples(app: INestApplicationContext, clock: Clock): Promise<void> {
  const source = 'Số liệu minh hoạ, không có thật';
  const draft = {
    unit: 'MH-LDLD',
    source,
    category: 'MOVEMENT',
    kind: 'THEMATIC',
    scope: 'SECTOR_OR_PROVINCE',
    objective: 'Mỗi đoàn viên có ít nhất một sáng kiến, cải tiến (minh hoạ).',
    subjects: 'Đoàn viên, người lao động trong toàn tỉnh (minh hoạ).',
    content: 'Nội dung: phát huy sáng kiến.\nTiêu chí: số sáng kiến được công nhận (minh hoạ).',
    plan: 'Phát động quý I, sơ kết quý III, tổng kết quý IV (minh hoạ).',
  } as const;
  clock.setTo('2026-02-16');
  const running = await app.get(CampaignsService).register(loader, {
    ...draft,
    code: 'MH_SANG_TAO_2026',
    name: 'Đoàn viên sáng tạo năm 2026 (minh hoạ)',
    from: '2026-03-01',
    to: '2026-12-31',
  });
  const take = (id: number, version: number, step: TakenByHand, more: object = {}): Promise<void> =>
    app.get(CampaignSteps).take(loader, id, { step, version, ...more });
  await take(running, 1, 'submit');
  await take(running, 2, 'approve');
  clock.setTo('2026-03-02');
  const paper = { number: '05/KH-MH', day: '2026-03-02' };
  await take(running, 3, 'launch', { launchDay: '2026-03-02', deployBy: '2026-04-30', paper });
  const parts = app.get(CampaignParts);
  await parts.addPhase(loader, running, { name: 'Giai đoạn 1', from: '2026-03-01', to: '2026-07-31' });
  await parts.addPhase(loader, running, { name: 'Giai đoạn 2', from: '2026-08-01', to: '2026-12-31' });
  await parts.addContest(loader, running, {
    name: 'Tìm hiểu Điều lệ Công đoàn Việt Nam',
    organiser: 'LĐLĐ tỉnh (Đơn vị minh hoạ)',
    participants: { value: 800, qualifier: 'OVER' },
  });
  clock.setTo('2026-04-20');
  const report = (unit: string, status: 'NOT_STARTED' | 'PLANNED' | 'DEPLOYED', since: string, more: object = {}) =>
    app.get(DeploymentService).report(loader, running, { unit, status, since, source, ...more });
  const many = { participants: { value: 1200, qualifier: 'OVER' }, target: '300 sáng kiến (minh hoạ)' };
  await report('MH-CDN-GD', 'PLANNED', '2026-03-10');
  await report('MH-CDN-GD', 'DEPLOYED', '2026-03-25', many);
  await report('MH-CDN-YT', 'PLANNED', '2026-04-01');
  await report('MH-CDN-GD-CS1', 'DEPLOYED', '2026-04-01');
  await report('MH-CDN-GD-CS2', 'NOT_STARTED', '2026-04-15');
  clock.setTo('2026-08-05');
  await take(running, 4, 'interim_review', { reason: 'Sơ kết giai đoạn 1 (minh hoạ)' });
  clock.setTo('2026-09-03');
  const waiting = await app.get(CampaignsService).register(loader, {
    ...draft,
    code: 'MH_XANH_2027',
    name: 'Công sở xanh, an toàn năm 2027 (minh hoạ)',
    from: '2027-01-01',
    to: '2027-12-31',
  });
  await take(waiting, 1, 'submit');
}
