import { CampaignBlock, CampaignLineage, CampaignsService, DeploymentQueries, DeploymentService } from '@lib/campaigns';
import { systemActor } from '@lib/kernel';
import { reader } from '@lib/platform';
import { UnitTree } from '@lib/units';
import { DataSource } from 'typeorm';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';

/** One campaign from its draft to its end: an officer registers, a leader decides, units below deploy. */
const FACTS = {
  name: '“Lao động giỏi, lao động sáng tạo” năm 2024',
  category: 'MOVEMENT',
  kind: 'THEMATIC',
  unit: 'TINH-A',
  from: '2024-01-01',
  to: '2024-12-31',
};
const CONTENTS = {
  objective: 'Nâng cao năng suất',
  subjects: 'Đoàn viên toàn tỉnh',
  content: 'Mỗi người một việc tốt\nTiêu chí theo quý',
  plan: 'Ba bước',
};

let api: TestApi;
let officer: string;
let leader: string;
let grassroots: string;

const post = (as: string, url: string, body: object): Promise<TestAnswer> => api.inject('POST', url, { as, body });
const get = async (as: string, url: string) => (await api.inject('GET', url, { as })).body;
const said = ({ status, body }: TestAnswer) => [status, body?.code, body?.field];
const step = (as: string, id: number, version: number, name: string, more: object = {}) =>
  post(as, `/api/campaigns/${id}/steps`, { step: name, version, ...more });
const tasks = async (unit: string): Promise<string[]> => {
  const rows = await api.db.source.query(
    `SELECT t.key FROM desk_task t JOIN unit u ON u.id = t.unit_id WHERE u.code = $1 AND t.closed_at IS NULL ORDER BY t.key`,
    [unit],
  );
  return rows.map(({ key }: { key: string }) => key);
};
const register = async (facts: object = {}, as = officer): Promise<number> => {
  const answer = await post(as, '/api/campaigns', { ...FACTS, ...facts });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.id;
};
const launched = (facts: object = {}, as = officer): Promise<number> =>
  register({ launched: { number: '12/KH-LĐLĐ', day: '2024-01-05' }, launchDay: '2024-01-05', ...facts }, as);
const report = (as: string, id: number, body: object) => post(as, `/api/campaigns/${id}/deployments`, body);

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2024-06-15');
  await smallTree(api.app);
  await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('lanh-dao', [['UNIT_LEADER', 'TINH-A']]);
  await api.account('co-so', [['UNION_OFFICER', 'CS-A1']]);
  [officer, leader, grassroots] = [
    await api.signIn('can-bo'),
    await api.signIn('lanh-dao'),
    await api.signIn('co-so'),
  ] as [string, string, string];
});
afterAll(() => api?.close());

