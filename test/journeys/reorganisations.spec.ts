import { ScheduledDays } from '@lib/reorganisations';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

const YEAR = 'from=2026-01-01&to=2026-12-31';
const HALF = 'from=2026-01-01&to=2026-06-30';
const DECISION = { number: '60/QĐ-TLĐ', day: '2026-06-15', body: 'Tổng Liên đoàn' };

let api: TestApi;
let officer: string;
let leader: string;
let officerA: string;
let officerB: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2026-06-20');
  await smallTree(api.app);
  await api.account('can-bo-tld', [['UNION_OFFICER', 'TLD']]);
  await api.account('lanh-dao-tld', [['UNIT_LEADER', 'TLD']]);
  await api.account('can-bo-a', [
    ['UNION_OFFICER', 'TINH-A'],
    ['APPRAISER', 'TINH-A'],
  ]);
  await api.account('can-bo-b', [['UNION_OFFICER', 'TINH-B']]);
  await api.account('can-bo-a1', [['UNION_OFFICER', 'CS-A1']]);
  await on('2026-06-20');
});
afterAll(() => api?.close());

/** Sessions end overnight: whoever works on another day signs in again. */
async function on(day: string): Promise<void> {
  api.clock.setTo(day);
  officer = await api.signIn('can-bo-tld');
  leader = await api.signIn('lanh-dao-tld');
  officerA = await api.signIn('can-bo-a');
  officerB = await api.signIn('can-bo-b');
}

const ask = (as: string, method: string, url: string, body?: object): Promise<TestAnswer> =>
  api.inject(method, `/api/${url}`, { as, ...(body ? { body } : {}) });
async function must(as: string, method: string, url: string, body?: object): Promise<TestAnswer['body']> {
  const answer = await ask(as, method, url, body);
  if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}
const refused = ({ status, body }: TestAnswer): string => `${status} ${body.code}`;
const award = (unit: string, day: string, individuals: number) =>
  must(officer, 'POST', 'award-batches', {
    kind: 'AWARD',
    form: 'BANG_KHEN',
    unit,
    conferring: [{ unit: 'TLD' }],
    when: { from: day, to: day, basis: 'DECISION' },
    stated: { individuals },
  });
async function summary(unit: string, period: string, lens = 'as-was'): Promise<TestAnswer['body']> {
  const url = `summaries?unit=${unit}&${period}&lens=${lens}`;
  await ask(officer, 'GET', url);
  await settle(api.app);
  return must(officer, 'GET', url);
}
const individuals = async (unit: string, period: string, lens?: string): Promise<number> =>
  (await summary(unit, period, lens)).awards.total.individuals;
const merging = (over: object = {}) => ({
  title: 'Hợp nhất LĐLĐ tỉnh A và tỉnh B',
  kind: 'MERGE',
  from: '2026-07-01',
  decision: DECISION,
  units: ['TINH-A', 'TINH-B'],
  successors: [{ found: { code: 'TINH-AB', name: 'LĐLĐ tỉnh AB', level: 'PROVINCIAL_FEDERATION', parent: 'TLD' } }],
  ...over,
});

