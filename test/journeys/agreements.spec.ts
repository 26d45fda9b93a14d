import { DataSource } from 'typeorm';
import { AgreementBlock, AgreementLineage, AgreementOpenWork, type AgreementFigures } from '@lib/agreements';
import { systemActor, type Day } from '@lib/kernel';
import { reader, rehearse } from '@lib/platform';
import { UnitsService, UnitTree } from '@lib/units';
import { testApi, type TestApi } from '../support/api.js';
import { smallTree } from '../support/tree.js';
import { DOCX, PDF, uploadFile } from '../support/upload.js';

let api: TestApi;
let officer: string;
let head: string;
let first: string;
let second: string;
let bloc: number;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2022-03-01');
  await smallTree(api.app);
  await api.app
    .get(UnitsService)
    .create(systemActor('test'), { code: 'CS-A3', name: 'CĐCS A3', level: 'GRASSROOTS_UNION', parent: 'TINH-A' });
  await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
  await api.account('khoi-truong', [['BLOC_HEAD', 'CS-A1']]);
  await api.account('lanh-dao-1', [
    ['UNIT_LEADER', 'CS-A1'],
    ['UNION_OFFICER', 'CS-A1'],
  ]);
  await api.account('lanh-dao-2', [
    ['UNIT_LEADER', 'CS-A2'],
    ['UNION_OFFICER', 'CS-A2'],
  ]);
  await on('2022-03-01');
  const members = [{ unit: 'CS-A1', role: 'HEAD' }, { unit: 'CS-A2' }, { unit: 'CS-A3' }];
  const created = await send('POST', '/blocs', officer, {
    organiser: 'TINH-A',
    kind: 'BLOCK',
    number: 4,
    year: 2022,
    members,
  });
  bloc = created.body.id;
});
afterAll(() => api?.close());

/** Sessions end overnight: whoever works on another day signs in again. */
async function on(day: Day): Promise<void> {
  api.clock.setTo(day);
  officer = await api.signIn('can-bo');
  head = await api.signIn('khoi-truong');
  first = await api.signIn('lanh-dao-1');
  second = await api.signIn('lanh-dao-2');
}

const send = (method: string, path: string, as: string, body?: unknown) =>
  api.inject(method, `/api${path}`, { as, ...(body === undefined ? {} : { body }) });
const draft = (over: object = {}, as = head) =>
  send('POST', '/agreements', as, { kind: 'AGREEMENT', bloc, title: 'Giao ước năm 2022', body: 'Nội dung', ...over });
const step = (id: number, name: string, as = head, reason?: string) =>
  send('POST', `/agreements/${id}/steps`, as, { step: name, ...(reason ? { reason } : {}) });
const scan = async (as: string) => (await uploadFile(api, as, 'ban-ky.pdf', PDF)).body.id as number;
const confirm = (id: number, as: string, unit: string, over: object = {}) =>
  send('POST', `/agreements/${id}/confirmations`, as, {
    unit,
    text: 1,
    signerName: 'Người Ký Minh Hoạ',
    signerPost: 'Chủ tịch',
    day: '2022-03-25',
    ...over,
  });
const said = ({ status, body }: { status: number; body: { code?: string; field?: string | null } }) => [
  status,
  body.code,
  body.field,
];

async function figures(
  unit: string,
  to: Day,
  known: Day | null = null,
  from: Day = '2022-01-01',
): Promise<AgreementFigures> {
  const q = reader(api.db.source);
  const tree = api.app.get(UnitTree);
  const unitId = await tree.idOf(q, unit, { everywhere: true });
  const question = { unitId, from, to, known, change: await tree.changeKnownOn(q, known), lens: 'as-was' as const };
  return api.app.get(AgreementBlock).block(q, question);
}
const tasks = async (like: string) =>
  api.db.source.query<{ key: string; code: string; due: Day | null }[]>(
    `SELECT t.key, u.code, t.due FROM desk_task t JOIN unit u ON u.id = t.unit_id WHERE t.key LIKE $1 AND t.closed_at IS NULL ORDER BY u.code, t.key`,
    [`${like}%`],
  );

