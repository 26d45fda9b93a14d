import { PrepareService } from '@lib/commendations';
import { Recompute } from '@lib/figures';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import {
  closeSitting,
  decided,
  foundCouncil,
  nominate,
  openOffice,
  openSitting,
  paper,
  PASSED,
  planSitting,
  send,
  signature,
  type Office,
} from '../support/office.js';
import { settle } from '../support/settle.js';
import { DOCX } from '../support/upload.js';

const person = (name: string, birthYear: number, changes: object = {}) => ({
  recipient: { personName: name, birthYear, gender: 'FEMALE' },
  form: 'BANG_KHEN',
  type: 'MERIT',
  reason: `Thành tích của ${name}`,
  ...changes,
});
const UNIT = { recipient: { unit: 'CS-A1' }, form: 'BANG_KHEN', type: 'MERIT', reason: 'Thành tích của tập thể' };

/** From the council's word to the register. */
describe('a decision', () => {
  let api: TestApi;
  let office: Office;
  let council: number;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    api.clock.setTo('2026-11-12');
    office = await openOffice(api);
    council = (await foundCouncil(api, office)).id;
  });
  afterAll(() => api?.close());

  const as = (who: string, method: string, url: string, body?: object) =>
    api.inject(method, `/api/${url}`, { as: who, body });
  const refused = async (
    who: string,
    method: string,
    url: string,
    body?: object,
  ): Promise<[number, string, string | null]> => {
    const answer = await as(who, method, url, body);
    return [answer.status, answer.body.code, answer.body.details?.[0]?.field ?? null];
  };
  const view = (id: number, who = office.clerk): Promise<TestAnswer['body']> =>
    send(api, who, 'GET', `commendations/${id}`);
  const passed = async (lines: readonly object[]): Promise<number[]> => {
    const ids = await nominate(api, office, lines);
    const sitting = await planSitting(api, office, council, '2026-11-08', ids);
    await openSitting(api, office, sitting);
    await closeSitting(api, office, sitting, PASSED);
    return ids;
  };
  const award = (line: number | undefined, changes: object = {}) => ({ line, outcome: 'AWARD', ...changes });
  const draft = (lines: readonly object[], who = office.clerk): Promise<TestAnswer> =>
    as(who, 'POST', 'commendations', { unit: 'TINH-A', organ: 'BTV', title: 'Khen thưởng năm 2026', lines });
  const sign = async (id: number, version: number, number: string, changes: object = {}, who = office.clerk) =>
    as(who, 'POST', `commendations/${id}/signature`, { ...(await signature(api, who, number, changes)), version });
  const prepare = () => api.app.get(PrepareService).run();
  const issue = async (id: number): Promise<TestAnswer> =>
    as(office.clerk, 'POST', `commendations/${id}/issue`, { version: (await view(id)).version });

  it('writes the register with what the council passed and what it downgraded, and the summary counts and opens both', async () => {
    const ids = await nominate(api, office, [person('Trần Thị Bình', 1985), UNIT]);
    const sitting = await planSitting(api, office, council, '2026-11-08', ids);
    await openSitting(api, office, sitting);
    const { lines } = await send(api, office.secretary, 'GET', `sittings/${sitting}`);
    const vote = async (line: number | undefined, given: object) =>
      send(api, office.secretary, 'PUT', `sittings/${sitting}/lines/${line}/vote`, { ...given, version: 1 });
    await vote(ids[0], PASSED);
    await vote(ids[1], {
      votes: { for: 1, against: 3, blank: 0, written: 0 },
      outcome: 'DOWNGRADED',
      lower: { form: 'GIAY_KHEN', votes: { for: 4, against: 0, blank: 0, written: 0 } },
    });
    expect(lines).toHaveLength(2);
    const minutes = await send(api, office.secretary, 'PUT', `sittings/${sitting}/minutes`, {
      fileId: await paper(api, office.secretary),
    });
    await send(api, office.secretary, 'POST', `sittings/${sitting}/steps`, { step: 'close', version: minutes.version });

    const ready = (await send(api, office.clerk, 'GET', 'commendation-lines?unit=TINH-A')).items;
    expect(ready.map((one: { line: number; state: string }) => [one.line, one.state])).toEqual([
      [ids[1], 'DOWNGRADED'],
      [ids[0], 'RECOMMENDED'],
    ]);
    const { id, version } = await decided(api, office, [award(ids[0], { registerNumber: 'auto' }), award(ids[1])]);
    const signed = await sign(id, version, '87');
    expect([signed.status, signed.body.state]).toEqual([201, 'SIGNED']);
    expect((await issue(id)).body.code).toBe('commendation.step_not_allowed');
    expect([await prepare(), await prepare()]).toEqual([1, 0]);
    const prepared = await view(id);
    expect(prepared).toMatchObject({
      state: 'PREPARED',
      fingerprints: { list: expect.stringMatching(/^[0-9a-f]{64}$/), file: expect.stringMatching(/^[0-9a-f]{64}$/) },
      steps: [{ step: 'issue', name: 'Ban hành' }, { step: 'cancel' }],
    });
    const issued = await issue(id);
    expect([issued.status, issued.body.commendation.state]).toEqual([201, 'ISSUED']);
    expect((await issue(id)).body.code).toBe('commendation.step_not_allowed');

    const batches = (await send(api, office.clerk, 'GET', 'award-batches?unit=TINH-A')).items;
    expect(batches).toHaveLength(2);
    const [giay, bang] = await Promise.all(
      issued.body.commendation.lines.map(({ batch }: { batch: number }) =>
        send(api, office.clerk, 'GET', `award-batches/${batch}`),
      ),
    );
    expect(bang).toMatchObject({
      form: 'BANG_KHEN',
      type: 'MERIT',
      decision: { number: '87', symbol: 'QĐ-LĐLĐ', date: '2026-11-10' },
      conferringBodies: [{ code: 'TINH-A' }],
      proposing: { code: 'CS-A1' },
      lines: [
        {
          name: 'Trần Thị Bình',
          birthYear: 1985,
          unit: { code: 'CS-A1' },
          registerNumber: 1,
          reason: 'Thành tích của Trần Thị Bình',
        },
      ],
    });
    expect(giay).toMatchObject({
      form: 'GIAY_KHEN',
      decision: { number: '87' },
      lines: [{ recipientClass: 'COLLECTIVE', unit: { code: 'CS-A1' }, registerNumber: null }],
    });
    const states = await api.db.source.query(
      `SELECT state, to_form, award_batch_id FROM nomination_line WHERE id = ANY($1) ORDER BY id`,
      [ids],
    );
    expect(states).toEqual([
      { state: 'AWARDED', to_form: null, award_batch_id: bang.id },
      { state: 'AWARDED', to_form: 'GIAY_KHEN', award_batch_id: giay.id },
    ]);

    const question = 'unit=TINH-A&from=2026-01-01&to=2026-12-31';
    await as(office.leader, 'GET', `summaries?${question}`);
    await settle(api.app);
    const summary = await send(api, office.leader, 'GET', `summaries?${question}`);
    expect([summary.freshness, summary.awards.total]).toMatchObject(['FRESH', { collectives: 1, individuals: 1 }]);
    const records = await send(api, office.leader, 'GET', `summaries/records?${question}&block=awards`);
    expect(records.items.map(({ batchId }: { batchId: number }) => batchId).sort()).toEqual([giay.id, bang.id].sort());
    expect(await api.app.get(Recompute).verify()).toEqual({ ledger: 0, cells: 0 });
    const file = await as(office.leader, 'GET', `files/${bang.fileId}`);
    expect([file.status, file.headers['content-type']]).toEqual([200, 'application/pdf']);
  });

  it('needs a reason to differ from the council, and to decline; what has no council needs one that nobody has to read', async () => {
    const [line] = await passed([person('Lê Thị Dung', 1980)]);
    const tried = async (given: object): Promise<[number, string, string | null]> => {
      const answer = await draft([given]);
      return [answer.status, answer.body.code, answer.body.details?.[0]?.field ?? null];
    };
    const needed = [400, 'commendations.reason_needed', 'lines[0].reason'];
    expect(await tried({ line, outcome: 'DECLINE' })).toEqual(needed);
    expect(await tried(award(line, { form: 'GIAY_KHEN' }))).toEqual(needed);
    expect(await tried(award(line, { form: 'KHONG_CO' }))).toEqual([
      400,
      'commendations.unknown_form',
      'lines[0].form',
    ]);
    expect(await tried(award(line, { form: 'CO_THI_DUA_LDLD' }))).toEqual([
      400,
      'commendations.form_not_for_class',
      'lines[0].form',
    ]);
    expect(await tried(award(9_999))).toEqual([404, 'nomination.not_found', 'lines']);
    expect(await tried({ line, outcome: 'MAYBE' })).toEqual([400, 'input.not_allowed', 'lines[0].outcome']);
    expect((await draft([award(line), award(line)])).body.code).toBe('commendations.line_twice');
    const [eligible] = await nominate(api, office, [person('Vũ Văn Em', 1990)]);
    expect(await tried(award(eligible))).toEqual(needed);
    const [adHoc] = await nominate(api, office, [person('Đỗ Văn Phúc', 1991, { type: 'AD_HOC' })]);
    const made = await draft([
      { line, outcome: 'DECLINE', reason: 'Đang xem xét kỷ luật' },
      award(eligible, { reason: 'Hội đồng chưa kiện toàn' }),
      award(adHoc),
    ]);
    expect(made.status).toBe(201);
    expect(made.body.warnings.map(({ code }: { code: string }) => code)).toEqual(['commendations.without_council']);
    expect(made.body.commendation.lines.find((one: { line: number }) => one.line === line)).toMatchObject({
      differs: true,
      given: null,
    });
    expect((await draft([award(adHoc)])).body.code).toBe('commendations.line_in_another');
    const { id, version } = made.body.commendation;
    expect(await refused(office.clerk, 'POST', `commendations/${id}/cancellation`, { version })).toEqual([
      400,
      'commendations.reason_needed',
      'reason',
    ]);
    await send(api, office.clerk, 'POST', `commendations/${id}/cancellation`, { version, reason: 'Soạn lại' });
    expect((await draft([award(adHoc)])).status).toBe(201);
  });

  it('is not decided by whoever is in it, or proposed or appraised it, nor by the clerk', async () => {
    const me = await api.account('nguoi-duoc-khen', [['DECISION_MAKER', 'TINH-A']]);
    const mine = await send(api, office.secretary, 'POST', 'people', {
      name: 'Người Được Khen',
      birthYear: 1975,
      unit: 'CS-A1',
    });
    await api.db.source.query(`INSERT INTO account_person VALUES ($1, $2)`, [me, mine.id]);
    await api.account('tham-dinh-va-quyet', [
      ['APPRAISER', 'TINH-A'],
      ['DECISION_MAKER', 'TINH-A'],
    ]);
    const both = await api.signIn('tham-dinh-va-quyet');
    const [line] = await passed([{ ...person('', 0), recipient: { person: mine.id } }]);
    const drafted = (await draft([award(line)])).body.commendation;
    const decide = (who: string) =>
      refused(who, 'POST', `commendations/${drafted.id}/decision`, { version: drafted.version });
    expect(await decide(await api.signIn('nguoi-duoc-khen'))).toEqual([403, 'nominations.own_line', 'lines']);
    expect((await decide(office.clerk))[0]).toBe(404);
    const sitting = await planSitting(api, office, council, '2026-11-08', []);
    expect(sitting).toBeGreaterThan(0);
    const [appraised] = await nominate(api, { ...office, appraiser: both }, [
      person('Hồ Thị Giang', 1982, { type: 'AD_HOC' }),
    ]);
    const second = (await draft([award(appraised)])).body.commendation;
    expect(await refused(both, 'POST', `commendations/${second.id}/decision`, { version: second.version })).toEqual([
      403,
      'nominations.duties_not_separate',
      'lines',
    ]);
    expect(
      (await as(office.decider, 'POST', `commendations/${second.id}/decision`, { version: second.version })).status,
    ).toBe(201);
    expect(
      await refused(office.decider, 'POST', `commendations/${second.id}/decision`, { version: second.version }),
    ).toEqual([409, 'commendations.changed_meanwhile', 'version']);
    expect(
      await refused(office.decider, 'POST', `commendations/${second.id}/decision`, { version: second.version + 1 }),
    ).toEqual([409, 'commendation.step_not_allowed', null]);
  });

  it('is signed only under a number of its own, on a day that has come, with a PDF', async () => {
    const lines = await passed([person('Mai Thị Hạnh', 1983), person('Cao Văn Ích', 1984)]);
    const [one, two] = [await decided(api, office, [award(lines[0])]), await decided(api, office, [award(lines[1])])];
    const code = async (answer: Promise<TestAnswer>): Promise<[number, string]> => {
      const { status, body } = await answer;
      return [status, body.code];
    };
    const docx = await paper(api, office.clerk, 'quyet-dinh.docx', DOCX);
    expect(await code(sign(one.id, one.version, '90', { fileId: docx }))).toEqual([400, 'commendations.not_a_pdf']);
    expect(await code(sign(one.id, one.version, '90', { fileId: 9_999 }))).toEqual([404, 'file.not_found']);
    expect(await code(sign(one.id, one.version, '90', { day: '2026-11-13' }))).toEqual([
      400,
      'commendations.day_in_the_future',
    ]);
    expect(await code(sign(one.id, one.version, ' '))).toEqual([400, 'input.required']);
    expect(await code(sign(one.id, one.version, '87'))).toEqual([409, 'commendations.number_taken']);
    expect((await sign(one.id, 99, '90')).body.code).toBe('commendations.changed_meanwhile');
    expect((await as(office.decider, 'POST', `commendations/${one.id}/signature`, {})).status).toBe(404);

    // Two clerks, one number, at once.
    const both = await Promise.all([
      sign(one.id, one.version, '91'),
      sign(two.id, two.version, '91', {}, office.clerk2),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const late = both.find(({ status }) => status === 409);
    expect([late?.body.code, late?.body.message]).toEqual([
      'commendations.number_taken',
      expect.stringContaining('91/QĐ-LĐLĐ'),
    ]);
    const [loser, winner] = both[0]?.status === 409 ? [one, two] : [two, one];
    expect((await sign(loser.id, loser.version, '92')).status).toBe(201);

    // The fast lane keeps away from a number that is taken, also after the decision was cancelled.
    const fast = () =>
      as(office.clerk, 'POST', 'award-batches', {
        kind: 'AWARD',
        form: 'BANG_KHEN',
        unit: 'TINH-A',
        conferring: [{ unit: 'TINH-A' }],
        when: { from: '2026-11-10', to: '2026-11-10', basis: 'DECISION' },
        decision: { number: '91', symbol: 'QĐ-LĐLĐ', date: '2026-11-10' },
        stated: { individuals: 1 },
      });
    expect((await fast()).body.code).toBe('awards.decision_number_taken');
    const { version } = await view(winner.id);
    await send(api, office.clerk, 'POST', `commendations/${winner.id}/cancellation`, { version, reason: 'Ký nhầm' });
    expect((await fast()).body.code).toBe('awards.decision_number_taken');
    const freed = winner.id === one.id ? lines[0] : lines[1];
    expect((await api.db.source.query(`SELECT state FROM nomination_line WHERE id = $1`, [freed]))[0].state).toBe(
      'ELIGIBLE',
    );
    // What the council said is still known: no reason is needed to follow it.
    const again = await decided(api, office, [award(freed)]);
    expect((await sign(again.id, again.version, '91')).body.code).toBe('commendations.number_taken');
    expect((await sign(again.id, again.version, '93')).status).toBe(201);
  });

  it('changed by two people at once keeps the first change and tells the second; decided, it is a draft no more', async () => {
    const [line] = await passed([person('Ngô Thị Kim', 1987)]);
    const made = (await draft([award(line)])).body.commendation;
    const change = {
      organ: 'BCH',
      title: 'Khen thưởng đợt hai',
      lines: [award(line, { registerNumber: '500' })],
      version: made.version,
    };
    const changed = await as(office.decider, 'PUT', `commendations/${made.id}`, change);
    expect(changed.body.commendation).toMatchObject({
      organ: 'BCH',
      organName: 'Ban Chấp hành',
      title: 'Khen thưởng đợt hai',
      version: 2,
      lines: [{ registerNumber: '500' }],
    });
    expect(await refused(office.clerk, 'PUT', `commendations/${made.id}`, change)).toEqual([
      409,
      'commendations.changed_meanwhile',
      'version',
    ]);
    const minuted = await send(api, office.decider, 'PUT', `commendations/${made.id}/minutes`, {
      fileId: await paper(api, office.decider),
      version: 2,
    });
    expect(minuted.minutes.name).toBe('van-ban.pdf');
    await send(api, office.decider, 'POST', `commendations/${made.id}/decision`, { version: 3 });
    expect(await refused(office.clerk, 'PUT', `commendations/${made.id}`, { ...change, version: 4 })).toEqual([
      409,
      'commendations.not_a_draft',
      null,
    ]);
    const returned = await as(office.clerk, 'POST', `commendations/${made.id}/return`, {
      version: 4,
      reason: 'Sai tên',
    });
    expect([
      returned.status,
      returned.body.state,
      returned.body.history.map(({ name }: { name: string }) => name),
    ]).toEqual([201, 'DRAFT', ['Duyệt', 'Trả lại dự thảo']]);
  });

  it('refuses a list that changes after it was prepared', async () => {
    const [held] = await api.db.source.query(`SELECT id FROM commendation WHERE list IS NOT NULL LIMIT 1`);
    await expect(api.db.source.query(`UPDATE commendation SET list = '{}' WHERE id = $1`, [held.id])).rejects.toThrow(
      /never changes/,
    );
  });
});