describe("a province's unions are merged", () => {
  let id: number;
  let version: number;
  let dossier: number;
  let agreement: number;
  const step = (as: string, what: string, body: object = {}) =>
    ask(as, 'POST', `reorganisations/${id}/${what}`, { version, ...body });

  beforeAll(async () => {
    await award('CS-A1', '2026-03-10', 3);
    await award('CS-B1', '2026-04-10', 2);
    const a1 = await api.signIn('can-bo-a1');
    const drafted = await must(a1, 'POST', 'dossiers', {
      unit: 'CS-A1',
      to: { unit: 'TINH-A' },
      year: 2026,
      title: 'Đề nghị khen thưởng sáu tháng',
    });
    dossier = drafted.dossier.id;
    const filled = await must(a1, 'POST', `dossiers/${dossier}/nominations`, {
      lines: [
        {
          recipient: { personName: 'Nguyễn Minh Hoạ', birthYear: 1980 },
          form: 'BANG_KHEN',
          type: 'MERIT',
          reason: 'x',
        },
      ],
    });
    await must(a1, 'POST', `dossiers/${dossier}/submission`, { version: filled.dossier.version });
    agreement = (
      await must(officerA, 'POST', 'agreements', {
        kind: 'AGREEMENT',
        unit: 'TINH-A',
        counterpart: 'Giám đốc Sở (minh hoạ)',
        year: 2026,
        title: 'Giao ước năm 2026',
        body: 'Nội dung',
      })
    ).id;
    for (const name of ['Trần Minh Hoạ', 'Lê Minh Hoạ'])
      await must(officerA, 'POST', 'people', { name, birthYear: 1985, unit: 'TINH-A' });
    // What a reorganisation learned of late restates: an honour of its first days.
    await on('2026-07-10');
    await award('CS-A1', '2026-07-05', 4);
    await settle(api.app);
  });

  it('is prepared by an officer above both, and by nobody of one of them', async () => {
    expect(refused(await ask(officerA, 'POST', 'reorganisations', merging()))).toBe('404 unit.not_found');
    const saved = await must(officer, 'POST', 'reorganisations', merging());
    id = saved.reorganisation.id;
    version = saved.reorganisation.version;
    expect(saved.reorganisation).toMatchObject({
      state: 'DRAFT',
      unit: { code: 'TLD' },
      units: [{ code: 'TINH-A' }, { code: 'TINH-B' }],
      ending: [{ code: 'TINH-A' }, { code: 'TINH-B' }],
      heirs: [{ code: 'TINH-AB' }, { code: 'TLD' }],
      may: ['edit', 'rehearse', 'decide', 'request', 'cancel'],
    });
    expect(refused(await ask(officerA, 'GET', `reorganisations/${id}`))).toBe('404 reorganisation.not_found');
  });

  it('is rehearsed: what moves, who gains and loses, what is open, which summaries change', async () => {
    const before = await individuals('TINH-A', YEAR);
    const rehearsal = await must(officer, 'POST', `reorganisations/${id}/rehearsal`);
    const change = (code: string) =>
      rehearsal.placements.items.find((one: { unit: { code: string } }) => one.unit.code === code);
    expect(change('CS-A1')).toMatchObject({
      change: 'MOVED',
      parentBefore: { code: 'TINH-A' },
      parentAfter: { code: 'TINH-AB' },
    });
    expect([change('TINH-A').change, change('TINH-AB').change]).toEqual(['ENDED', 'FOUNDED']);
    expect(rehearsal.accounts.items).toContainEqual(
      expect.objectContaining({
        name: 'can-bo-a',
        role: 'UNION_OFFICER',
        follows: true,
        unit: expect.objectContaining({ code: 'TINH-AB' }),
      }),
    );
    expect(
      rehearsal.openWork.map(({ kind, undecided }: { kind: string; undecided: number }) => [kind, undecided]),
    ).toEqual([
      ['DOSSIER', 1],
      ['AGREEMENT', 1],
    ]);
    expect(rehearsal.people).toMatchObject([
      { from: { code: 'TINH-A' }, to: { code: 'TINH-AB' }, count: 2 },
      { from: { code: 'TINH-B' }, count: 0 },
    ]);
    expect(rehearsal.asWas.items).toContainEqual(
      expect.objectContaining({
        unit: expect.objectContaining({ code: 'TINH-A' }),
        asked: true,
        before: { collectives: 0, individuals: before, prizes: 0 },
        after: { collectives: 0, individuals: before - 4, prizes: 0 },
      }),
    );
    const carried = rehearsal.asIs.items.find((one: { unit: { code: string } }) => one.unit.code === 'TINH-AB');
    expect([carried.before.individuals, carried.after.individuals]).toEqual([0, 9]);
    // Nothing of it was stored.
    expect(await individuals('TINH-A', YEAR)).toBe(before);
    expect(refused(await ask(officer, 'GET', 'units/TINH-AB'))).toBe('404 unit.not_found');
  });

  it('is refused while open work is undecided, with the number of each kind', async () => {
    const answer = await step(leader, 'application');
    expect(refused(answer)).toBe('409 reorganisations.open_work_undecided');
    expect(answer.body.details.map(({ field }: { field: string }) => field)).toEqual([
      'openWork.DOSSIER',
      'openWork.AGREEMENT',
    ]);
    expect(answer.body.details[0].message).toBe(
      'Còn 1 việc chưa có hướng xử lý: hồ sơ đề nghị khen thưởng. Chọn bàn giao hoặc kết thúc.',
    );
    expect(refused(await step(officer, 'application'))).toBe('404 route.not_found');
  });

  it('is decided, requested and applied; officers go on at the successor and read what was', async () => {
    const outcomes = [
      { kind: 'DOSSIER', items: [{ id: dossier, unit: 'TINH-A' }], outcome: 'HAND_OVER' },
      { kind: 'AGREEMENT', outcome: 'HAND_OVER', to: 'TINH-AB' },
    ];
    ({ version } = (
      await must(officer, 'PUT', `reorganisations/${id}/open-work`, { version, outcomes })
    ).reorganisation);
    expect((await must(officer, 'GET', `reorganisations/${id}/rehearsal`)).current).toBe(true);
    await must(officer, 'POST', `reorganisations/${id}/request`, { version });
    expect((await must(leader, 'GET', 'tasks?of=mine')).items).toContainEqual(
      expect.objectContaining({ kind: 'reorganisation.apply' }),
    );
    const half = await summary('TINH-A', HALF);
    const applied = await step(leader, 'application');
    expect(applied.status).toBe(200);
    expect(applied.body.reorganisation).toMatchObject({ state: 'APPLIED', may: ['reverse'], openWork: [] });
    version = applied.body.reorganisation.version;
    expect((await must(leader, 'GET', 'tasks?of=mine')).items).toEqual([]);

    officerB = await api.signIn('can-bo-b');
    expect(await must(officerB, 'GET', `reorganisations/${id}`)).toMatchObject({ may: [] });
    expect((await must(officerB, 'GET', 'units/CS-A1')).path.at(-2).code).toBe('TINH-AB');
    officerA = await api.signIn('can-bo-a');
    expect((await must(officerA, 'GET', `dossiers/${dossier}`)).asked.code).toBe('TINH-AB');
    expect((await must(officerA, 'GET', `agreements/${agreement}`)).unit.code).toBe('TINH-AB');
    expect((await must(officerA, 'GET', 'units/TINH-A')).validTo).toBe('2026-07-01');
    const members = await api.db.source.query(
      `SELECT u.code, count(*)::int AS n FROM person p JOIN unit u ON u.id = p.unit_id GROUP BY 1 ORDER BY 1`,
    );
    expect(members).toContainEqual({ code: 'TINH-AB', n: 2 });

    const { freshness: _a, asKnownOn: _b, ...was } = half;
    const { freshness: _c, asKnownOn: _d, ...is } = await summary('TINH-A', HALF);
    expect(is.awards).toEqual(was.awards);
    expect(await individuals('TINH-A', YEAR)).toBe(3);
    expect(await individuals('TINH-AB', YEAR)).toBe(4);
    expect(await individuals('TINH-AB', YEAR, 'as-is')).toBe(9);
  });

  it('is taken back by a counter-event, with all that followed from it', async () => {
    const reason = 'Nhầm đơn vị';
    const decision = { number: '61/QĐ-TLĐ', day: '2026-07-09' };
    const answer = await step(leader, 'reversal', { reason, decision });
    expect([answer.status, answer.body.reorganisation?.state]).toEqual([200, 'REVERSED']);
    expect(await individuals('TINH-A', YEAR)).toBe(7);
    officerA = await api.signIn('can-bo-a');
    expect((await must(officerA, 'GET', `dossiers/${dossier}`)).asked.code).toBe('TINH-A');
    expect((await must(officerA, 'GET', `agreements/${agreement}`)).unit.code).toBe('TINH-A');
    expect(
      (await must(officerA, 'GET', 'session')).account.grants.map(({ unit }: { unit: { code: string } }) => unit.code),
    ).toEqual(['TINH-A', 'TINH-A']);
    const kept = await api.db.source.query(`SELECT count(*)::int AS n FROM unit_event`);
    expect(kept).toEqual([{ n: 2 }]);
  });
});