describe('a work programme', () => {
  it('is presented by the head, discussed, rewritten, adopted and carried out without signing', async () => {
    const created = await draft({ kind: 'PROGRAMME', title: 'Chương trình công tác', opinionsDue: '2022-03-10' });
    expect([created.status, created.body.state, created.body.steps.map((one: { step: string }) => one.step)]).toEqual([
      201,
      'DRAFT',
      ['open_discussion', 'cancel'],
    ]);
    const { id } = created.body;
    await step(id, 'open_discussion');
    expect((await tasks('agreement.opinion')).map(({ code, due }) => [code, due])).toEqual([
      ['CS-A1', '2022-03-10'],
      ['CS-A2', '2022-03-10'],
      ['CS-A3', '2022-03-10'],
    ]);
    const opined = await send('POST', `/agreements/${id}/opinions`, second, {
      unit: 'CS-A2',
      text: 1,
      body: 'Nêu rõ hạn',
    });
    expect(opined.body.opinions).toMatchObject([{ unit: { code: 'CS-A2' }, taken: null, enteredFor: false }]);
    expect(await tasks('agreement.opinion')).toHaveLength(2);
    const [opinion] = opined.body.opinions;
    const answer = { taken: true, answer: 'Đã bổ sung' };
    const notMine = await send('PUT', `/agreements/${id}/opinions/${opinion.id}/answer`, second, answer);
    expect(notMine.status).toBe(404);
    const answered = await send('PUT', `/agreements/${id}/opinions/${opinion.id}/answer`, head, answer);
    expect(answered.body.opinions[0]).toMatchObject({ taken: true, answer: 'Đã bổ sung', answeredBy: 'khoi-truong' });

    expect(said(await step(id, 'revise'))).toEqual([400, 'agreements.reason_required', 'reason']);
    const back = await step(id, 'revise', head, 'Tiếp thu ý kiến');
    expect(await tasks('agreement.opinion')).toEqual([]);
    const text = { title: 'Chương trình công tác', body: 'Bản hai', version: back.body.version };
    const rewritten = await send('POST', `/agreements/${id}/texts`, head, text);
    expect(rewritten.body.texts.map((one: { number: number; body: string }) => [one.number, one.body])).toEqual([
      [2, 'Bản hai'],
      [1, 'Nội dung'],
    ]);
    expect(said(await send('POST', `/agreements/${id}/texts`, head, text))).toEqual([
      409,
      'agreements.changed_meanwhile',
      'version',
    ]);
    await step(id, 'open_discussion');
    const old = await send('POST', `/agreements/${id}/opinions`, second, { unit: 'CS-A2', text: 1, body: 'Về bản cũ' });
    expect(said(old)).toEqual([409, 'agreements.another_text', 'text']);
    await step(id, 'adopt');
    expect(said(await step(id, 'start_signing'))).toEqual([400, 'agreements.step_of_other_kind', 'step']);
    const inForce = await step(id, 'carry_out');
    expect(inForce.body).toMatchObject({ state: 'IN_FORCE', stateName: 'Đang thực hiện' });
    expect(inForce.body.history.map((one: { name: string; by: string }) => one.name)).toEqual([
      'Đưa ra lấy ý kiến',
      'Soạn lại bản mới',
      'Đưa ra lấy ý kiến',
      'Thông qua',
      'Triển khai thực hiện',
    ]);
    expect(said(await step(id, 'cancel', head, 'Thôi'))).toEqual([409, 'agreement.step_not_allowed', null]);
  });
});

