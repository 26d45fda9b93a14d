import { systemActor, type Day } from '@lib/kernel';
import { transact } from '@lib/platform';
import { People, PeopleNews } from '@lib/people';
import { IndicatorCatalogue } from '@lib/results';
import { UnitEvents } from '@lib/units';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { send } from '../support/office.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

const loader = systemActor('test');
const FIRST_HALF = { from: '2024-01-01', to: '2024-06-30' } as const;
const SECOND_HALF = { from: '2024-07-01', to: '2024-12-31' } as const;

let api: TestApi;
let officer: string;

beforeAll(async () => {
  api = await testApi({ template: 'empty' });
  api.clock.setTo('2024-01-02');
  await smallTree(api.app);
  await api.account('can-bo', [['UNION_OFFICER', 'TINH-A']]);
});
afterAll(() => api?.close());

/** Another day is another session. */
async function onDay(day: Day): Promise<void> {
  api.clock.setTo(day);
  officer = await api.signIn('can-bo');
}

interface Asked {
  readonly from: Day;
  readonly to: Day;
  readonly asKnownOn?: Day;
  readonly lens?: 'as-was' | 'as-is';
}

async function organisation(unit: string, { from, to, asKnownOn, lens }: Asked): Promise<TestAnswer['body']> {
  const known = `${asKnownOn ? `&asKnownOn=${asKnownOn}` : ''}${lens ? `&lens=${lens}` : ''}`;
  const path = `/api/summaries?unit=${unit}&from=${from}&to=${to}${known}`;
  await settle(api.app);
  await api.inject('GET', path, { as: officer });
  await settle(api.app);
  const answer = await api.inject('GET', path, { as: officer });
  expect([answer.status, answer.body.freshness]).toEqual([200, 'FRESH']);
  return answer.body.organisation;
}

const records = (unit: string, { from, to }: Asked, key: string, more = '') =>
  send(api, officer, 'GET', `summaries/organisation/records?unit=${unit}&from=${from}&to=${to}&key=${key}${more}`);

const decision = { number: '12/QĐ-LĐLĐ', day: '2024-07-20', body: 'LĐLĐ tỉnh A' };

/** What the tree's own command writes; the process around it is the business of reorganisations. */
function found(code: string, from: Day): Promise<number> {
  const unit = { code, name: `Công đoàn cơ sở ${code}`, level: 'GRASSROOTS_UNION' as const, parent: 'TINH-A' };
  return transact(api.db.source, async (tx) => {
    const input = { kind: 'FOUND' as const, from, decision, units: [], successors: [{ found: unit }] };
    return (await api.app.get(UnitEvents).record(tx, loader, input)).id;
  });
}

