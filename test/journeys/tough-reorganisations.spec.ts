import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

const DECISION = { number: '60/QĐ-TLĐ', day: '2026-06-15', body: 'Tổng Liên đoàn' };

let api: TestApi;
let officer: string;
let leader: string;
let officerA: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2026-07-10');
  await smallTree(api.app);
  await api.account('can-bo-tld', [['UNION_OFFICER', 'TLD']]);
  await api.account('lanh-dao-tld', [['UNIT_LEADER', 'TLD']]);
  await api.account('can-bo-a', [['UNION_OFFICER', 'TINH-A']]);
  await on('2026-07-10');
});
afterAll(() => api?.close());

/** Sessions end overnight: whoever works on another day signs in again. */
async function on(day: string): Promise<void> {
  api.clock.setTo(day);
  officer = await api.signIn('can-bo-tld');
  leader = await api.signIn('lanh-dao-tld');
  officerA = await api.signIn('can-bo-a');
}

const ask = (as: string, method: string, url: string, body?: object): Promise<TestAnswer> =>
  api.inject(method, `/api/${url}`, { as, ...(body ? { body } : {}) });
async function must(as: string, method: string, url: string, body?: object): Promise<TestAnswer['body']> {
  const answer = await ask(as, method, url, body);
  if (answer.status > 299) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.body;
}
const refused = ({ status, body }: TestAnswer): string => `${status} ${body?.code}`;
const found = (code: string, parent: string, level = 'GRASSROOTS_UNION') => ({
  found: { code, name: `Công đoàn ${code} (minh hoạ)`, level, parent },
});
const plan = (over: object) => ({ title: 'Sắp xếp minh hoạ', from: '2026-07-01', decision: DECISION, ...over });
const prepare = async (over: object) => (await must(officer, 'POST', 'reorganisations', plan(over))).reorganisation;
const current = async (id: number): Promise<number> => (await must(officer, 'GET', `reorganisations/${id}`)).version;
const apply = async (id: number): Promise<TestAnswer> =>
  ask(leader, 'POST', `reorganisations/${id}/application`, { version: await current(id) });
const reverse = async (id: number): Promise<TestAnswer> =>
  ask(leader, 'POST', `reorganisations/${id}/reversal`, {
    version: await current(id),
    reason: 'Nhầm',
    decision: { number: '61/QĐ-TLĐ', day: '2026-07-09' },
  });
const unitOf = async (person: number): Promise<string> => (await must(officer, 'GET', `people/${person}`)).unit.code;

/** Until a statement waits for another transaction. */
async function waiting(): Promise<void> {
  for (;;) {
    const [{ n }] = await api.db.source.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (n > 0) return;
  }
}

describe('a chain of mergers is taken back one by one', () => {
  it('and people go all the way back, each step of it', async () => {
    const a = (await must(officer, 'POST', 'people', { name: 'Trần Minh Hoạ', birthYear: 1980, unit: 'CS-A1' })).id;
    const first = await prepare({ kind: 'MERGE', units: ['CS-A1'], successors: [found('CS-AX', 'TINH-A')] });
    expect((await apply(first.id)).status).toBe(200);
    expect(await unitOf(a)).toBe('CS-AX');
    const second = await prepare({
      kind: 'MERGE',
      from: '2026-07-05',
      units: ['CS-AX'],
      successors: [found('CS-AY', 'TINH-A')],
    });
    expect((await apply(second.id)).status).toBe(200);
    expect(await unitOf(a)).toBe('CS-AY');
    expect(refused(await reverse(first.id))).toBe('409 units.later_change');
    expect((await reverse(second.id)).status).toBe(200);
    expect(await unitOf(a)).toBe('CS-AX');
    const answer = await reverse(first.id);
    expect([answer.status, answer.body?.message]).toEqual([200, undefined]);
    expect(await unitOf(a)).toBe('CS-A1');
    const { memberships } = await must(officer, 'GET', `people/${a}`);
    expect(memberships.map(({ unit, to }: { unit: { code: string }; to: string | null }) => [unit.code, to])).toEqual([
      ['CS-A1', null],
    ]);
  });
});

describe('a draft that is changed after open work was decided', () => {
  it('asks again where the unit that was to go on is none of its own any more', async () => {
    const agreement = (
      await must(officerA, 'POST', 'agreements', {
        kind: 'AGREEMENT',
        unit: 'CS-A2',
        counterpart: 'Giám đốc (minh hoạ)',
        year: 2026,
        title: 'Giao ước năm 2026',
        body: 'Nội dung',
      })
    ).id;
    const { id, version } = await prepare({
      kind: 'MERGE',
      units: ['CS-A2'],
      successors: [found('CS-M1', 'TINH-A')],
    });
    const decided = await must(officer, 'PUT', `reorganisations/${id}/open-work`, {
      version,
      outcomes: [{ kind: 'AGREEMENT', outcome: 'HAND_OVER' }],
    });
    await must(officer, 'PUT', `reorganisations/${id}`, {
      ...plan({ kind: 'MERGE', units: ['CS-A2'], successors: [found('CS-M2', 'TINH-A')] }),
      version: decided.reorganisation.version,
    });
    const answer = await apply(id);
    expect(refused(answer)).toBe('409 reorganisations.open_work_undecided');
    await must(officer, 'PUT', `reorganisations/${id}/open-work`, {
      version: await current(id),
      outcomes: [{ kind: 'AGREEMENT', outcome: 'HAND_OVER' }],
    });
    expect((await apply(id)).status).toBe(200);
    expect((await must(officer, 'GET', `agreements/${agreement}`)).unit.code).toBe('CS-M2');
  });
});