describe('an agreement', () => {
  let id: number;
  const commitments: Record<string, number> = {};

  it('is drafted with commitments of all members and of one', async () => {
    const created = await draft({ signBy: '2022-03-25' });
    ({ id } = created.body);
    let { version } = created.body;
    const add = async (line: object) => {
      const answer = await send('POST', `/agreements/${id}/commitments`, head, { version, category: 'CARE', ...line });
      if (answer.status === 201) ({ version } = answer.body);
      return answer;
    };
    await add({ content: 'Thăm hỏi đoàn viên', deadline: '2022-06-30', addressees: ['MEMBERS'] });
    await add({ content: 'Tập huấn', owner: 'CS-A1', category: 'PROPAGANDA', deadline: '2022-09-30' });
    const last = await add({
      content: 'Tham gia phong trào',
      owner: 'CS-A2',
      campaign: 'VI-LOI-ICH',
      category: 'CAMPAIGN',
    });
    for (const line of last.body.commitments) commitments[line.content] = line.id;
    expect(
      last.body.commitments.map((one: { ofAll: boolean; units: unknown[] }) => [one.ofAll, one.units.length]),
    ).toEqual([
      [true, 3],
      [false, 1],
      [false, 1],
    ]);
    expect(said(await add({ content: 'Của đơn vị khác', owner: 'CS-B1' }))).toEqual([
      400,
      'agreements.owner_not_a_member',
      'owner',
    ]);
    version = 1;
    expect(said(await add({ content: 'Bản cũ' }))).toEqual([409, 'agreements.changed_meanwhile', 'version']);
  });

  it('is signed only once it is adopted, in the version adopted, by those who may', async () => {
    const file = await scan(first);
    expect(said(await confirm(id, first, 'CS-A1', { fileId: file }))).toEqual([
      409,
      'agreements.not_open_to_sign',
      null,
    ]);
    await step(id, 'open_discussion');
    await step(id, 'adopt');
    expect(said(await step(id, 'carry_out'))).toEqual([400, 'agreements.step_of_other_kind', 'step']);
    await step(id, 'start_signing');
    expect((await tasks('agreement.confirm')).map(({ code, due }) => [code, due])).toEqual([
      ['CS-A1', '2022-03-25'],
      ['CS-A2', '2022-03-25'],
      ['CS-A3', '2022-03-25'],
    ]);
    await on('2022-03-25');
    expect(said(await confirm(id, first, 'CS-A2', { fileId: file }))).toEqual([404, 'unit.not_found', 'unit']);
    expect(said(await confirm(id, first, 'CS-A1'))).toEqual([400, 'agreements.scan_required', 'fileId']);
    expect(said(await confirm(id, first, 'CS-A1', { fileId: file, text: 2 }))).toEqual([
      409,
      'agreements.another_text',
      'text',
    ]);
    expect(said(await confirm(id, first, 'CS-A1', { fileId: file, day: '2022-03-26' }))).toEqual([
      400,
      'agreements.day_in_the_future',
      'day',
    ]);
    const word = (await uploadFile(api, first, 'ban-ky.docx', DOCX)).body.id;
    expect(said(await confirm(id, first, 'CS-A1', { fileId: word }))).toEqual([
      400,
      'agreements.scan_not_paper',
      'fileId',
    ]);
    const others = await scan(second);
    expect(said(await confirm(id, first, 'CS-A1', { fileId: others }))).toEqual([404, 'file.not_found', 'fileId']);
    const confirmed = await confirm(id, first, 'CS-A1', { fileId: file });
    expect(confirmed.body.memberUnits[0]).toMatchObject({
      unit: { code: 'CS-A1' },
      late: false,
      confirmation: { signerName: 'Người Ký Minh Hoạ', fileId: file, enteredFor: false, recordedBy: 'lanh-dao-1' },
    });
    expect((await tasks('agreement.confirm')).map(({ code }) => code)).toEqual(['CS-A2', 'CS-A3']);
    expect((await send('GET', `/files/${file}`, second)).status).toBe(200);
  });

  it('waits for every member: late ones are seen, one is excused with a reason, a missing scan holds it up', async () => {
    expect(said(await step(id, 'put_in_force'))).toEqual([409, 'agreements.not_all_signed', null]);
    await on('2022-04-02');
    const seen = await send('GET', `/agreements/${id}`, officer);
    expect(seen.body.memberUnits.map((one: { late: boolean }) => one.late)).toEqual([false, true, true]);
    await api.account('lanh-dao-tinh', [['UNIT_LEADER', 'TINH-A']]);
    const above = await api.signIn('lanh-dao-tinh');
    expect(said(await confirm(id, above, 'CS-A2', { day: '2022-04-01' }))).toEqual([
      400,
      'agreements.scan_required',
      'source',
    ]);
    const entered = await confirm(id, above, 'CS-A2', { day: '2022-04-01', source: 'Bản giấy lưu tại khối' });
    expect(entered.body.memberUnits[1]).toMatchObject({
      late: true,
      confirmation: { fileId: null, enteredFor: true, source: 'Bản giấy lưu tại khối' },
    });
    expect(said(await step(id, 'put_in_force'))).toEqual([409, 'agreements.not_all_signed', null]);
    expect(said(await confirm(id, second, 'CS-A2', { day: '2022-04-01', fileId: await scan(second) }))).toEqual([
      400,
      'agreements.reason_required',
      'reason',
    ]);
    const completed = await confirm(id, second, 'CS-A2', {
      day: '2022-04-01',
      fileId: await scan(second),
      reason: 'Kèm bản ký',
    });
    expect(completed.body.memberUnits[1].earlier).toHaveLength(1);
    expect((await send('GET', `/agreements/${id}`, head)).body.steps.map((one: { step: string }) => one.step)).toEqual([
      'cancel',
    ]);
    const notLeading = await send('POST', `/agreements/${id}/excuses`, second, { unit: 'CS-A3', reason: 'Giải thể' });
    expect(notLeading.status).toBe(404);
    const excused = await send('POST', `/agreements/${id}/excuses`, head, {
      unit: 'CS-A3',
      reason: 'Đang sắp xếp lại',
    });
    expect(excused.body.memberUnits[2]).toMatchObject({ late: false, excused: { reason: 'Đang sắp xếp lại' } });
    expect(excused.body.steps.map((one: { step: string }) => one.step)).toEqual(['put_in_force', 'cancel']);
    expect((await tasks('agreement.force')).map(({ code }) => code)).toEqual(['CS-A1']);
    const inForce = await step(id, 'put_in_force');
    expect(inForce.body.state).toBe('IN_FORCE');
    expect((await tasks('agreement.commitment')).map(({ code, due }) => [code, due])).toEqual([
      ['CS-A1', '2022-06-30'],
      ['CS-A1', '2022-09-30'],
      ['CS-A2', '2022-06-30'],
    ]);
  });

  const line = (name: string, path: string) => `/agreements/${id}/commitments/${commitments[name]}/${path}`;

  it('is carried out: progress, outcomes, and what is overdue', async () => {
    await on('2022-06-20');
    const progress = { unit: 'CS-A1', day: '2022-06-15', body: 'Đã thăm 12 gia đình', value: 12 };
    const reported = await send('POST', line('Thăm hỏi đoàn viên', 'progress'), first, progress);
    expect(reported.body.commitments[0].units[0].progress).toMatchObject([{ body: 'Đã thăm 12 gia đình', value: 12 }]);
    expect((await send('POST', line('Thăm hỏi đoàn viên', 'progress'), second, progress)).status).toBe(404);
    const kept = { unit: 'CS-A1', outcome: 'KEPT', day: '2022-06-20' };
    expect((await send('POST', line('Thăm hỏi đoàn viên', 'outcomes'), first, kept)).status).toBe(201);
    expect(said(await send('POST', line('Tập huấn', 'outcomes'), second, { ...kept, unit: 'CS-A2' }))).toEqual([
      400,
      'agreements.not_the_owner',
      'unit',
    ]);
    expect(
      said(
        await send('POST', line('Tham gia phong trào', 'outcomes'), second, {
          unit: 'CS-A2',
          outcome: 'BROKEN',
          day: '2022-06-20',
        }),
      ),
    ).toEqual([400, 'agreements.reason_required', 'reason']);
    await on('2022-12-10');
    const broken = { unit: 'CS-A2', outcome: 'BROKEN', day: '2022-12-01', reason: 'Không bố trí được kinh phí' };
    const ended = await send('POST', line('Tham gia phong trào', 'outcomes'), second, broken);
    expect(
      ended.body.commitments.map((one: { units: { standing: string }[] }) => one.units.map(({ standing }) => standing)),
    ).toEqual([['KEPT', 'OVERDUE'], ['OVERDUE'], ['BROKEN']]);
    expect((await tasks('agreement.commitment')).map(({ code }) => code)).toEqual(['CS-A1', 'CS-A2']);
  });

  it('gives summaries its numbers, per unit, per day and as known on an earlier day', async () => {
    const none = { kept: 0, running: 0, overdue: 0, broken: 0, ended: 0 };
    expect(await figures('TINH-A', '2022-03-24')).toEqual({ signed: 0, members: 3, late: 0, commitments: none });
    expect(await figures('TINH-A', '2022-03-31')).toEqual({
      signed: 1,
      members: 3,
      late: 1,
      commitments: { ...none, running: 2 },
    });
    expect(await figures('TINH-A', '2022-06-30')).toEqual({
      signed: 2,
      members: 3,
      late: 1,
      commitments: { kept: 1, running: 3, overdue: 0, broken: 0, ended: 0 },
    });
    expect((await figures('TINH-A', '2022-07-01')).commitments).toEqual({
      kept: 1,
      running: 2,
      overdue: 1,
      broken: 0,
      ended: 0,
    });
    expect((await figures('TINH-A', '2022-12-31')).commitments).toEqual({
      kept: 1,
      running: 0,
      overdue: 2,
      broken: 1,
      ended: 0,
    });
    expect(await figures('CS-A2', '2022-12-31')).toEqual({
      signed: 1,
      members: 1,
      late: 1,
      commitments: { kept: 0, running: 0, overdue: 1, broken: 1, ended: 0 },
    });
    expect(await figures('TINH-B', '2022-12-31')).toEqual({ signed: 0, members: 0, late: 0, commitments: none });
    // As known on a day: the confirmation of 01/04 was entered on 02/04, the outcome of 20/06 on that day.
    expect((await figures('TINH-A', '2022-12-31', '2022-04-01')).signed).toBe(1);
    expect((await figures('TINH-A', '2022-12-31', '2022-04-02')).signed).toBe(2);
    expect((await figures('TINH-A', '2022-12-31', '2022-06-19')).commitments).toEqual({ ...none, running: 4 });
    expect((await figures('TINH-A', '2022-12-31', '2022-11-30')).commitments).toEqual({
      kept: 1,
      running: 1,
      overdue: 2,
      broken: 0,
      ended: 0,
    });
    // Before anybody opened the discussion there was no agreement to know of.
    expect((await figures('TINH-A', '2022-12-31', '2022-02-28')).members).toBe(0);
    expect((await figures('TINH-A', '2023-12-31', null, '2023-01-01')).members).toBe(0);
  });

  it('opens every number down to its rows, and keeps the number where the reader may not see them', async () => {
    const q = reader(api.db.source);
    const tree = api.app.get(UnitTree);
    const unitId = await tree.idOf(q, 'TINH-A', { everywhere: true });
    const question = {
      unitId,
      from: '2022-01-01',
      to: '2022-12-31',
      known: null,
      change: await tree.changeKnownOn(q, null),
      lens: 'as-was' as const,
    };
    const lineage = api.app.get(AgreementLineage);
    const overdue = await lineage.records(q, systemActor('test'), question, 'overdue');
    expect(overdue.items.map(({ unit, commitment }) => [unit?.code, commitment?.content])).toEqual([
      ['CS-A1', 'Tập huấn'],
      ['CS-A2', 'Thăm hỏi đoàn viên'],
    ]);
    const page = await lineage.records(q, systemActor('test'), question, 'members', { limit: 2 });
    const rest = await lineage.records(q, systemActor('test'), question, 'members', { limit: 2, after: page.next });
    expect([page.total, page.items.length, rest.items.length, rest.next]).toEqual([3, 2, 1, null]);
    const stranger = { accountId: 1, name: 'x', grants: [], everywhere: false };
    const hidden = await lineage.records(q, stranger, question, 'overdue');
    expect([
      hidden.total,
      hidden.items.map(({ agreement, unit, commitment }) => [agreement, unit, commitment]),
    ]).toEqual([
      2,
      [
        [null, null, null],
        [null, null, null],
      ],
    ]);
  });

  it('an outcome is corrected by a new row; what was known stays', async () => {
    await on('2022-12-12');
    const corrected = { unit: 'CS-A2', outcome: 'KEPT', day: '2022-12-05' };
    expect(said(await send('POST', line('Tham gia phong trào', 'outcomes'), second, corrected))).toEqual([
      400,
      'agreements.reason_required',
      'reason',
    ]);
    await send('POST', line('Tham gia phong trào', 'outcomes'), second, { ...corrected, reason: 'Nhập nhầm' });
    expect((await figures('CS-A2', '2022-12-31')).commitments.kept).toBe(1);
    expect((await figures('CS-A2', '2022-12-31', '2022-12-11')).commitments).toMatchObject({
      kept: 0,
      broken: 1,
      ended: 0,
    });
  });

  it('what is closed with its unit is neither running nor overdue, but for what was missed before', async () => {
    const [unitId] = [
      ...(await api.app.get(UnitTree).idsOf(reader(api.db.source), ['CS-A2'], { everywhere: true })).values(),
    ];
    const ended = async (day: Day): Promise<AgreementFigures['commitments']> => {
      await on(day);
      return rehearse(api.app.get(DataSource), async (tx) => {
        await api.app
          .get(AgreementOpenWork)
          .close(tx, systemActor('test'), [{ id, unitId: unitId! }], 'Đơn vị giải thể');
        const change = await api.app.get(UnitTree).changeKnownOn(tx, null);
        const period = { unitId: unitId!, from: '2022-01-01', to: '2022-12-31', known: null, change };
        return (await api.app.get(AgreementBlock).block(tx, { ...period, lens: 'as-was' })).commitments;
      });
    };
    expect(await ended('2022-05-01')).toEqual({ kept: 0, running: 0, overdue: 0, broken: 0, ended: 2 });
    expect(await ended('2022-12-12')).toEqual({ kept: 1, running: 0, overdue: 1, broken: 0, ended: 0 });
    expect((await figures('CS-A2', '2022-12-31')).commitments).toMatchObject({ overdue: 1, ended: 0 });
  });

  it('is reviewed, carried over to next year and closed', async () => {
    const carry = { title: 'Giao ước năm 2023', body: 'Tiếp tục' };
    expect(said(await send('POST', `/agreements/${id}/carry-over`, officer, carry))).toEqual([
      409,
      'agreements.no_bloc_next_year',
      null,
    ]);
    await send('POST', `/blocs/${bloc}/copies`, officer);
    const carried = await send('POST', `/agreements/${id}/carry-over`, officer, carry);
    expect([carried.status, carried.body.warnings]).toEqual([201, []]);
    const next = await send('GET', `/agreements/${carried.body.id}`, officer);
    expect(next.body).toMatchObject({ year: 2023, state: 'DRAFT', carriedFrom: id });
    expect(
      next.body.commitments.map((one: { content: string; deadline: Day | null }) => [one.content, one.deadline]),
    ).toEqual([
      ['Thăm hỏi đoàn viên', null],
      ['Tập huấn', null],
    ]);
    await step(id, 'review');
    await step(id, 'close');
    expect(await tasks('agreement.commitment')).toEqual([]);
    expect(
      said(await send('POST', line('Tập huấn', 'progress'), first, { unit: 'CS-A1', day: '2022-12-12', body: 'x' })),
    ).toEqual([409, 'agreements.not_in_force', null]);
  });
});