describe('agencies without a union', () => {
  let agency: number;
  let founding: number;

  it('are counted with their workers at the end of a period, and open to their records', async () => {
    await onDay('2024-06-20');
    const listed = await send(api, officer, 'POST', 'agencies', {
      unit: 'CS-A1',
      name: 'Công ty May A',
      workers: { value: 300, qualifier: 'OVER', asOf: '2024-06-01' },
      since: '2024-01-15',
      source: 'Danh sách rà soát 6/2024',
    });
    expect(listed).toMatchObject({ state: 'WITHOUT', unit: { code: 'CS-A1' }, may: ['correct', 'end', 'remove'] });
    agency = listed.id;
    await send(api, officer, 'POST', 'agencies', { unit: 'TINH-A', name: 'Trường Mầm non B', source: 'Rà soát' });
    expect((await organisation('TINH-A', FIRST_HALF)).agenciesWithoutUnion).toEqual({
      count: 2,
      workers: { value: 300, qualifier: 'OVER' },
      workersUnknown: 1,
      asOf: '2024-06-30',
    });
    // Before its first day it was not known to be without one.
    expect((await organisation('CS-A1', { from: '2024-01-01', to: '2024-01-10' })).agenciesWithoutUnion.count).toBe(0);
    const { items } = await records('TINH-A', FIRST_HALF, 'agenciesWithoutUnion');
    expect(items.map((one: { title: string }) => one.title)).toEqual(['Công ty May A', 'Trường Mầm non B']);
  });

  it('get one in the period in which it is founded; the day before knew nothing of it', async () => {
    await onDay('2024-08-10');
    founding = await found('CS-A9', '2024-08-01');
    const ended = await send(api, officer, 'POST', `agencies/${agency}/outcome`, {
      outcome: 'UNION_FOUNDED',
      day: '2024-08-01',
      union: 'CS-A9',
    });
    expect(ended).toMatchObject({
      state: 'UNION_FOUNDED',
      union: { code: 'CS-A9' },
      may: ['correct', 'reopen', 'remove'],
    });
    agency = ended.id;
    const now = await organisation('TINH-A', SECOND_HALF);
    expect([now.founded.total, now.agenciesUnionised.count, now.agenciesWithoutUnion.count]).toEqual([1, 1, 1]);
    expect(now.founded.byLevel).toMatchObject([{ level: 'GRASSROOTS_UNION', count: 1 }]);
    expect((await organisation('TINH-A', FIRST_HALF)).agenciesWithoutUnion.count).toBe(2);
    expect((await organisation('TINH-A', { ...SECOND_HALF, lens: 'as-is' })).founded.total).toBe(1);
    const before = await organisation('TINH-A', { ...SECOND_HALF, asKnownOn: '2024-08-09' });
    expect([before.founded.total, before.agenciesUnionised.count, before.agenciesWithoutUnion.count]).toEqual([
      0, 0, 2,
    ]);
    const { items } = await records('TINH-A', SECOND_HALF, 'founded');
    expect(items).toMatchObject([{ what: 'UNIT', unit: { code: 'CS-A9' }, day: '2024-08-01', counted: true }]);
    expect(items[0].detail).toContain('12/QĐ-LĐLĐ');
  });

  it('are without one again where the founding is taken back', async () => {
    await onDay('2024-09-05');
    await transact(api.db.source, (tx) =>
      api.app.get(UnitEvents).reverse(tx, loader, founding, { decision: { ...decision, day: '2024-09-05' } }),
    );
    const now = await organisation('TINH-A', SECOND_HALF);
    expect([now.founded.total, now.agenciesUnionised.count, now.agenciesWithoutUnion.count]).toEqual([0, 0, 2]);
    const then = await organisation('TINH-A', { ...SECOND_HALF, asKnownOn: '2024-08-31' });
    expect([then.founded.total, then.agenciesUnionised.count, then.agenciesWithoutUnion.count]).toEqual([1, 1, 1]);
    expect(await send(api, officer, 'GET', `agencies/${agency}`)).toMatchObject({
      state: 'WITHOUT',
      foundingReversed: true,
    });
  });

  it('are corrected and removed by new statements, never rewritten', async () => {
    await onDay('2024-09-10');
    const reopened = await send(api, officer, 'POST', `agencies/${agency}/reopening`, { reason: 'Chưa thành lập' });
    const again = await api.inject('POST', `/api/agencies/${agency}/reopening`, {
      as: officer,
      body: { reason: 'lần nữa' },
    });
    expect([again.status, again.body.code]).toEqual([409, 'results.changed_meanwhile']);
    await onDay('2024-09-11');
    const removal = await api.inject('POST', `/api/agencies/${reopened.id}/removal`, {
      as: officer,
      body: { reason: 'Ghi nhầm' },
    });
    expect(removal.status).toBe(204);
    expect((await organisation('TINH-A', SECOND_HALF)).agenciesWithoutUnion.count).toBe(1);
    expect((await organisation('TINH-A', { ...SECOND_HALF, asKnownOn: '2024-09-10' })).agenciesWithoutUnion.count).toBe(
      2,
    );
  });

  it('are refused in words', async () => {
    const put = async (body: object) => {
      const answer = await api.inject('POST', '/api/agencies', { as: officer, body });
      return [
        answer.status,
        ...answer.body.details.map((one: { code: string; field: string }) => [one.code, one.field]),
      ];
    };
    const given = { unit: 'TINH-A', name: 'Công ty C', source: 'Rà soát' };
    expect(await put({ ...given, name: 'trường mầm non b' })).toEqual([409, ['agencies.already_listed', 'name']]);
    expect(await put({ ...given, since: '2025-01-01' })).toEqual([400, ['agencies.in_the_future', 'since']]);
  });
});