describe('a campaign', () => {
  it('goes from its draft to its end, and each step says who waits for what', async () => {
    const id = await register();
    expect(said(await step(officer, id, 1, 'submit'))).toEqual([400, 'campaigns.content_missing', 'objective']);
    const filled = await post(officer, `/api/campaigns/${id}/changes`, { version: 1, changes: CONTENTS });
    expect(filled.body).toMatchObject({ version: 2, state: 'DRAFT', content: CONTENTS.content });
    expect(filled.body.steps.map((one: { step: string }) => one.step)).toEqual(['submit', 'cancel']);

    expect((await step(officer, id, 2, 'submit')).body).toMatchObject({ state: 'SUBMITTED', version: 3, steps: [] });
    expect(await tasks('TINH-A')).toContain(`campaign.approve:${id}`);
    expect(
      said(await post(officer, `/api/campaigns/${id}/changes`, { version: 3, changes: { name: 'Khác' } })),
    ).toEqual([409, 'campaigns.being_decided', null]);
    expect(said(await step(officer, id, 3, 'approve'))).toEqual([403, 'campaign.not_yours', null]);
    expect(said(await step(leader, id, 3, 'return'))).toEqual([400, 'campaigns.reason_needed', 'reason']);
    const returned = await step(leader, id, 3, 'return', { reason: 'Ghi rõ tiêu chí' });
    expect(returned.body.history.at(-1)).toMatchObject({
      step: 'return',
      reason: 'Ghi rõ tiêu chí',
      toName: 'Dự thảo',
    });
    expect(await tasks('TINH-A')).toEqual([`campaign.correct:${id}`]);

    await step(officer, id, 4, 'submit');
    expect((await step(leader, id, 5, 'approve')).body.state).toBe('APPROVED');
    expect(await tasks('TINH-A')).toEqual([`campaign.launch:${id}`]);
    expect(await get(grassroots, `/api/campaigns/${id}`)).toMatchObject({ code: 'campaign.not_found' });

    const launch = { launchDay: '2024-06-15', deployBy: '2024-07-15', paper: { number: '7/KH-LĐLĐ' } };
    expect((await step(officer, id, 6, 'launch', launch)).body).toMatchObject({
      state: 'LAUNCHED',
      documentNumber: '7/KH-LĐLĐ',
    });
    expect(await tasks('TINH-A')).toEqual([]);
    expect(await tasks('CS-A1')).toEqual([expect.stringMatching(`campaign.deploy:${id}:`)]);
    expect(await get(grassroots, `/api/campaigns/${id}`)).toMatchObject({ mine: false, may: ['deploy'], steps: [] });

    const reported = { unit: 'CS-A1', status: 'DEPLOYED', since: '2024-06-10', plan: 'Kế hoạch của cơ sở' };
    expect((await report(grassroots, id, reported)).status).toBe(201);
    expect(await tasks('CS-A1')).toEqual([]);

    expect((await step(leader, id, 7, 'interim_review', { reason: 'Quý hai' })).body.state).toBe('INTERIM_REVIEWED');
    expect((await step(leader, id, 8, 'interim_review', { reason: 'Quý ba' })).body.state).toBe('INTERIM_REVIEWED');
    expect((await step(leader, id, 9, 'final_review')).body.state).toBe('FINAL_REVIEWED');
    expect(await tasks('CS-A2')).toEqual([]);
    const closed = (await step(leader, id, 10, 'close')).body;
    expect(closed).toMatchObject({ state: 'CLOSED', stateName: 'Đã kết thúc', steps: [] });
    expect(closed.history.map((one: { step: string }) => one.step)).toEqual(
      'submit return submit approve launch interim_review interim_review final_review close'.split(' '),
    );
  });

  it('takes no step that its state does not allow, and none on a version that was not seen', async () => {
    const id = await register(CONTENTS);
    expect(said(await step(leader, id, 1, 'approve'))).toEqual([409, 'campaign.step_not_allowed', null]);
    expect(said(await step(officer, id, 9, 'submit'))).toEqual([409, 'campaigns.changed_meanwhile', 'version']);
    expect(
      said(await post(officer, `/api/campaigns/${id}/changes`, { version: 2, changes: { name: 'Khác' } })),
    ).toEqual([409, 'campaigns.changed_meanwhile', 'version']);
    expect(await get(officer, `/api/campaigns/${id}`)).toMatchObject({ state: 'DRAFT', version: 1, name: FACTS.name });
    expect(said(await step(officer, id, 1, 'record_launched'))).toEqual([400, 'input.not_allowed', 'step']);
    expect((await step(officer, id, 1, 'cancel', { reason: 'Trùng kế hoạch' })).body.state).toBe('CANCELLED');
    expect(said(await step(officer, id, 2, 'submit'))).toEqual([409, 'campaign.step_not_allowed', null]);
  });

  it('that was launched on paper is recorded in one step, with its paper', async () => {
    expect(said(await post(officer, '/api/campaigns', { ...FACTS, launched: {} }))).toEqual([
      400,
      'campaigns.paper_needed',
      'launched',
    ]);
    const id = await launched({ code: 'LDG_2024', aliases: ['Lao động giỏi', ' Lao động  giỏi '] });
    expect(await get(officer, `/api/campaigns/${id}`)).toMatchObject({
      state: 'LAUNCHED',
      code: 'LDG_2024',
      aliases: ['Lao động giỏi'],
      history: [{ step: 'record_launched' }],
    });
    expect(await tasks('CS-A2')).toEqual([]);
    expect(said(await post(officer, '/api/campaigns', { ...FACTS, code: 'LDG_2024' }))).toEqual([
      409,
      'campaigns.code_taken',
      'code',
    ]);
    expect((await get(officer, '/api/campaigns?q=lao+dong+gioi&from=MINE&year=2024&state=LAUNCHED')).items).toEqual([
      expect.objectContaining({ id }),
    ]);
    expect((await get(officer, '/api/campaigns?from=ABOVE')).items).toEqual([]);
    expect((await get(grassroots, '/api/campaigns?from=ABOVE&q=LDG')).items).toEqual([
      expect.objectContaining({ id, mine: false, launcher: expect.objectContaining({ code: 'TINH-A' }) }),
    ]);
  });

  it.each([
    [{ to: '2023-12-31' }, 'campaigns.ends_before_start', 'to'],
    [{ unit: null }, 'campaigns.owner_unclear', 'unit'],
    [{ unit: 'TINH-B' }, 'unit.not_found', 'unit'],
    [{ bloc: 1 }, 'campaigns.owner_unclear', 'unit'],
    [{ unit: null, bloc: 77 }, 'bloc.not_found', 'bloc'],
    [{ parent: 4711 }, 'campaign.not_found', 'parent'],
    [{ code: 'PT-3' }, 'campaigns.code_reserved', 'code'],
    [{ code: 'chữ thường' }, 'input.wrong_format', 'code'],
    [{ category: 'CONTEST' }, 'input.not_allowed', 'category'],
    [{ name: undefined }, 'input.required', 'name'],
    [{ name: 7 }, 'input.not_text', 'name'],
    [{ occasions: [9] }, 'occasion.not_found', 'occasions[0]'],
    [{ launchers: [{}] }, 'campaigns.launcher_unclear', 'launchers[0]'],
    [{ launchers: [{ unit: 'TINH-B' }] }, 'unit.not_found', 'launchers[0].unit'],
    [{ outside: 'BCA' }, 'outside_body.not_found', 'outside'],
  ])('is refused whole where %j', async (facts, code, field) => {
    const before = (await get(officer, '/api/campaigns')).items.length;
    const answer = await post(officer, '/api/campaigns', { ...FACTS, ...facts });
    expect(said(answer).slice(1)).toEqual([code, field]);
    expect((await get(officer, '/api/campaigns')).items).toHaveLength(before);
  });
});

