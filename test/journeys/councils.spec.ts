import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import {
  closeSitting,
  foundCouncil,
  nominate,
  openOffice,
  openSitting,
  paper,
  PASSED,
  planSitting,
  send,
  type Office,
} from '../support/office.js';
import { DOCX } from '../support/upload.js';

const DAY = '2026-11-05';
const PERSON = {
  recipient: { personName: 'Trần Thị Bình', birthYear: 1985, gender: 'FEMALE' },
  form: 'BANG_KHEN',
  type: 'MERIT',
  reason: 'Hoàn thành xuất sắc nhiệm vụ',
};

/** From a council to the closed sitting: membership, roll, votes held against the rule, minutes. */
describe('a council', () => {
  let api: TestApi;
  let office: Office;
  let council: TestAnswer['body'];

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    api.clock.setTo('2026-11-06');
    office = await openOffice(api);
    council = await foundCouncil(api, office);
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
  const sitting = (id: number): Promise<TestAnswer['body']> => send(api, office.secretary, 'GET', `sittings/${id}`);
  const open = async (lines: readonly object[]): Promise<{ id: number; lines: number[] }> => {
    const ids = await nominate(api, office, lines);
    const id = await planSitting(api, office, council.id, DAY, ids);
    await openSitting(api, office, id);
    return { id, lines: ids };
  };
  const vote = async (id: number, line: number, given: object): Promise<TestAnswer> => {
    const view = await sitting(id);
    const { version } = view.lines.find((one: { line: number }) => one.line === line);
    return as(office.secretary, 'PUT', `sittings/${id}/lines/${line}/vote`, { ...given, version });
  };
  const numbers = (yes: number, against = 0, blank = 0, written = 0) => ({ for: yes, against, blank, written });

  it('has one chair, nobody twice, and no account or person that its keeper cannot see', async () => {
    const facts = { unit: 'TINH-A', kind: 'BTV', name: 'Ban Thường vụ', validFrom: '2026-01-01' };
    const chair = { name: 'Chủ tịch', role: 'CHAIR' };
    const found = (members: object[], changes = {}) =>
      refused(office.secretary, 'POST', 'councils', { ...facts, ...changes, members });
    expect(await found([{ name: 'Ai đó', role: 'MEMBER' }])).toEqual([400, 'councils.one_chair', 'members']);
    expect(await found([chair, chair])).toEqual([400, 'councils.one_chair', 'members']);
    const twice = { name: 'Hai lần', role: 'MEMBER', account: office.memberAccount };
    expect(await found([chair, twice, twice])).toEqual([400, 'councils.member_twice', 'members[2].account']);
    expect(await found([chair, { ...twice, account: 999 }])).toEqual([400, 'account.not_found', 'members[1].account']);
    const stranger = await api.db.source.query(`SELECT id FROM account WHERE username = 'tinh-b'`);
    expect(await found([chair, { ...twice, account: stranger[0].id }])).toEqual([
      400,
      'account.not_found',
      'members[1].account',
    ]);
    expect(await found([chair, { name: 'Người lạ', role: 'MEMBER', person: 999 }])).toEqual([
      400,
      'person.not_found',
      'members[1].person',
    ]);
    expect(await found([chair], { validTo: '2025-01-01' })).toEqual([400, 'councils.ends_before_it_begins', 'validTo']);
    expect(await found([chair], { unit: 'TINH-B' })).toEqual([404, 'unit.not_found', 'unit']);
    expect(await found([{ ...chair, role: 'KING' }])).toMatchObject([400, 'input.not_allowed', 'members[0].role']);
  });

  it('changed by two people at once keeps the first change and tells the second', async () => {
    const made = await send(api, office.secretary, 'POST', 'councils', {
      unit: 'TINH-A',
      kind: 'BCH',
      name: 'Ban Chấp hành',
      validFrom: '2026-01-01',
      members: [
        { name: 'Chủ tịch', role: 'CHAIR' },
        { name: 'Ủy viên', role: 'MEMBER' },
      ],
    });
    const change = {
      name: 'Ban Chấp hành tỉnh A',
      validFrom: '2026-01-01',
      members: [{ ...made.members[0], name: 'Chủ tịch mới' }],
      version: made.version,
    };
    const changed = await send(api, office.secretary, 'PUT', `councils/${made.id}`, change);
    expect(changed).toMatchObject({
      name: 'Ban Chấp hành tỉnh A',
      members: [{ id: made.members[0].id, name: 'Chủ tịch mới' }],
      version: 2,
    });
    expect(await refused(office.secretary, 'PUT', `councils/${made.id}`, change)).toEqual([
      409,
      'councils.changed_meanwhile',
      'version',
    ]);
  });

  it('sits only within its term, not before the day, and with the members of the day it opened', async () => {
    expect(await refused(office.secretary, 'POST', 'sittings', { council: council.id, day: '2025-12-31' })).toEqual([
      400,
      'councils.outside_term',
      'day',
    ]);
    const later = await planSitting(api, office, council.id, '2026-11-20', []);
    expect(await refused(office.secretary, 'POST', `sittings/${later}/steps`, { step: 'open', version: 1 })).toEqual([
      409,
      'councils.sitting_not_yet',
      'step',
    ]);
    expect(await refused(office.secretary, 'POST', `sittings/${later}/steps`, { step: 'cancel', version: 1 })).toEqual([
      400,
      'councils.reason_needed',
      'reason',
    ]);
    expect(await refused(office.secretary, 'POST', `sittings/${later}/steps`, { step: 'close', version: 1 })).toEqual([
      409,
      'sitting.step_not_allowed',
      null,
    ]);
    const moved = await send(api, office.secretary, 'PUT', `sittings/${later}`, {
      day: DAY,
      place: 'Hội trường',
      version: 1,
    });
    expect(moved).toMatchObject({ day: DAY, place: 'Hội trường', members: [{ name: 'Chủ tịch A' }, {}, {}, {}] });
    await openSitting(api, office, later);
    expect(await refused(office.secretary, 'PUT', `sittings/${later}`, { day: DAY, version: 4 })).toEqual([
      409,
      'sitting.step_not_allowed',
      null,
    ]);
    const seats = (await sitting(later)).members.length;
    await send(api, office.secretary, 'PUT', `councils/${council.id}`, {
      name: council.name,
      validFrom: council.validFrom,
      version: council.version,
      members: [...council.members, { name: 'Ủy viên mới', role: 'MEMBER' }],
    });
    expect((await sitting(later)).members.length).toBe(seats);
    const fresh = await planSitting(api, office, council.id, DAY, []);
    expect((await sitting(fresh)).members.length).toBe(seats + 1);
    const [renewed] = (await send(api, office.secretary, 'GET', 'councils')).items.filter(
      (one: { id: number }) => one.id === council.id,
    );
    council = await send(api, office.secretary, 'PUT', `councils/${council.id}`, {
      ...pick(renewed),
      members: council.members,
    });
  });

  it('looks only at eligible lines that its own unit was asked for', async () => {
    const [line] = await nominate(api, office, [PERSON]);
    const id = await planSitting(api, office, council.id, DAY, []);
    const put = (lines: number[]) => refused(office.secretary, 'POST', `sittings/${id}/lines`, { lines });
    expect(await put([9_999])).toEqual([404, 'nomination.not_found', 'lines']);
    expect(await put([])).toMatchObject([400, 'input.too_few', 'lines']);
    expect(
      (await send(api, office.secretary, 'GET', `sittings/${id}/ready-lines`)).items.map(
        (one: { id: number }) => one.id,
      ),
    ).toContain(line);
    await send(api, office.secretary, 'POST', `sittings/${id}/lines`, { lines: [line] });
    expect(await put([line!])).toEqual([409, 'nomination.step_not_allowed', null]);
    const gone = await send(api, office.secretary, 'POST', `sittings/${id}/lines/${line}/removal`, {
      reason: 'Chưa đủ hồ sơ',
    });
    expect(gone.lines).toEqual([]);
    expect(
      await refused(office.secretary, 'POST', `sittings/${id}/lines/${line}/removal`, { reason: 'Lần nữa' }),
    ).toEqual([404, 'nomination.not_found', null]);
    await send(api, office.secretary, 'POST', `sittings/${id}/lines`, { lines: [line] });
    await send(api, office.secretary, 'POST', `sittings/${id}/steps`, { step: 'cancel', version: 1, reason: 'Hoãn' });
    expect((await send(api, office.secretary, 'GET', `nominations/${line}`)).line.state).toBe('ELIGIBLE');
  });

  it('holds outcomes against numbers: what cannot be is refused, what an unread rule says is a warning', async () => {
    const { id, lines } = await open([PERSON]);
    const [line] = lines;
    const seen = (await sitting(id)).lines[0];
    expect(seen.rule).toMatchObject({ verified: false, words: expect.stringContaining('hơn 50% tổng số thành viên') });
    const many = await vote(id, line!, { votes: numbers(5), outcome: 'RECOMMENDED' });
    expect([many.status, many.body.code, many.body.details[0].field]).toEqual([
      400,
      'councils.more_votes_than_voters',
      'votes.for',
    ]);
    const few = await vote(id, line!, { votes: numbers(2, 2), outcome: 'RECOMMENDED' });
    expect([few.status, few.body.warnings[0].code]).toEqual([200, 'councils.threshold_not_reached']);
    expect(few.body.warnings[0].message).toContain('chưa kiểm chứng');
    expect(
      await refused(office.secretary, 'PUT', `sittings/${id}/lines/${line}/vote`, { ...PASSED, version: 1 }),
    ).toEqual([409, 'councils.changed_meanwhile', 'version']);
    expect((await vote(id, line!, { votes: numbers(-1), outcome: 'RECOMMENDED' })).body.code).toBe('input.too_small');
    expect((await vote(id, line!, { votes: numbers(1), outcome: 'MAYBE' })).body.code).toBe('input.not_allowed');
    const lower = (form: string) => ({
      votes: numbers(1, 3),
      outcome: 'DOWNGRADED',
      lower: { form, votes: numbers(4) },
    });
    expect((await vote(id, line!, { votes: numbers(1, 3), outcome: 'DOWNGRADED' })).body.code).toBe(
      'councils.lower_form_needs_votes',
    );
    expect((await vote(id, line!, lower('BANG_KHEN'))).body.code).toBe('councils.lower_form_is_the_same');
    expect((await vote(id, line!, lower('KHONG_CO'))).body.code).toBe('councils.unknown_form');
    expect((await vote(id, line!, lower('CO_THI_DUA_LDLD'))).body.code).toBe('councils.form_not_for_class');
    expect((await vote(id, line!, lower('GIAY_KHEN'))).status).toBe(200);
  });

  it('is refused by a rule that somebody has read, of the day the dossier was received', async () => {
    const admin = await api.account('quan-tri', [['SYSTEM_ADMIN', 'TLD']]).then(() => api.signIn('quan-tri'));
    const rule = {
      code: 'KNC_THU',
      name: 'Kỷ niệm chương',
      validFrom: '2026-01-01',
      source: 'Quy chế thử',
      verified: true,
      forms: ['KY_NIEM_CHUONG'],
      body: 'COUNCIL',
      mode: 'MEETING',
      quorum: { parts: 2, of: 3 },
      threshold: { parts: 3, of: 4 },
      thresholdKind: 'AT_LEAST',
      base: 'TOTAL',
      mustIncludeChair: true,
      secret: true,
      absenteeWritten: true,
    };
    expect(
      (await as(admin, 'POST', 'rulebook/vote-rules', { ...rule, threshold: { parts: 5, of: 4 } })).body.code,
    ).toBe('rulebook.share_above_all');
    const made = await as(admin, 'POST', 'rulebook/vote-rules', rule);
    expect([made.status, made.body.quorum]).toEqual([201, { parts: 2, of: 3 }]);
    expect((await as(admin, 'POST', 'rulebook/vote-rules', rule)).body.code).toBe('rulebook.overlaps');
    expect((await as(office.secretary, 'POST', 'rulebook/vote-rules', rule)).status).toBe(404);
    const { id, lines } = await open([{ ...PERSON, form: 'KY_NIEM_CHUONG' }]);
    const [line] = lines;
    expect((await vote(id, line!, { votes: numbers(2, 2), outcome: 'RECOMMENDED' })).body.code).toBe(
      'councils.threshold_not_reached',
    );
    expect((await vote(id, line!, { votes: numbers(3, 1), outcome: 'NOT_RECOMMENDED' })).body.code).toBe(
      'councils.threshold_reached',
    );
    const exact = await vote(id, line!, { votes: numbers(3, 1), outcome: 'RECOMMENDED' });
    expect([exact.status, exact.body.warnings]).toEqual([200, []]);
    // Two of four are no quorum of two thirds, though both and a written ballot say yes.
    const { members, version } = await sitting(id);
    const presence = ['PRESENT', 'PRESENT', 'CONSULTED', 'ABSENT'];
    const roll = {
      members: members.map(({ member }: { member: number }, place: number) => ({ member, presence: presence[place] })),
      version,
    };
    const after = await send(api, office.secretary, 'PUT', `sittings/${id}/presence`, roll);
    expect([after.attendance, after.lines[0].vote.outcome]).toMatchObject([
      { total: 4, present: 2, consulted: 1 },
      null,
    ]);
    expect(await refused(office.secretary, 'PUT', `sittings/${id}/presence`, roll)).toEqual([
      409,
      'councils.changed_meanwhile',
      'version',
    ]);
    expect((await vote(id, line!, { votes: numbers(3, 0, 0, 1), outcome: 'RECOMMENDED' })).body.code).toBe(
      'councils.quorum_not_met',
    );
    const ended = await as(admin, 'PUT', `rulebook/vote-rules/${made.body.id}/end`, {
      validTo: '2026-11-06',
      reason: 'Thử xong',
    });
    expect([ended.status, ended.body.validTo]).toEqual([200, '2026-11-06']);
  });

  it('finds who is tied to a line: the nominee abstains, others are a notice', async () => {
    const person = await send(api, office.secretary, 'POST', 'people', {
      name: 'Lê Văn Ủy Viên',
      birthYear: 1970,
      unit: 'CS-A1',
    });
    const proposer = await api.db.source.query(`SELECT id FROM account WHERE username = 'de-nghi'`);
    const tied = await send(api, office.secretary, 'POST', 'councils', {
      unit: 'TINH-A',
      kind: 'COUNCIL',
      name: 'Hội đồng có người liên quan',
      validFrom: '2026-01-01',
      members: [
        { name: 'Chủ tịch', role: 'CHAIR' },
        { name: 'Lê Văn Ủy Viên', role: 'MEMBER', person: person.id },
        { name: 'Người đề nghị', role: 'MEMBER', account: proposer[0].id },
      ],
    });
    const lines = await nominate(api, office, [PERSON, { ...PERSON, recipient: { person: person.id } }]);
    const id = await planSitting(api, office, tied.id, DAY, lines);
    await openSitting(api, office, id);
    const seen = (await sitting(id)).lines as {
      line: number;
      conflicts: { name: string; tie: string }[];
      recused: number[];
    }[];
    const of = (line: number | undefined) => seen.find((one) => one.line === line);
    expect(of(lines[0])?.conflicts.map(({ name, tie }) => [name, tie])).toEqual([
      ['Lê Văn Ủy Viên', 'SAME_UNION'],
      ['Người đề nghị', 'NOMINATOR'],
    ]);
    expect(of(lines[0])?.recused).toEqual([]);
    expect(of(lines[1])?.conflicts[0]).toMatchObject({ tie: 'NOMINEE' });
    expect(of(lines[1])?.recused).toHaveLength(1);
    expect((await vote(id, lines[1]!, { votes: numbers(3), outcome: 'RECOMMENDED' })).body.code).toBe(
      'councils.more_votes_than_voters',
    );
    const [, , other] = (await sitting(id)).members;
    const declared = await vote(id, lines[1]!, { votes: numbers(2), outcome: 'RECOMMENDED', recused: [other.member] });
    expect(declared.body.code).toBe('councils.more_votes_than_voters');
    expect((await vote(id, lines[1]!, { votes: numbers(1), outcome: 'RECOMMENDED', recused: [9_999] })).body.code).toBe(
      'council_member.not_found',
    );
    expect((await vote(id, lines[1]!, { votes: numbers(2), outcome: 'RECOMMENDED' })).status).toBe(200);
  });

  it('is not kept, for a line, by whoever proposed it', async () => {
    await api.account('kiem-nhiem', [
      ['UNION_OFFICER', 'CS-A1'],
      ['COUNCIL_SECRETARY', 'TINH-A'],
    ]);
    const both = await api.signIn('kiem-nhiem');
    const [line] = await nominate(api, { ...office, proposer: both }, [PERSON]);
    const id = await planSitting(api, office, council.id, DAY, []);
    expect(await refused(both, 'POST', `sittings/${id}/lines`, { lines: [line] })).toEqual([
      403,
      'nominations.duties_not_separate',
      'lines',
    ]);
    await send(api, office.secretary, 'POST', `sittings/${id}/lines`, { lines: [line] });
    await openSitting(api, office, id);
    expect(await refused(both, 'PUT', `sittings/${id}/lines/${line}/vote`, { ...PASSED, version: 1 })).toEqual([
      403,
      'nominations.duties_not_separate',
      'lines',
    ]);
  });

  it('closes with an outcome for every line and with minutes, and its lines then wait for the decision', async () => {
    const { id, lines } = await open([
      PERSON,
      { ...PERSON, recipient: { personName: 'Phạm Văn Cường', birthYear: 1979 } },
    ]);
    const close = async () =>
      refused(office.secretary, 'POST', `sittings/${id}/steps`, {
        step: 'close',
        version: (await sitting(id)).version,
      });
    expect(await close()).toEqual([400, 'councils.lines_without_outcome', 'lines']);
    await vote(id, lines[0]!, PASSED);
    await vote(id, lines[1]!, {
      votes: numbers(1, 3),
      outcome: 'DOWNGRADED',
      lower: { form: 'GIAY_KHEN', votes: numbers(4) },
    });
    expect(await close()).toEqual([400, 'councils.minutes_needed', 'minutes']);
    const picture = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const minutes = (fileId: number) => as(office.secretary, 'PUT', `sittings/${id}/minutes`, { fileId });
    expect((await minutes(await paper(api, office.secretary, 'anh.png', picture))).body.code).toBe(
      'councils.minutes_not_a_document',
    );
    expect((await minutes(9_999)).status).toBe(404);
    expect((await minutes(await paper(api, office.secretary, 'bien-ban.docx', DOCX))).status).toBe(200);
    const { version } = await sitting(id);
    const closed = await send(api, office.secretary, 'POST', `sittings/${id}/steps`, { step: 'close', version });
    expect(closed).toMatchObject({ state: 'CLOSED', steps: [], lineCount: 2, votedCount: 2 });
    expect(closed.history.map(({ name }: { name: string }) => name)).toEqual(['Khai mạc', 'Kết thúc phiên']);
    const states = await api.db.source.query(
      `SELECT state, to_form FROM nomination_line WHERE id = ANY($1) ORDER BY id`,
      [lines],
    );
    expect(states).toEqual([
      { state: 'RECOMMENDED', to_form: null },
      { state: 'DOWNGRADED', to_form: 'GIAY_KHEN' },
    ]);
    const tasks = await api.db.source.query(
      `SELECT key, closed_at IS NULL AS open FROM desk_task WHERE key IN ($1, $2) ORDER BY key`,
      [`commendation.gather:${id}`, `sitting.hold:${id}`],
    );
    expect(tasks).toEqual([
      { key: `commendation.gather:${id}`, open: true },
      { key: `sitting.hold:${id}`, open: false },
    ]);
    expect(await refused(office.secretary, 'PUT', `sittings/${id}/minutes`, { fileId: closed.minutes.id })).toEqual([
      409,
      'sitting.step_not_allowed',
      null,
    ]);
  });

  it('stores nothing that ties a ballot to a member', async () => {
    const columns = await api.db.source.query(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_name IN ('sitting_line', 'sitting_member')`,
    );
    const names = columns.map(({ name }: { name: string }) => name);
    expect(
      names.filter((name: string) => name.startsWith('sitting_member') && /vote|ballot|for$|against|blank/.test(name)),
    ).toEqual([]);
    const audited = await api.db.source.query(`SELECT data FROM audit WHERE action = 'sitting.vote' LIMIT 1`);
    expect(Object.keys(audited[0].data).sort()).toEqual(['line', 'outcome']);
  });

  it('is closed whole by the short way that other stories take', async () => {
    const { id } = await open([PERSON]);
    await closeSitting(api, office, id, PASSED);
    expect((await sitting(id)).state).toBe('CLOSED');
  });
});

/** What a change of a council sends of its view. */
function pick({ name, validFrom, version }: { name: string; validFrom: string; version: number }): object {
  return { name, validFrom, version };
}
