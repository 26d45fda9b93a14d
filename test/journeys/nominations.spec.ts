import { snapshot } from '@lib/platform';
import { ProposalBlock, ProposalLineage, type DossierLine, type DossierView, type ProposalRow } from '@lib/nominations';
import { systemActor } from '@lib/kernel';
import { UnitTree } from '@lib/units';
import { DataSource } from 'typeorm';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

/** From a grassroots union's dossier to the golden book: returned, corrected, appraised, composed, answered from outside. */
describe('nominations', () => {
  let api: TestApi;
  const token: Record<string, string> = {};

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    api.clock.setTo('2026-03-02');
    await smallTree(api.app);
    const accounts = {
      a1: ['UNION_OFFICER', 'CS-A1'],
      leader1: ['UNIT_LEADER', 'CS-A1'],
      a2: ['UNION_OFFICER', 'CS-A2'],
      tinh: ['UNION_OFFICER', 'TINH-A'],
      desk: ['APPRAISER', 'TINH-A'],
      top: ['APPRAISER', 'TLD'],
      keeper: ['UNION_OFFICER', 'TLD'],
      strange: ['UNION_OFFICER', 'TINH-B'],
    } as const;
    for (const [name, grant] of Object.entries(accounts)) {
      await api.account(name, [grant]);
      token[name] = await api.signIn(name);
    }
    await api.account('both', [
      ['UNION_OFFICER', 'TINH-A'],
      ['APPRAISER', 'TINH-A'],
    ]);
    token.both = await api.signIn('both');
    await api.account('small', [
      ['UNION_OFFICER', 'CS-A2'],
      ['APPRAISER', 'CS-A2'],
    ]);
    token.small = await api.signIn('small');
    await must('keeper', 'POST', 'outside-bodies', {
      code: 'UBND-A',
      name: 'Ủy ban nhân dân tỉnh A',
      level: 'STATE_ORGAN',
    });
  });
  afterAll(() => api?.close());

  const call = (as: string, method: string, url: string, body?: object): Promise<TestAnswer> =>
    api.inject(method, `/api/${url}`, { as: token[as] ?? '', ...(body ? { body } : {}) });

  async function must(
    as: string,
    method: string,
    url: string,
    body?: object,
    // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  ): Promise<any> {
    const answer = await call(as, method, url, body);
    if (answer.status >= 300) throw new Error(`${as} ${method} ${url}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  /** A session lasts less than a day, so that everybody signs in again. */
  async function day(date: string): Promise<void> {
    api.clock.setTo(date);
    for (const name of Object.keys(token)) token[name] = await api.signIn(name);
  }

  const facts = { year: 2026, title: 'Đề nghị khen thưởng quý I', type: 'MERIT' };
  const person = (personName: string, birthYear = 1980, form = 'BANG_KHEN') => ({
    recipient: { personName, birthYear, gender: 'FEMALE' },
    form,
    reason: `Hoàn thành xuất sắc nhiệm vụ ${personName}`,
  });

  async function drafted(as: string, unit: string, to: object, lines: object[]): Promise<DossierView> {
    const { dossier } = await must(as, 'POST', 'dossiers', { ...facts, unit, to });
    return (await must(as, 'POST', `dossiers/${dossier.id}/nominations`, { lines })).dossier;
  }
  const seen = (lines: readonly DossierLine[]) => lines.map(({ id, version }) => ({ lineId: id, version }));
  const view = (as: string, id: number): Promise<DossierView> => must(as, 'GET', `dossiers/${id}`);
  const accepted = (lines: readonly DossierLine[]) => ({
    lines: seen(lines).map((line) => ({ ...line, outcome: 'ACCEPT' })),
  });

  async function received(as: string, unit: string, lines: object[], submitter = as): Promise<DossierView> {
    const dossier = await drafted(as, unit, { unit: 'TINH-A' }, lines);
    await must(submitter, 'POST', `dossiers/${dossier.id}/submission`, { version: dossier.version });
    return (await must('desk', 'POST', `dossiers/${dossier.id}/receipt`, { version: dossier.version + 1 })).dossier;
  }

  async function tasks(): Promise<string[]> {
    const rows = await api.db.source.query<{ key: string }[]>(
      `SELECT key FROM desk_task WHERE closed_at IS NULL ORDER BY key`,
    );
    return rows.map((row) => row.key);
  }

  async function block(unit: string, from: string, to: string, known: string | null = null): Promise<ProposalRow[]> {
    return snapshot(api.app.get(DataSource), async (q) => {
      const tree = api.app.get(UnitTree);
      const unitId = (await tree.idsOf(q, [unit], { everywhere: true })).get(unit) ?? 0;
      return api.app
        .get(ProposalBlock)
        .block(q, { unitId, from, to, known, change: await tree.changeKnownOn(q, known), lens: 'as-was' });
    });
  }
  const told = (rows: readonly ProposalRow[]) =>
    rows.map((row) => [
      row.form,
      row.toBody.code ?? row.toBody.name,
      row.proposed.individuals,
      row.awarded.individuals,
    ]);

  let first: DossierView;

  test('are drafted by the officer and submitted by the leader', async () => {
    first = await drafted('a1', 'CS-A1', { unit: 'TINH-A' }, [
      person('Nguyễn Thị Minh Hoạ Một'),
      person('Nguyễn Thị Minh Hoạ Hai'),
      { recipient: { collective: 'Tổ sản xuất số 1 (Minh Hoạ)' }, form: 'GIAY_KHEN' },
    ]);
    expect(first.stateName).toBe('Đang soạn');
    expect(first.may).toEqual(['edit', 'add_paper', 'compose', 'ask', 'withdraw']);
    const refused = await call('a1', 'POST', `dossiers/${first.id}/submission`, { version: 1 });
    expect([refused.status, refused.body.code]).toEqual([403, 'nominations.leader_submits']);
    expect((await call('desk', 'GET', `dossiers/${first.id}`)).status).toBe(404);
    await must('a1', 'POST', `dossiers/${first.id}/readiness`);
    expect(await tasks()).toEqual([`nomination.submit:${first.id}`]);
    const { dossier } = await must('leader1', 'POST', `dossiers/${first.id}/submission`, { version: 1 });
    expect([dossier.state, dossier.submittedByOfficer]).toEqual(['SUBMITTED', false]);
    expect(await tasks()).toEqual([`nomination.appraise:${first.id}`]);
    const early = await call('desk', 'POST', `dossiers/${first.id}/appraisal`, accepted(dossier.dossierLines));
    expect([early.status, early.body.code]).toEqual([409, 'nominations.receive_first']);
    first = (await must('desk', 'POST', `dossiers/${first.id}/receipt`, { version: 2 })).dossier;
    expect(first.clock).toMatchObject({ days: 0, due: '2026-03-30', late: false });
  });

  test('one line is returned with a reason at each field, corrected, and the others go on', async () => {
    const [one, two, three] = first.dossierLines;
    const bare = { version: 3, whole: false, reasons: [{ field: 'reason', reason: 'Chưa nêu thành tích' }] };
    expect((await call('desk', 'POST', `dossiers/${first.id}/returns`, bare)).body.code).toBe(
      'nominations.reason_without_line',
    );
    const reasons = [
      { lineId: one!.id, field: 'reason', reason: 'Chưa nêu thành tích cụ thể' },
      { lineId: one!.id, field: 'recipient', reason: 'Sai năm sinh' },
    ];
    first = (await must('desk', 'POST', `dossiers/${first.id}/returns`, { version: 3, whole: false, reasons })).dossier;
    expect(first.state).toBe('RECEIVED');
    expect(await tasks()).toEqual([`nomination.appraise:${first.id}`, `nomination.correct_line:${one!.id}`]);
    first = (await must('desk', 'POST', `dossiers/${first.id}/appraisal`, accepted([two!, three!]))).dossier;
    expect(first.dossierLines.map((line) => line.state)).toEqual(['RETURNED', 'ELIGIBLE', 'ELIGIBLE']);

    const mine = await view('a1', first.id);
    expect(mine.reasons.map((reason) => [reason.lineId, reason.field, reason.settled])).toEqual([
      [one!.id, 'reason', false],
      [one!.id, 'recipient', false],
    ]);
    const line = mine.dossierLines[0]!;
    const again = { lines: seen([line]) };
    const untouched = await call('a1', 'POST', `dossiers/${first.id}/resubmissions`, again);
    expect([untouched.status, untouched.body.code, untouched.body.details.length]).toEqual([
      400,
      'nominations.reason_open',
      2,
    ]);
    const locked = await call('a1', 'PUT', `nominations/${two!.id}`, {
      ...person('Khác'),
      version: mine.dossierLines[1]!.version,
    });
    expect(locked.body.code).toBe('nominations.line_not_open');
    await must('a1', 'PUT', `nominations/${line.id}`, {
      ...person('Nguyễn Thị Minh Hoạ Một', 1981),
      version: line.version,
    });
    const stale = await call('a1', 'PUT', `nominations/${line.id}`, { ...person('Người khác'), version: line.version });
    expect([stale.status, stale.body.code]).toEqual([409, 'nominations.changed_meanwhile']);
    expect(stale.body.message).toContain('a1');
    const fresh = (await view('a1', first.id)).dossierLines[0]!;
    first = (await must('a1', 'POST', `dossiers/${first.id}/resubmissions`, { lines: seen([fresh]) })).dossier;
    expect(await tasks()).toEqual([`nomination.appraise:${first.id}`]);
    first = (await must('desk', 'POST', `dossiers/${first.id}/appraisal`, accepted([first.dossierLines[0]!]))).dossier;
    expect(first.state).toBe('APPRAISED');
    expect(await tasks()).toEqual([]);
    const detail = await must('a1', 'GET', `nominations/${line.id}`);
    expect(detail.history.map((step: { step: string }) => step.step)).toEqual(['return', 'resubmit', 'accept']);
    expect(detail.line).toMatchObject({ birthYear: 1981, state: 'ELIGIBLE' });
  });

  test('a whole dossier returned stops the clock; each reason is changed or answered', async () => {
    let dossier = await received('a2', 'CS-A2', [person('Trần Thị Minh Hoạ Cũ')]);
    expect(dossier.submittedByOfficer).toBe(true);
    const reasons = [
      { field: 'papers', reason: 'Thiếu báo cáo thành tích' },
      { lineId: dossier.dossierLines[0]!.id, field: 'form', reason: 'Hình thức chưa phù hợp' },
    ];
    await day('2026-03-04');
    dossier = (await must('desk', 'POST', `dossiers/${dossier.id}/returns`, { version: 3, whole: true, reasons }))
      .dossier;
    expect([dossier.state, dossier.clock?.days, dossier.clock?.due]).toEqual(['RETURNED', 2, null]);
    expect(await tasks()).toEqual([`nomination.correct:${dossier.id}`]);
    await day('2026-03-11');
    const answer = { reasonId: dossier.reasons[0]!.id, answer: 'Báo cáo gửi kèm bản giấy' };
    const half = await call('a2', 'POST', `dossiers/${dossier.id}/submission`, { version: 4, answers: [answer] });
    expect([half.body.code, half.body.field]).toEqual(['nominations.reason_open', `reasons.${dossier.reasons[1]!.id}`]);
    const [line] = dossier.dossierLines;
    await must('a2', 'PUT', `nominations/${line!.id}`, {
      ...person('Trần Thị Minh Hoạ Cũ', 1980, 'GIAY_KHEN'),
      version: line!.version,
    });
    dossier = (await must('a2', 'POST', `dossiers/${dossier.id}/submission`, { version: 4, answers: [answer] }))
      .dossier;
    expect(dossier.reasons.map((reason) => [reason.touched, reason.answer, reason.settled])).toEqual([
      [false, 'Báo cáo gửi kèm bản giấy', true],
      [true, null, true],
    ]);
    dossier = (await must('desk', 'POST', `dossiers/${dossier.id}/receipt`, { version: 5 })).dossier;
    // Received on 2 March; two days at the desk, five returned, one more day since.
    await day('2026-03-12');
    dossier = await view('desk', dossier.id);
    expect([dossier.receivedOn, dossier.clock?.days, dossier.clock?.due]).toEqual(['2026-03-02', 3, '2026-04-06']);
    expect(dossier.dossierLines[0]).toMatchObject({ state: 'PROPOSED', form: 'GIAY_KHEN' });
    await must('a2', 'POST', `nominations/${line!.id}/withdrawal`, { version: dossier.dossierLines[0]!.version });
  });

  test('two people editing the facts lose nothing', async () => {
    const dossier = await drafted('a2', 'CS-A2', { unit: 'TINH-A' }, [person('Lê Thị Minh Hoạ')]);
    const edit = { ...facts, to: { unit: 'TINH-A' }, version: dossier.version };
    await must('tinh', 'PUT', `dossiers/${dossier.id}`, { ...edit, title: 'Của cấp trên' });
    const late = await call('a2', 'PUT', `dossiers/${dossier.id}`, { ...edit, title: 'Của đơn vị' });
    expect([late.status, late.body.code]).toEqual([409, 'nominations.changed_meanwhile']);
    expect(late.body.message).toContain('tinh');
    expect((await view('a2', dossier.id)).title).toBe('Của cấp trên');
  });

  test('the nominee appraises nothing of his own; who proposed does not appraise from the direct-upper level up', async () => {
    const personId = (await must('both', 'POST', 'people', { name: 'Phạm Minh Hoạ', birthYear: 1975, unit: 'TINH-A' }))
      .id;
    const own = await drafted('tinh', 'TINH-A', { unit: 'TINH-A' }, [
      { recipient: { person: personId }, form: 'GIAY_KHEN' },
    ]);
    await must('tinh', 'POST', `dossiers/${own.id}/submission`, { version: 1 });
    const account = await api.db.source.query(`SELECT id FROM account WHERE username = 'both'`);
    await api.db.source.query(`INSERT INTO account_person (account_id, person_id) VALUES ($1, $2)`, [
      account[0].id,
      personId,
    ]);
    const { dossier } = await must('both', 'POST', `dossiers/${own.id}/receipt`, { version: 2 });
    const mine = await call('both', 'POST', `dossiers/${own.id}/appraisal`, accepted(dossier.dossierLines));
    expect([mine.status, mine.body.code]).toEqual([403, 'nominations.own_line']);

    const entered = await drafted('both', 'TINH-A', { unit: 'TINH-A' }, [person('Võ Thị Minh Hoạ')]);
    await must('tinh', 'POST', `dossiers/${entered.id}/submission`, { version: 1 });
    const at = (await must('both', 'POST', `dossiers/${entered.id}/receipt`, { version: 2 })).dossier;
    const refused = await call('both', 'POST', `dossiers/${entered.id}/appraisal`, accepted(at.dossierLines));
    expect([refused.status, refused.body.code]).toEqual([403, 'nominations.duties_not_separate']);
    const other = await must('desk', 'POST', `dossiers/${entered.id}/appraisal`, accepted(at.dossierLines));
    expect(other.dossier.state).toBe('APPRAISED');

    const small = await drafted('small', 'CS-A2', { unit: 'CS-A2' }, [person('Bùi Thị Minh Hoạ', 1980, 'GIAY_KHEN')]);
    await must('small', 'POST', `dossiers/${small.id}/submission`, { version: 1 });
    const here = (await must('small', 'POST', `dossiers/${small.id}/receipt`, { version: 2 })).dossier;
    const done = await must('small', 'POST', `dossiers/${small.id}/appraisal`, accepted(here.dossierLines));
    expect(done.warnings.map((warning: { code: string }) => warning.code)).toEqual(['nominations.duties_not_separate']);
    expect(done.dossier.state).toBe('APPRAISED');
  });

  test('received dossiers are composed into one submission; a returned line travels back to where it came from', async () => {
    await day('2026-04-01');
    let second = await received('a2', 'CS-A2', [person('Đỗ Thị Minh Hoạ')]);
    second = (await must('desk', 'POST', `dossiers/${second.id}/appraisal`, accepted(second.dossierLines))).dossier;
    const { dossier: empty } = await must('tinh', 'POST', 'dossiers', {
      ...facts,
      unit: 'TINH-A',
      to: { unit: 'TLD' },
      title: 'Tổng hợp trình Tổng Liên đoàn',
    });
    const from = [first.dossierLines[1]!, second.dossierLines[0]!];
    const ready = await must('tinh', 'GET', 'nominations?tab=received&state=ELIGIBLE');
    expect(ready.items.map((line: { id: number }) => line.id)).toEqual(
      expect.arrayContaining(from.map((line) => line.id)),
    );
    const foreign = await call('strange', 'POST', `dossiers/${empty.id}/composition`, { lines: seen(from) });
    expect(foreign.status).toBe(404);
    let up: DossierView = (await must('tinh', 'POST', `dossiers/${empty.id}/composition`, { lines: seen(from) }))
      .dossier;
    expect(up.dossierLines.map((line) => line.proposingUnit?.code)).toEqual(['CS-A1', 'CS-A2']);
    expect((await view('a1', first.id)).dossierLines.map((line) => line.here)).toEqual([true, false, true]);
    // Out and in again, before it leaves.
    await must('tinh', 'POST', `dossiers/${up.id}/taken-out`, { lines: seen([up.dossierLines[0]!]) });
    const home = (await view('tinh', first.id)).dossierLines[1]!;
    expect([home.here, home.state]).toEqual([true, 'ELIGIBLE']);
    await must('tinh', 'POST', `dossiers/${up.id}/composition`, { lines: seen([home]) });
    await must('tinh', 'POST', `dossiers/${up.id}/submission`, { version: 1 });
    up = (await must('top', 'POST', `dossiers/${up.id}/receipt`, { version: 2 })).dossier;
    expect(up.dossierLines.map((line) => line.state)).toEqual(['PROPOSED', 'PROPOSED']);
    expect((await call('a1', 'GET', `dossiers/${up.id}`)).status).toBe(404);

    const reasons = [{ lineId: up.dossierLines[1]!.id, field: 'reason', reason: 'Nêu rõ thành tích' }];
    up = (await must('top', 'POST', `dossiers/${up.id}/returns`, { version: 3, whole: false, reasons })).dossier;
    const back = { lines: seen([up.dossierLines[1]!]), reason: 'Đơn vị bổ sung' };
    up = (await must('tinh', 'POST', `dossiers/${up.id}/sent-back`, back)).dossier;
    expect(up.dossierLines).toHaveLength(1);
    const origin = await view('a2', second.id);
    expect([origin.state, origin.dossierLines[0]!.here, origin.dossierLines[0]!.state]).toEqual([
      'RECEIVED',
      true,
      'RETURNED',
    ]);
    expect(origin.reasons.map((reason) => reason.reason)).toEqual(['Nêu rõ thành tích', 'Đơn vị bổ sung']);
    expect(await tasks()).toContain(`nomination.correct_line:${origin.dossierLines[0]!.id}`);
    // Asked of the province by the union of the workplace; of the confederation by the province. Each line once.
    expect(told(await block('CS-A1', '2026-01-01', '2026-12-31'))).toEqual([
      ['BANG_KHEN', 'TINH-A', 2, 0],
      ['GIAY_KHEN', 'TINH-A', 0, 0],
    ]);
    const province = told(await block('TINH-A', '2026-04-01', '2026-04-30'));
    expect(province).toEqual([
      ['BANG_KHEN', 'TLD', 1, 0],
      ['BANG_KHEN', 'TINH-A', 1, 0],
    ]);
    const root = told(await block('TLD', '2026-04-01', '2026-04-30'));
    expect(root).toEqual([
      ['BANG_KHEN', 'TLD', 1, 0],
      ['BANG_KHEN', 'LĐLĐ tỉnh, thành phố', 1, 0],
    ]);
    // As known before the submission upwards, the line was asked of the province.
    const before = told(await block('TINH-A', '2026-03-01', '2026-04-30', '2026-03-31'));
    expect(before).toContainEqual(['BANG_KHEN', 'TINH-A', 3, 0]);
  });

  test('khen cao: answered line by line with the body’s own decision; the register and the summary show it once', async () => {
    await day('2026-05-04');
    const dossier = await drafted('tinh', 'TINH-A', { outside: 'UBND-A' }, [
      { ...person('Hồ Thị Minh Hoạ'), unit: 'CS-A1' },
      person('Ngô Thị Minh Hoạ'),
    ]);
    const sent: DossierView = (await must('tinh', 'POST', `dossiers/${dossier.id}/submission`, { version: 1 })).dossier;
    expect([sent.state, ...sent.dossierLines.map((line) => line.state)]).toEqual([
      'SENT',
      'SENT_OUTSIDE',
      'SENT_OUTSIDE',
    ]);
    expect(await tasks()).toContain(`nomination.answer:${dossier.id}`);
    await day('2026-06-10');
    const [yes, no] = seen(sent.dossierLines);
    const lines = [
      { ...yes, outcome: 'AWARDED', form: 'BANG_KHEN' },
      { ...no, outcome: 'DECLINED' },
    ];
    const wrong = await call('tinh', 'POST', `dossiers/${dossier.id}/answers`, { lines });
    expect(wrong.body.details.map((detail: { field: string }) => detail.field)).toEqual([
      'lines[1].reason',
      'decision.number',
      'decision.date',
    ]);
    const decision = { number: '1234', symbol: 'QĐ-UBND', date: '2026-06-05' };
    const whole = { decision, lines: [lines[0], { ...lines[1], reason: 'Chưa đủ thời gian' }] };
    const done = await must('tinh', 'POST', `dossiers/${dossier.id}/answers`, whole);
    expect([done.dossier.state, ...done.dossier.dossierLines.map((line: DossierLine) => line.state)]).toEqual([
      'CLOSED',
      'AWARDED',
      'DECLINED',
    ]);
    const again = await call('tinh', 'POST', `dossiers/${dossier.id}/answers`, whole);
    expect([again.status, again.body.code]).toEqual([409, 'dossier.step_not_allowed']);
    const { award } = done.dossier.dossierLines[0];
    const batch = await must('tinh', 'GET', `award-batches/${award.batchId}`);
    expect(batch).toMatchObject({
      form: 'BANG_KHEN',
      decision: { number: '1234', symbol: 'QĐ-UBND' },
      conferringBodies: [{ code: 'UBND-A' }],
    });
    await settle(api.app);
    await must('tinh', 'GET', 'summaries?unit=TINH-A&from=2026-01-01&to=2026-12-31');
    await settle(api.app);
    const summary = await must('tinh', 'GET', 'summaries?unit=TINH-A&from=2026-01-01&to=2026-12-31');
    const shown = JSON.parse(JSON.stringify(summary)).awards ?? summary.summary?.awards;
    expect(shown.total).toMatchObject({ individuals: 1, collectives: 0 });
    expect(shown.lines[0]).toMatchObject({ form: 'BANG_KHEN', relation: 'OUTSIDE_BODY', individuals: 1 });
    expect(told(await block('TINH-A', '2026-05-01', '2026-06-30'))).toEqual([['BANG_KHEN', 'UBND-A', 2, 1]]);
    expect(told(await block('TINH-A', '2026-05-01', '2026-06-01'))).toEqual([['BANG_KHEN', 'UBND-A', 2, 0]]);
    expect(told(await block('TINH-A', '2026-05-01', '2026-06-30', '2026-05-31'))).toEqual([
      ['BANG_KHEN', 'UBND-A', 2, 0],
    ]);
    const behind = await snapshot(api.app.get(DataSource), async (q) => {
      const tree = api.app.get(UnitTree);
      const unitId = (await tree.idsOf(q, ['TINH-A'], { everywhere: true })).get('TINH-A') ?? 0;
      const question = {
        unitId,
        from: '2026-05-01',
        to: '2026-06-30',
        known: null,
        change: await tree.changeKnownOn(q, null),
        lens: 'as-was' as const,
      };
      const [row] = await api.app.get(ProposalBlock).block(q, question);
      return api.app.get(ProposalLineage).records(q, systemActor('test'), question, row?.key ?? '', { limit: 1 });
    });
    expect(behind.items.map((item) => [item.what, item.line?.name, item.awarded])).toEqual([
      ['LINE', 'Hồ Thị Minh Hoạ', true],
    ]);
    expect(behind.next).toBe(behind.items[0]?.line?.id);
  });

  test('what the register and the other dossiers say is a warning, confirmed with a reason', async () => {
    const dossier = await drafted('tinh', 'TINH-A', { outside: 'UBND-A' }, [
      { ...person('Hồ Thị Minh Hoạ'), unit: 'CS-A1' },
      { recipient: { personName: 'Lý Minh Hoạ', birthYear: 1970 }, form: 'CSTD_CO_SO' },
    ]);
    const codes = (view: DossierView) => view.dossierLines.map((line) => line.warnings.map((warning) => warning.code));
    expect(codes(dossier)).toEqual([
      ['nominations.same_form_same_year', 'nominations.same_achievement'],
      ['nominations.not_registered'],
    ]);
    await must('tinh', 'POST', 'title-registrations', {
      unit: 'TINH-A',
      recipient: { personName: 'Lý Minh Hoạ', birthYear: 1970 },
      form: 'CSTD_CO_SO',
      year: 2026,
      registeredOn: '2026-01-15',
    });
    const confirm = { code: 'nominations.same_achievement', why: 'Thành tích mới trong quý II' };
    await must('tinh', 'POST', `nominations/${dossier.dossierLines[0]!.id}/confirmations`, confirm);
    const later = await view('tinh', dossier.id);
    expect(codes(later)[1]).toEqual([]);
    expect(later.dossierLines[0]!.warnings[1]!.confirmed).toMatchObject({
      why: 'Thành tích mới trong quý II',
      by: 'tinh',
    });
    const twice = await call('tinh', 'POST', 'title-registrations', {
      unit: 'TINH-A',
      recipient: { personName: 'Lý Minh Hoạ', birthYear: 1970 },
      form: 'CSTD_CO_SO',
      year: 2026,
      registeredOn: '2026-01-16',
    });
    expect([twice.status, twice.body.code]).toEqual([409, 'nominations.already_registered']);
    await must('tinh', 'POST', `dossiers/${dossier.id}/submission`, { version: 1 });
    const other = await drafted('a1', 'CS-A1', { unit: 'TINH-A' }, [person('Hồ Thị Minh Hoạ', 1980, 'GIAY_KHEN')]);
    expect(codes(other)).toEqual([['nominations.open_elsewhere']]);
  });

  test('a nominee belongs to the proposing unit; a step out of turn and a strange form are refused', async () => {
    const { dossier } = await must('a1', 'POST', 'dossiers', { ...facts, unit: 'CS-A1', to: { unit: 'TINH-A' } });
    const add = (lines: object[]) => call('a1', 'POST', `dossiers/${dossier.id}/nominations`, { lines });
    expect((await add([{ recipient: { unit: 'CS-B1' }, form: 'GIAY_KHEN' }])).body.code).toBe('unit.not_found');
    expect((await add([{ recipient: { unit: 'CS-A1' }, form: 'KHONG_CO' }])).body.field).toBe('lines[0].form');
    expect((await add([{ recipient: { unit: 'CS-A1', household: 'x y' }, form: 'GIAY_KHEN' }])).body.code).toBe(
      'awards.recipient_unclear',
    );
    expect((await call('leader1', 'POST', `dossiers/${dossier.id}/submission`, { version: 1 })).body.code).toBe(
      'nominations.no_lines',
    );
    expect((await call('a1', 'POST', 'dossiers', { ...facts, unit: 'CS-A1', to: { unit: 'TINH-B' } })).body.code).toBe(
      'unit.not_found',
    );
    expect((await call('a1', 'POST', 'dossiers', { ...facts, unit: 'CS-A1', to: {} })).body.code).toBe(
      'nominations.asked_unclear',
    );
    expect((await call('a1', 'GET', 'dossiers?tab=mine&state=XYZ')).body.code).toBe('nominations.unknown_state');
    await must('a1', 'POST', `dossiers/${dossier.id}/withdrawal`, { version: 1, reason: 'Lập nhầm' });
    expect((await add([person('Ai đó')])).body.code).toBe('nominations.not_open');
  });
});