describe('deployment', () => {
  const statuses = async (as: string, id: number, on: string) =>
    (await get(as, `/api/campaigns/${id}/deployments?on=${on}`)).items.map(
      (row: { unit: { code: string }; status: string }) => [row.unit.code, row.status],
    );

  it('is told as of any day by entries that nothing overwrites', async () => {
    const id = await launched();
    const planned = { unit: 'CS-A1', status: 'PLANNED', since: '2024-02-01', target: '20 sáng kiến' };
    expect((await report(grassroots, id, planned)).status).toBe(201);
    const people = { participants: { value: 150, qualifier: 'OVER' } };
    expect(
      (await report(grassroots, id, { ...planned, ...people, status: 'DEPLOYED', since: '2024-05-01' })).status,
    ).toBe(201);
    expect(await statuses(officer, id, '2024-01-31')).toEqual([
      ['CS-A1', 'NOT_REPORTED'],
      ['CS-A2', 'NOT_REPORTED'],
    ]);
    expect(await statuses(officer, id, '2024-04-30')).toContainEqual(['CS-A1', 'PLANNED']);
    expect(await statuses(officer, id, '2024-05-01')).toContainEqual(['CS-A1', 'DEPLOYED']);
    expect(await get(officer, `/api/campaigns/${id}/deployments?status=NOT_REPORTED`)).toMatchObject({
      counts: { notReported: 1, deployed: 1, planned: 0, notStarted: 0 },
      items: [{ unit: { code: 'CS-A2' }, entry: null, mayReport: true }],
    });

    // The upper officer reports for the other unit: marked as entered for it.
    await report(officer, id, { unit: 'CS-A2', status: 'NOT_STARTED', since: '2024-06-01' });
    const table = await get(officer, `/api/campaigns/${id}/deployments`);
    expect(table.items.map((row: { entry: { enteredFor: boolean } }) => row.entry.enteredFor)).toEqual([false, true]);
    expect(await get(grassroots, `/api/campaigns/${id}/deployments`)).toMatchObject({
      counts: { deployed: 1 },
      overall: { deployed: 1, notStarted: 1, notReported: 0 },
      items: [{ unit: { code: 'CS-A1' } }],
    });

    // An entry made by mistake is taken back, with the reason; the one before holds again.
    const [latest] = (await get(grassroots, `/api/campaigns/${id}/deployments/CS-A1`)).items;
    const removal = `/api/campaigns/${id}/deployments/${latest.id}/removal`;
    expect((await post(grassroots, removal, { reason: 'Ghi nhầm đơn vị' })).status).toBe(204);
    expect((await post(grassroots, removal, { reason: 'Ghi nhầm đơn vị' })).status).toBe(404);
    expect(await statuses(officer, id, '2024-05-01')).toContainEqual(['CS-A1', 'PLANNED']);
    expect((await get(grassroots, `/api/campaigns/${id}/deployments/CS-A1`)).items).toHaveLength(2);
  });

  it('is refused where it cannot be', async () => {
    const draft = await register();
    const id = await launched();
    const fine = { unit: 'CS-A1', status: 'DEPLOYED', since: '2024-05-01' };
    expect(said(await report(officer, draft, fine))).toEqual([409, 'campaigns.not_launched', null]);
    expect(said(await report(grassroots, draft, fine))).toEqual([404, 'campaign.not_found', null]);
    expect(said(await report(officer, id, { ...fine, unit: 'TINH-A' }))).toEqual([
      400,
      'campaigns.not_addressed',
      'unit',
    ]);
    expect(said(await report(grassroots, id, { ...fine, unit: 'CS-A2' }))).toEqual([404, 'unit.not_found', 'unit']);
    expect(said(await report(grassroots, id, { ...fine, since: '2024-06-16' }))).toEqual([
      400,
      'campaigns.future_day',
      'since',
    ]);
    expect(said(await report(grassroots, id, { ...fine, since: '31/12/2023' }))).toEqual([
      400,
      'input.not_day',
      'since',
    ]);
    expect(said(await report(grassroots, id, { ...fine, status: 'NOT_REPORTED' }))).toEqual([
      400,
      'input.not_allowed',
      'status',
    ]);
    expect(said(await report(leader, id, fine))[0]).toBe(404);
    expect(said(await report(grassroots, id, { ...fine, fileId: 4711 }))).toEqual([404, 'file.not_found', 'fileId']);
    expect((await get(officer, `/api/campaigns/${id}/deployments/CS-A1`)).items).toEqual([]);
  });
});