describe('an agreement of a unit with the head of its agency', () => {
  it('needs the counterpart and the year, and is the unit’s own', async () => {
    const own = { kind: 'AGREEMENT', title: 'Ký kết thi đua', body: 'Nội dung', unit: 'CS-A2', year: 2022 };
    expect(said(await send('POST', '/agreements', second, own))).toEqual([
      400,
      'agreements.counterpart_required',
      'counterpart',
    ]);
    const counterpart = 'Thủ trưởng cơ quan (minh hoạ)';
    const { year: _, ...undated } = own;
    expect(said(await send('POST', '/agreements', second, { ...undated, counterpart }))).toEqual([
      400,
      'agreements.year_required',
      'year',
    ]);
    expect(said(await send('POST', '/agreements', second, { ...own, counterpart, bloc }))).toEqual([
      400,
      'agreements.place_unclear',
      'bloc',
    ]);
    expect(said(await send('POST', '/agreements', first, { ...own, counterpart }))).toEqual([
      404,
      'unit.not_found',
      'unit',
    ]);
    const created = await send('POST', '/agreements', second, { ...own, counterpart });
    expect(created.body).toMatchObject({ bloc: null, unit: { code: 'CS-A2' }, counterpart, members: 1 });
    expect((await send('GET', `/agreements/${created.body.id}`, first)).status).toBe(404);
    expect((await send('GET', `/agreements/${created.body.id}`, officer)).status).toBe(200);
    const list = await send('GET', '/agreements?year=2022', second);
    expect(list.body.items).toHaveLength(3);
  });
});