describe('members admitted', () => {
  const admit = async (name: string, unit: string, day: Day): Promise<number> => {
    const { id } = await api.app.get(People).record(loader, { name, unit, birthYear: 1990 });
    await transact(api.db.source, async (tx) => {
      await tx.query(`UPDATE person SET admitted_on = $2 WHERE id = $1`, [id, day]);
      await api.app.get(PeopleNews).admitted(tx, [id]);
    });
    return id;
  };
  const report = (unit: string, value: number, scope: 'OWN' | 'INCLUDES_SUBORDINATES') =>
    send(api, officer, 'POST', 'result-reports', {
      unit,
      ...FIRST_HALF,
      basis: 'PERIOD',
      scope,
      status: 'DELIVERED',
      items: [{ indicator: 'DOAN_VIEN_KET_NAP', count: { value, qualifier: 'OVER' } }],
      source: 'Báo cáo 6 tháng',
    });

  it('named people are counted by the unit of the day; what a report contains is not counted beside it', async () => {
    await onDay('2024-10-01');
    await admit('Nguyễn Văn Một', 'CS-A1', '2024-02-01');
    await admit('Nguyễn Văn Hai', 'CS-A2', '2024-03-01');
    expect((await organisation('TINH-A', FIRST_HALF)).membersAdmitted).toMatchObject({
      figure: { value: 2, qualifier: 'EXACT' },
      stated: null,
      named: 2,
    });
    await api.app.get(IndicatorCatalogue).create(loader, {
      code: 'DOAN_VIEN_KET_NAP',
      name: 'Đoàn viên kết nạp mới (theo báo cáo)',
      unitOfMeasure: 'đoàn viên',
      nature: 'FLOW',
      measures: 'COUNT',
      owner: 'TLD',
    });
    await report('CS-A1', 300, 'OWN');
    // One of the two is among the 300; the other's unit told nothing.
    expect((await organisation('TINH-A', FIRST_HALF)).membersAdmitted).toMatchObject({
      figure: { value: 301, qualifier: 'OVER' },
      stated: { value: 300, qualifier: 'OVER' },
      named: 2,
      beyondStated: 1,
    });
    expect((await organisation('CS-A1', FIRST_HALF)).membersAdmitted.figure).toEqual({ value: 300, qualifier: 'OVER' });
    const { items } = await records('TINH-A', FIRST_HALF, 'membersAdmitted');
    expect(items.map((one: { what: string; counted: boolean }) => [one.what, one.counted])).toEqual([
      ['REPORT', true],
      ['PERSON', false],
      ['PERSON', true],
    ]);
    const sum = items.reduce((all: number, one: TestAnswer['body']) => all + (one.counted ? one.figure.value : 0), 0);
    expect(sum).toBe(301);
  });

  it('a page of one record after the other tells the same', async () => {
    const read: string[] = [];
    for (let after = ''; ;) {
      const page = await records('TINH-A', FIRST_HALF, 'membersAdmitted', `&limit=1${after}`);
      read.push(...page.items.map((one: { title: string }) => one.title));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(read.slice(1)).toEqual(['Nguyễn Văn Một', 'Nguyễn Văn Hai']);
    expect(read).toHaveLength(3);
  });

  it('more people than a report states count beyond it', async () => {
    await report('CS-A2', 1, 'OWN');
    await admit('Nguyễn Văn Ba', 'CS-A2', '2024-04-01');
    expect((await organisation('CS-A2', FIRST_HALF)).membersAdmitted).toMatchObject({
      figure: { value: 2 },
      stated: { value: 1 },
      named: 2,
      beyondStated: 1,
    });
    expect((await organisation('TINH-A', FIRST_HALF)).membersAdmitted.figure.value).toBe(302);
  });

  it('a corrected day is known from the day of its correction', async () => {
    await onDay('2024-10-05');
    const id = await admit('Nguyễn Văn Bốn', 'CS-A2', '2024-05-01');
    await onDay('2024-10-06');
    await transact(api.db.source, async (tx) => {
      await tx.query(`UPDATE person SET admitted_on = '2024-08-01' WHERE id = $1`, [id]);
      await api.app.get(PeopleNews).admitted(tx, [id]);
    });
    expect((await organisation('CS-A2', FIRST_HALF)).membersAdmitted.named).toBe(2);
    expect((await organisation('CS-A2', SECOND_HALF)).membersAdmitted.named).toBe(1);
    expect((await organisation('CS-A2', { ...FIRST_HALF, asKnownOn: '2024-10-05' })).membersAdmitted.named).toBe(3);
  });
});