describe('what belongs to a campaign', () => {
  it('phases run until they are reviewed, whatever their days say', async () => {
    const id = await launched();
    const phase = { name: 'Giai đoạn 1', from: '2024-01-08', to: '2024-05-31', target: 'Vượt chỉ tiêu' };
    const added = (await post(officer, `/api/campaigns/${id}/phases`, phase)).body.phases[0];
    expect(added).toMatchObject({ ...phase, state: 'RUNNING', steps: [{ step: 'review' }] });
    const steps = `/api/campaigns/${id}/phases/${added.id}/steps`;
    expect((await post(leader, steps, { step: 'review' })).body.phases[0].state).toBe('REVIEWED');
    expect(said(await post(leader, steps, { step: 'review' }))).toEqual([409, 'campaign_phase.step_not_allowed', null]);
    const remove = await api.inject('DELETE', `/api/campaigns/${id}/phases/${added.id}`, { as: officer });
    expect(said(remove)).toEqual([409, 'campaign_phase.step_not_allowed', null]);
    expect(said(await post(grassroots, `/api/campaigns/${id}/phases`, phase))).toEqual([
      403,
      'campaign.not_yours',
      null,
    ]);
    expect(said(await post(officer, `/api/campaigns/${id}/phases`, { ...phase, to: '2023-01-01' }))[1]).toBe(
      'campaigns.ends_before_start',
    );
  });

  it('contests find their prizes in the register by name or alias; who changes one last writes over nobody', async () => {
    const id = await launched();
    const contest = {
      name: 'Sáng tác ca khúc',
      aliases: ['Ca khúc công đoàn'],
      objects: ['ca khúc'],
      entries: { value: 40, qualifier: 'OVER' },
    };
    const [{ id: first }] = (await post(officer, `/api/campaigns/${id}/contests`, contest)).body.contests;
    const prize = {
      kind: 'PRIZE',
      unit: 'TINH-A',
      conferring: [{ unit: 'TINH-A' }],
      when: { from: '2024-06-01', to: '2024-06-01', basis: 'DECISION' },
      contests: ['Ca khúc công đoàn', 'Cuộc thi khác'],
      stated: { unsplit: 47 },
    };
    expect((await post(officer, '/api/award-batches', prize)).status).toBe(201);
    expect((await get(officer, `/api/campaigns/${id}/prizes`)).items).toMatchObject([
      { contests: prize.contests, batch: { figure: { unsplit: 47 } } },
    ]);
    const change = () =>
      api.inject('PUT', `/api/campaigns/${id}/contests/${first}`, {
        as: officer,
        body: { ...contest, organiser: 'Ban Tuyên giáo' },
      });
    expect((await change()).body.contests).toMatchObject([{ organiser: 'Ban Tuyên giáo' }]);
    expect(said(await change())).toEqual([404, 'contest.not_found', null]);
  });

  it('events carry several purposes, campaigns and occasions; campaigns are linked across owners', async () => {
    const id = await launched();
    const other = await launched({ name: 'Giỏi việc nước, đảm việc nhà' });
    const occasion = { unit: 'TINH-A', kind: 'ANNIVERSARY', name: '30 năm ngày thành lập', number: 30 };
    const { id: kept } = (await post(officer, '/api/occasions', occasion)).body;
    const event = {
      unit: 'TINH-A',
      name: 'Hội nghị tổng kết',
      purposes: ['FINAL_REVIEW', 'CONFERENCE'],
      from: '2024-06-06',
      to: '2024-06-06',
      place: 'Hội trường tỉnh',
      campaigns: [id, other],
      occasions: [kept],
    };
    expect((await post(officer, '/api/events', event)).status).toBe(201);
    expect((await post(officer, `/api/campaigns/${id}/links`, { campaign: other })).body.links).toMatchObject([
      { id: other },
    ]);
    const seen = await get(grassroots, `/api/campaigns/${other}`);
    expect(seen).toMatchObject({
      links: [{ id }],
      events: [{ name: 'Hội nghị tổng kết', mayRemove: false, occasions: [{ name: occasion.name, number: 30 }] }],
    });
    expect(seen.events[0].campaigns.map((one: { id: number }) => one.id).sort()).toEqual([id, other].sort());
    const parent = await launched({ name: 'Cấp cơ sở', unit: 'CS-A2', parent: id });
    expect((await get(officer, `/api/campaigns/${id}`)).parts).toMatchObject([{ id: parent }]);
    const loop = await post(officer, `/api/campaigns/${id}/changes`, {
      version: 1,
      reason: 'Ghép vào',
      changes: { parent },
    });
    expect(said(loop)).toEqual([400, 'campaigns.own_parent', 'parent']);
  });

  it('of a bloc is drafted by its head, decided by its organiser, and seen by its members alone', async () => {
    await api.account('khoi-truong', [['BLOC_HEAD', 'CS-A1']]);
    await api.account('co-so-2', [['UNION_OFFICER', 'CS-A2']]);
    const [head, member] = [await api.signIn('khoi-truong'), await api.signIn('co-so-2')];
    const bloc = await post(officer, '/api/blocs', {
      organiser: 'TINH-A',
      kind: 'BLOCK',
      number: 4,
      year: 2024,
      members: [{ unit: 'CS-A1', role: 'HEAD' }],
    });
    expect(bloc.status).toBe(201);
    const id = await register({ ...CONTENTS, unit: null, bloc: bloc.body.id, scope: 'BLOC' }, head);
    expect((await step(head, id, 1, 'submit')).body.state).toBe('SUBMITTED');
    expect((await step(leader, id, 2, 'approve')).body.launcher.name).toContain('số 4');
    expect((await step(head, id, 3, 'launch')).body.state).toBe('LAUNCHED');
    expect((await api.inject('GET', `/api/campaigns/${id}`, { as: member })).status).toBe(404);
    expect((await report(grassroots, id, { unit: 'CS-A1', status: 'DEPLOYED', since: '2024-06-15' })).status).toBe(201);
    expect(said(await report(officer, id, { unit: 'CS-A2', status: 'DEPLOYED', since: '2024-06-15' }))[1]).toBe(
      'campaigns.not_addressed',
    );
    expect((await get(officer, `/api/campaigns/${id}/deployments`)).counts).toMatchObject({
      deployed: 1,
      notReported: 0,
    });
  });
});