describe('a plan that says two things', () => {
  it('about one sub-unit is refused, not settled by order', async () => {
    const { id } = await prepare({
      kind: 'DISSOLVE',
      units: ['TINH-B'],
      subUnits: [
        { unit: 'CS-B1', to: 'TLD' },
        { unit: 'CS-B1', to: 'TINH-A' },
      ],
    });
    expect(refused(await apply(id))).toBe('400 units.sub_unit_twice');
  });

  it('applied twice from two drafts, and at once, is applied once', async () => {
    const one = await prepare({ kind: 'MERGE', units: ['CS-B1'], successors: [{ code: 'CS-A1' }] });
    const two = await prepare({ kind: 'DISSOLVE', units: ['CS-B1'] });
    const answers = await Promise.all([apply(one.id), apply(two.id)]);
    expect(answers.map(refused).sort()).toEqual(['200 undefined', '400 units.already_ended']);
    await settle(api.app);
  });
});

describe('a founding that is taken back', () => {
  it('does not let what was recorded of the founded unit vanish', async () => {
    const { id } = await prepare({ kind: 'FOUND', units: [], successors: [found('CS-MOI', 'TINH-A')] });
    expect((await apply(id)).status).toBe(200);
    const agency = await must(officer, 'POST', 'agencies', {
      unit: 'CS-MOI',
      name: 'Công ty May (minh hoạ)',
      source: 'Rà soát',
    });
    await must(officer, 'POST', 'units/CS-MOI/strengths', {
      kind: 'MEMBERS',
      value: 20,
      qualifier: 'EXACT',
      asOf: '2026-07-05',
      source: 'Báo cáo',
    });
    const answer = await reverse(id);
    expect(refused(answer)).toBe('409 reorganisations.founded_unit_in_use');
    expect(answer.body.message).toContain('1 số liệu lực lượng, 1 cơ quan chưa có công đoàn');
    expect((await must(officer, 'GET', `agencies/${agency.id}`)).unit.code).toBe('CS-MOI');
  });
});

describe('a unit that is no more', () => {
  it('gets no new members, by hand or by a move that began before it ended', async () => {
    const { id } = await prepare({ kind: 'MERGE', units: ['CS-A1'], successors: [found('CS-A9', 'TINH-A')] });
    expect((await apply(id)).status).toBe(200);
    const person = { name: 'Lò Minh Hoạ', birthYear: 1990 };
    const ended = await ask(officer, 'POST', 'people', { ...person, unit: 'CS-A1' });
    expect([refused(ended), ended.body.field]).toEqual(['409 people.unit_ended', 'unit']);
    const { id: moving } = await must(officer, 'POST', 'people', { ...person, unit: 'CS-A9' });
    const move = (unit: string, from: string) => ask(officer, 'POST', `people/${moving}/move`, { unit, from });
    expect(refused(await move('CS-A1', '2026-06-01'))).toBe('409 people.unit_ended');
    expect((await move('TINH-A', '2026-07-05')).status).toBe(204);
  });
});

describe('a merger while people are recorded', () => {
  it('takes along who is being recorded, and lets nobody in behind its back', async () => {
    const { id } = await prepare({
      kind: 'MERGE',
      units: ['CS-A9'],
      from: '2026-07-05',
      successors: [found('CS-AZ', 'TINH-A')],
    });
    const version = await current(id);
    const early = api.db.source.createQueryRunner();
    await early.startTransaction();
    const [{ person }] = await early.query(
      `INSERT INTO person (full_name, given_name, name_folded, birth_year, unit_id, classification, recorded_on)
       SELECT 'Sớm Minh Hoạ', 'Hoạ', 'som minh hoa', 1990, id, 'INTERNAL', '2026-07-10' FROM unit WHERE code = 'CS-A9' RETURNING id AS person`,
    );
    await early.query(
      `INSERT INTO membership (person_id, unit_id, recorded_on) SELECT id, unit_id, recorded_on FROM person WHERE id = $1`,
      [person],
    );
    const applying = ask(leader, 'POST', `reorganisations/${id}/application`, { version });
    await waiting();
    const late = ask(officer, 'POST', 'people', { name: 'Muộn Minh Hoạ', birthYear: 1991, unit: 'CS-A9' });
    await early.commitTransaction();
    await early.release();
    expect((await applying).status).toBe(200);
    // In time to go along, or refused: left behind is nobody.
    expect(['201 undefined', '409 people.unit_ended']).toContain(refused(await late));
    const [left] = await api.db.source.query(
      `SELECT count(*)::int AS n FROM person p JOIN unit u ON u.id = p.unit_id WHERE u.code = 'CS-A9'`,
    );
    expect(left.n).toBe(0);
    expect(await unitOf(person)).toBe('CS-AZ');
  });
});
