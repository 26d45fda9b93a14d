import { PrepareService } from '@lib/commendations';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import {
  closeSitting,
  decided,
  foundCouncil,
  nominate,
  openOffice,
  openSitting,
  paper,
  planSitting,
  send,
  signature,
  type Office,
} from '../support/office.js';

/** Nobody below learns what the council said before the decision is issued, whichever way is tried. */
describe('between the council and the day of issue', () => {
  let api: TestApi;
  let office: Office;
  let line: number;
  let dossier: number;
  let sitting: number;
  /** Words that tell the outcome. */
  const TELLS = /Giấy khen|GIAY_KHEN|Hội đồng|DOWNGRADED|downgrade|thấp hơn|DECIDED|Đã có trong quyết định/;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    office = await openOffice(api);
    await api.account('xem-cs', [['LEADERSHIP_VIEWER', 'CS-A1']]);
    await api.account('cap-duoi', [
      ['DECISION_MAKER', 'CS-A1'],
      ['COUNCIL_SECRETARY', 'CS-A1'],
      ['CLERK', 'CS-A1'],
    ]);
    [line = 0] = await nominate(api, office, [
      { recipient: { personName: 'Người được đề nghị', birthYear: 1980 }, form: 'BANG_KHEN', reason: 'Thành tích' },
    ]);
    dossier = (await send(api, office.proposer, 'GET', `nominations/${line}`)).line.dossierId;
    const council = await foundCouncil(api, office);
    sitting = await planSitting(api, office, council.id, '2026-11-01', [line]);
    await openSitting(api, office, sitting);
    await closeSitting(api, office, sitting, {
      votes: { for: 1, against: 3, blank: 0, written: 0 },
      outcome: 'DOWNGRADED',
      lower: { form: 'GIAY_KHEN', votes: { for: 4, against: 0, blank: 0, written: 0 } },
    });
  });
  afterAll(() => api?.close());

  const below = async (): Promise<string[]> => [
    office.proposer,
    await api.signIn('xem-cs'),
    await api.signIn('cap-duoi'),
  ];
  const ask = (as: string, url: string, method = 'GET', body?: object): Promise<TestAnswer> =>
    api.inject(method, `/api/${url}`, { as, ...(body ? { body } : {}) });

  /** Everything that the side below can open; what it finds that tells the outcome. */
  async function told({ tried = true } = {}): Promise<string[]> {
    const period = 'unit=CS-A1&from=2026-01-01&to=2026-12-31';
    const urls = [
      `nominations/${line}`,
      `dossiers/${dossier}`,
      'tasks',
      'notices',
      ...['mine', 'received', 'nominees'].flatMap((tab) => [
        `nominations?tab=${tab}`,
        `nominations?tab=${tab}&form=GIAY_KHEN`,
        ...['RECOMMENDED', 'DOWNGRADED', 'NOT_RECOMMENDED', 'DECIDED'].map(
          (state) => `nominations?tab=${tab}&state=${state}`,
        ),
        `dossiers?tab=${tab}`,
      ]),
      `summaries/proposals/records?${period}&key=BANG_KHEN%7Cu:2`.replace('%7C', '|'),
      'commendations',
      'commendation-lines?unit=TINH-A',
      'commendation-lines?unit=CS-A1',
      'sittings',
      `sittings/${sitting}`,
      'councils',
      'awards',
    ];
    const found: string[] = [];
    for (const as of await below())
      for (const url of urls) {
        const { status, text } = await ask(as, url);
        if (status >= 500 || (status < 400 && TELLS.test(text))) found.push(`${url}: ${text}`);
      }
    for (const state of ['RECOMMENDED', 'DOWNGRADED', 'NOT_RECOMMENDED', 'DECIDED'])
      for (const tab of ['mine', 'nominees']) {
        const { body } = await ask(office.proposer, `nominations?tab=${tab}&state=${state}`);
        if (body.items.length > 0) found.push(`filter ${state}`);
      }
    const { version } = (await send(api, office.appraiser, 'GET', `nominations/${line}`)).line;
    const { version: of } = await send(api, office.appraiser, 'GET', `dossiers/${dossier}`);
    const seen = { lineId: line, version };
    const tries: [string, string, object][] = [
      ['POST', `nominations/${line}/withdrawal`, { version, reason: 'Thử' }],
      ['PUT', `nominations/${line}`, { recipient: { personName: 'Ai' }, form: 'BANG_KHEN', version }],
      ['POST', `dossiers/${dossier}/resubmissions`, { lines: [seen] }],
      ['POST', `dossiers/${dossier}/taken-out`, { lines: [seen] }],
      ['POST', `dossiers/${dossier}/sent-back`, { lines: [seen], reason: 'Thử' }],
      ['POST', `dossiers/${dossier}/answers`, { lines: [{ ...seen, outcome: 'DECLINED', reason: 'Thử' }] }],
      ['POST', `dossiers/${dossier}/withdrawal`, { version: of, reason: 'Thử' }],
      ['POST', `nominations/${line}/confirmations`, { code: 'nominations.same_achievement', why: 'Thử' }],
    ];
    for (const [method, url, body] of tried ? tries : []) {
      const { status, text } = await ask(office.proposer, url, method, body);
      if (status < 400 || status >= 500 || TELLS.test(text)) found.push(`${method} ${url}: ${status} ${text}`);
    }
    return found;
  }

  test('the outcome of the council', async () => {
    expect(await told()).toEqual([]);
    expect((await send(api, office.appraiser, 'GET', `nominations/${line}`)).line.toForm).toBe('GIAY_KHEN');
  });

  test('the minutes', async () => {
    const { minutes } = await send(api, office.secretary, 'GET', `sittings/${sitting}`);
    expect(minutes.id).toBeGreaterThan(0);
    for (const as of [...(await below()), office.stranger])
      expect((await ask(as, `files/${minutes.id}`)).status).toBe(404);
    expect((await ask(office.member, `files/${minutes.id}`)).status).toBe(200);
  });

  test('the decision while it is drafted, decided, signed and prepared, and when it is cancelled after that', async () => {
    const { id, version } = await decided(api, office, [{ line, outcome: 'AWARD' }]);
    expect(await told()).toEqual([]);
    const signed = await send(api, office.clerk, 'POST', `commendations/${id}/signature`, {
      ...(await signature(api, office.clerk, '11')),
      version,
    });
    expect(await told()).toEqual([]);
    for (const as of [...(await below()), office.stranger]) {
      expect((await ask(as, `commendations/${id}`)).status).toBe(404);
      expect((await ask(as, `files/${signed.file.id}`)).status).toBe(404);
    }
    await api.app.get(PrepareService).run();
    expect(await told()).toEqual([]);
    const { version: now } = await send(api, office.clerk, 'GET', `commendations/${id}`);
    await send(api, office.clerk, 'POST', `commendations/${id}/cancellation`, { version: now, reason: 'Ghi nhầm' });
    // Set free, the line may be withdrawn again: only what can be read is asked.
    expect(await told({ tried: false })).toEqual([]);
  });

  test('what is passed on to the level above keeps the council’s word from those who proposed', async () => {
    await api.account('can-bo-tinh', [['UNION_OFFICER', 'TINH-A']]);
    const officer = await api.signIn('can-bo-tinh');
    const up = (
      await send(api, officer, 'POST', 'dossiers', { unit: 'TINH-A', to: { unit: 'TLD' }, year: 2026, title: 'Trình' })
    ).dossier;
    const { version } = (await send(api, office.appraiser, 'GET', `nominations/${line}`)).line;
    await send(api, officer, 'POST', `dossiers/${up.id}/composition`, { lines: [{ lineId: line, version }] });
    const drafted = await send(api, officer, 'GET', `dossiers/${up.id}`);
    expect(drafted.dossierLines[0].toForm).toBe('GIAY_KHEN');
    await send(api, officer, 'POST', `dossiers/${up.id}/submission`, { version: drafted.version });
    for (const as of await below()) {
      const { body, text } = await ask(as, `nominations/${line}`);
      expect([body.line.toForm, body.line.toFormName, TELLS.test(text)]).toEqual([null, null, false]);
    }
  });

  test('a paper of somebody who may not see the record is not there', async () => {
    const file = await paper(api, office.stranger);
    for (const as of [office.proposer, office.leader, office.clerk])
      expect((await ask(as, `files/${file}`)).status).toBe(404);
    const given = await ask(office.proposer, `dossiers/${dossier}/papers`, 'POST', { kind: 'KHAC', fileId: file });
    expect([given.status >= 400, given.status < 500]).toEqual([true, true]);
  });

  test('a paper that names a restricted nominee asks for clearance, whoever may read the rest', async () => {
    const { minutes } = await send(api, office.secretary, 'GET', `sittings/${sitting}`);
    const own = await paper(api, office.proposer);
    const first = (
      await send(api, office.proposer, 'POST', 'dossiers', {
        unit: 'CS-A1',
        to: { unit: 'TINH-A' },
        year: 2026,
        title: 'Có người hạn chế',
      })
    ).dossier;
    const { dossier: filled } = await send(api, office.proposer, 'POST', `dossiers/${first.id}/nominations`, {
      lines: [{ recipient: { personName: 'Người hạn chế', birthYear: 1970 }, form: 'GIAY_KHEN' }],
    });
    await send(api, office.proposer, 'POST', `dossiers/${first.id}/papers`, { kind: 'TO_TRINH', fileId: own });
    await send(api, office.proposer, 'POST', `dossiers/${first.id}/submission`, { version: filled.version });
    await api.db.source.query(`UPDATE nomination_line SET classification = 'RESTRICTED' WHERE id = ANY($1)`, [
      [line, filled.dossierLines[0].id],
    ]);
    expect((await ask(office.member, `files/${minutes.id}`)).status).toBe(404);
    expect((await ask(office.leader, `files/${own}`)).status).toBe(404);
    expect((await ask(office.appraiser, `files/${own}`)).status).toBe(200);
    expect((await ask(office.leader, `dossiers/${first.id}`)).body.dossierLines).toEqual([]);
  });
});