describe('a summary', () => {
  const YEAR = { from: '2024-01-01', to: '2024-12-31' };

  it('tells a campaign with its deployment, and on a past day what was known then', async () => {
    const fresh = await testApi({ template: 'empty' });
    try {
      fresh.clock.setTo('2024-01-02');
      await smallTree(fresh.app);
      const q = reader(fresh.app.get(DataSource));
      const loader = systemActor('test');
      const [service, deploying, block] = [CampaignsService, DeploymentService, CampaignBlock].map((one) =>
        fresh.app.get<never>(one as never),
      ) as unknown as [CampaignsService, DeploymentService, CampaignBlock];
      const paper = { launched: { number: '1/KH' } };
      const facts = { ...FACTS, ...paper, category: 'MOVEMENT' as const, kind: 'THEMATIC' as const };
      const id = await service.register(loader, { ...facts, unit: 'TLD' });
      await service.register(loader, { ...facts, unit: 'CS-B1', name: 'Của cơ sở B1' });
      fresh.clock.setTo('2024-03-01');
      const report = { unit: 'CS-A1', status: 'DEPLOYED', since: '2024-02-15' } as const;
      await deploying.report(loader, id, { ...report, participants: { value: 100, qualifier: 'OVER' } });
      fresh.clock.setTo('2024-04-01');
      await deploying.report(loader, id, { ...report, unit: 'CS-A2', participants: { value: 20, qualifier: 'EXACT' } });
      fresh.clock.setTo('2024-05-01');
      await service.change(loader, id, { version: 1, reason: 'Đúng tên văn bản', changes: { name: 'Tên đúng' } });

      const change = await fresh.app.get(UnitTree).changeKnownOn(q, null);
      const [root, a, a1, b] = await Promise.all(
        ['TLD', 'TINH-A', 'CS-A1', 'TINH-B'].map((code) => fresh.app.get(UnitTree).idOf(q, code, { everywhere: true })),
      );
      const ask = (unitId = 0, known: string | null = null) =>
        block.block(q, { unitId, ...YEAR, known, change, lens: 'as-was' }, [{ contests: ['Khác'], count: 3 }]);
      expect(await ask(a)).toEqual([
        {
          key: `campaign:${id}`,
          id,
          code: `PT-${id}`,
          name: 'Tên đúng',
          category: 'MOVEMENT',
          kind: 'THEMATIC',
          special: false,
          launcher: { code: 'TLD', name: 'Tổng Liên đoàn', level: 'CONFEDERATION' },
          bloc: null,
          from: YEAR.from,
          to: YEAR.to,
          state: 'LAUNCHED',
          stateName: 'Đang triển khai',
          phase: null,
          own: 'NOT_REPORTED',
          deployment: { notReported: 0, notStarted: 0, planned: 0, deployed: 2 },
          participants: { value: 120, qualifier: 'OVER' },
          contests: [],
          results: [],
        },
      ]);
      expect(await ask(a, '2024-04-15')).toMatchObject([{ name: FACTS.name, participants: { value: 120 } }]);
      expect(await ask(a, '2024-03-15')).toMatchObject([
        { deployment: { deployed: 1, notReported: 1 }, participants: { value: 100, qualifier: 'OVER' } },
      ]);
      expect(await ask(a, '2024-02-28')).toEqual([]);
      expect(await ask(a1)).toMatchObject([{ own: 'DEPLOYED', deployment: { deployed: 0, notReported: 0 } }]);
      // What a unit states holds for all below it.
      const stated = { ...report, unit: 'TINH-A', participants: { value: 90, qualifier: 'EXACT' as const } };
      await deploying.report(loader, id, stated);
      expect(await ask(a)).toMatchObject([{ own: 'DEPLOYED', participants: { value: 90, qualifier: 'EXACT' } }]);
      expect(await ask(root)).toMatchObject([
        { own: null, deployment: { deployed: 1, notReported: 1 }, participants: { value: 90 } },
      ]);
      expect(await block.further(q, { unitId: root ?? 0, ...YEAR, known: null, change, lens: 'as-was' })).toBe(1);
      expect(await ask(b)).toMatchObject([{ name: 'Của cơ sở B1', own: null }]);
      const deployment = fresh.app.get(DeploymentQueries);
      const at = { unitId: root ?? 0, level: 'GRASSROOTS_UNION' as const };
      const on = { today: '2024-12-31', known: null, change, lens: 'as-was' as const };
      expect(await deployment.counts(q, id, at, { ...on, day: '2024-12-31' })).toEqual({
        notReported: 1,
        notStarted: 0,
        planned: 0,
        deployed: 2,
      });
      expect(await deployment.counts(q, id, at, { ...on, day: '2024-02-01' })).toMatchObject({
        notReported: 3,
      });
      const lineage = fresh.app.get(CampaignLineage);
      const question = { unitId: a ?? 0, ...YEAR, known: null, change, lens: 'as-was' as const };
      const all = await lineage.records(q, loader, question, `campaign:${id}`, { limit: 2 });
      expect(all).toMatchObject({ items: [{ unit: { code: 'TINH-A' } }, { unit: { code: 'CS-A1' } }], hidden: 0 });
      expect(await lineage.records(q, loader, question, `campaign:${id}`, { after: all.next ?? '' })).toMatchObject({
        items: [{ unit: { code: 'CS-A2' }, participants: { value: 20 } }],
        next: null,
      });
      await expect(lineage.records(q, loader, question, 'x')).rejects.toMatchObject({ kind: 'not_found' });
    } finally {
      await fresh.close();
    }
  });
});