describe('a scheduled one', () => {
  let id: number;
  const read = (): Promise<TestAnswer['body']> => must(officer, 'GET', `reorganisations/${id}`);

  beforeAll(async () => {
    await on('2026-08-01');
    const plan = merging({
      title: 'Nhập tỉnh B vào tỉnh A',
      from: '2026-09-01',
      units: ['TINH-B'],
      successors: [{ code: 'TINH-A' }],
    });
    id = (await must(officer, 'POST', 'reorganisations', plan)).reorganisation.id;
  });

  it('waits for its day, and stays with its reason where it is refused then', async () => {
    const { version } = await read();
    expect(refused(await ask(leader, 'POST', `reorganisations/${id}/application`, { version }))).toBe(
      '409 reorganisations.not_yet',
    );
    await must(leader, 'POST', `reorganisations/${id}/schedule`, { version });
    await must(officer, 'POST', `reorganisations/${id}/rehearsal`);
    // A bloc that was founded meanwhile is open work of the unit that ends.
    const bloc = {
      organiser: 'TLD',
      kind: 'BLOCK',
      number: 1,
      year: 2026,
      members: [{ unit: 'TINH-B', role: 'HEAD' }],
    };
    await must(officer, 'POST', 'blocs', bloc);
    expect(await api.app.get(ScheduledDays).run()).toBe(0);
    await on('2026-09-02');
    expect(await api.app.get(ScheduledDays).run()).toBe(0);
    expect(await api.app.get(ScheduledDays).run()).toBe(0);
    expect(await read()).toMatchObject({
      state: 'SCHEDULED',
      heldUp: expect.stringContaining('khối, cụm thi đua của năm'),
    });
    expect((await must(officer, 'GET', 'tasks?of=mine')).items).toContainEqual(
      expect.objectContaining({ kind: 'reorganisation.correct' }),
    );
  });

  it('is applied once by jobs that run at once, when what held it up is decided', async () => {
    const { version } = await read();
    const outcomes = [{ kind: 'BLOC', outcome: 'HAND_OVER' }];
    await must(officer, 'PUT', `reorganisations/${id}/open-work`, { version, outcomes });
    const days = api.app.get(ScheduledDays);
    const runs = await Promise.all([days.run(), days.run(), days.run()]);
    expect(runs.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await read()).toMatchObject({ state: 'APPLIED', heldUp: null });
    const [head] = await api.db.source.query(
      `SELECT u.code FROM bloc_member m JOIN unit u ON u.id = m.unit_id WHERE m.role = 'HEAD'`,
    );
    expect(head.code).toBe('TINH-A');
  });
});
