import { PeriodQueries, type Question } from '@lib/figures';
import { systemActor, type Day } from '@lib/kernel';
import { reader, type Queryable } from '@lib/platform';
import { CoverageQueries, IndicatorBlocks, ResultLineage, type IndicatorRow, type MoneyGroupRow } from '@lib/results';
import { UnitsService, UnitTree } from '@lib/units';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';
import { settle } from '../support/settle.js';
import { smallTree } from '../support/tree.js';

/** Asked of the rooms themselves: what a summary is built of. */
async function question(api: TestApi, unit: string, from: Day, to: Day, known: Day | null = null): Promise<Question> {
  const q = reader(api.db.source);
  const [row] = await q.query<{ id: number }>(`SELECT id FROM unit WHERE code = $1`, [unit]);
  const change =
    known === null
      ? (await api.app.get(PeriodQueries).state(q)).change
      : await api.app.get(UnitTree).changeKnownOn(q, known);
  return { unitId: row!.id, from, to, known, change, lens: 'as-was' };
}

async function block(
  api: TestApi,
  unit: string,
  from: Day,
  to: Day,
  known: Day | null = null,
): Promise<{ indicators: IndicatorRow[]; moneyGroups: MoneyGroupRow[] }> {
  await settle(api.app);
  return api.app.get(IndicatorBlocks).block(reader(api.db.source), await question(api, unit, from, to, known));
}

describe('results of the documents', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
  });
  afterAll(() => api?.close());

  it('G5: repaired and new homes share one sum; proposed gifts are in no delivered total; children are counted since the start', async () => {
    const { indicators, moneyGroups } = await block(api, 'CDCAND', '2024-01-01', '2024-06-30');
    const row = (code: string) => indicators.find((one) => one.code === code)!;
    expect(row('MAI_AM_SUA')).toMatchObject({
      count: { value: 13, qualifier: 'EXACT' },
      money: null,
      unitOfMeasure: 'căn',
      status: 'DELIVERED',
    });
    expect(row('MAI_AM_MOI')).toMatchObject({ count: { value: 13, qualifier: 'EXACT' }, money: null });
    expect(moneyGroups).toMatchObject([
      { indicators: ['MAI_AM_MOI', 'MAI_AM_SUA'], value: 1_500_000_000, qualifier: 'EXACT', status: 'DELIVERED' },
    ]);
    expect(row('SUAT_QUA')).toMatchObject({
      status: 'PROPOSED',
      fundingSource: 'TLĐ',
      count: { value: 2_400, qualifier: 'OVER' },
      money: { value: 1_400_000_000, qualifier: 'NEARLY' },
    });
    expect(indicators.filter((one) => one.code === 'SUAT_QUA' && one.status === 'DELIVERED')).toEqual([]);
    expect(row('CON_NUOI_CHAU')).toMatchObject({
      nature: 'CUMULATIVE',
      count: { value: 112, qualifier: 'EXACT' },
      money: { value: 250_000_000, qualifier: 'EXACT' },
      since: '2023-01-01',
      asOf: '2024-06-30',
      inPeriod: { count: null, money: null },
    });
    expect(row('CON_NUOI').targets).toMatchObject([
      { of: 'YEAR', value: 1, total: { value: 541, qualifier: 'AT_LEAST' }, met: null },
    ]);
  });

  it('G5: the target of each grassroots union adds up over the unions; a half-year is no year', async () => {
    const { indicators } = await block(api, 'CDCAND', '2024-01-01', '2024-12-31');
    expect(indicators.find((one) => one.code === 'CON_NUOI')!.targets[0]).toMatchObject({
      total: { value: 541, qualifier: 'AT_LEAST' },
      perUnit: { units: 541, stated: true },
    });
    // The half-year is no year: no figure, and the report stands as a known part.
    expect(indicators.find((one) => one.code === 'MAI_AM_SUA')).toMatchObject({
      count: null,
      parts: { count: [{ from: '2024-01-01', to: '2024-06-30', inside: true, figure: { value: 13 } }] },
    });
  });

  it('G4: 14 of 24 have deployed, ten are unknown', async () => {
    const rows = await api.app
      .get(CoverageQueries)
      .block(reader(api.db.source), await question(api, 'CDCAND', '2024-01-01', '2024-06-30'));
    expect(rows).toMatchObject([
      {
        campaign: 'Con nuôi Công đoàn',
        level: 'DIRECT_UPPER_UNION',
        asOf: '2024-06-30',
        deployed: 14,
        expected: 24,
        percent: 58.3,
        notDeployed: null,
        unknown: 10,
      },
    ]);
  });

  it('G3: 696.948 of 300.000 are 232,3 %, stated and derived', async () => {
    const { indicators } = await block(api, 'TLD', '2022-01-08', '2022-05-31');
    const row = indicators.find((one) => one.code === 'SANG_KIEN')!;
    expect(row.count).toEqual({ value: 696_948, qualifier: 'EXACT' });
    expect(row.targets).toMatchObject([
      { of: 'PHASE', label: 'Giai đoạn 1', value: 300_000, percentStated: 232.3, percentDerived: 232.3, met: true },
    ]);
    const year = await block(api, 'TLD', '2022-01-01', '2022-12-31');
    expect(year.indicators.find((one) => one.code === 'SANG_KIEN')).toMatchObject({
      count: null,
      targets: [{ percentDerived: 232.3, outcomeDerived: 'EXCEEDED' }],
    });
  });

  it('G7: 95 people without money, both phases and the congress target exceeded without figures; nothing of it before it was told', async () => {
    const { indicators } = await block(api, 'CDVC-2022', '2022-01-01', '2022-07-20');
    const row = (code: string) => indicators.find((one) => one.code === code)!;
    expect(row('TANG_QUA_NGUOI')).toMatchObject({
      count: { value: 95, qualifier: 'EXACT' },
      money: null,
      unitOfMeasure: 'người',
      beneficiaryClass: 'POLICY_FAMILIES',
    });
    expect(row('SUAT_QUA')).toBeUndefined();
    expect(row('SANG_KIEN')).toMatchObject({
      count: null,
      targets: [
        { label: 'Giai đoạn 1', value: null, outcomeStated: 'EXCEEDED', met: true },
        { label: 'Giai đoạn 2', value: null, outcomeStated: 'EXCEEDED', met: true },
      ],
    });
    expect(row('CHUAN_VAN_HOA').targets).toMatchObject([{ of: 'TERM', value: null, met: true, percentDerived: null }]);
    const before = await block(api, 'CDVC-2022', '2022-01-01', '2022-06-30');
    expect(before.indicators.filter((one) => one.count !== null)).toEqual([]);
    expect(before.indicators.flatMap((one) => one.targets).map((one) => one.met)).toEqual([null, null, null]);
  });
});

describe('results', () => {
  let api: TestApi;
  let upper: string;
  let reading: string;

  beforeAll(async () => {
    api = await testApi({ template: 'empty' });
    api.clock.setTo('2025-06-02');
    await smallTree(api.app);
    await api.account('can-bo-tld', [['UNION_OFFICER', 'TLD']]);
    await api.account('can-bo-a', [['UNION_OFFICER', 'TINH-A']]);
    await api.account('can-bo-b', [['UNION_OFFICER', 'TINH-B']]);
    await api.account('doc-tld', [['LEADERSHIP_VIEWER', 'TLD']]);
    upper = await api.signIn('can-bo-tld');
    reading = await api.signIn('doc-tld');
    for (const [code, nature] of [
      ['QUA', 'FLOW'],
      ['NHA', 'FLOW'],
      ['CHAU', 'CUMULATIVE'],
      ['CLB', 'STOCK'],
    ])
      await api.inject('POST', '/api/indicators', {
        as: upper,
        body: {
          code,
          name: `Chỉ tiêu ${code}`,
          unitOfMeasure: 'suất',
          nature,
          measures: 'COUNT_AND_MONEY',
          owner: 'TLD',
        },
      });
  });
  afterAll(() => api?.close());

  const exact = (value: number) => ({ value, qualifier: 'EXACT' });
  function facts(code: string, count: number | null, from: Day, to: Day, more: object = {}): object {
    return {
      from,
      to,
      basis: 'PERIOD',
      scope: 'OWN',
      status: 'DELIVERED',
      items: [{ indicator: code, ...(count === null ? {} : { count: exact(count) }) }],
      source: 'Báo cáo',
      ...more,
    };
  }
  const enter = (unit: string, given: object, as = upper): Promise<TestAnswer> =>
    api.inject('POST', '/api/result-reports', { as, body: { unit, ...given } });
  const WHOLE = { scope: 'INCLUDES_SUBORDINATES' };
  async function figure(unit: string, code: string, from: Day, to: Day, known: Day | null = null) {
    const { indicators } = await block(api, unit, from, to, known);
    return indicators.find((one) => one.code === code);
  }

  it('rolls up over three levels: own and below, or what was declared, whichever is larger', async () => {
    const [from, to] = ['2024-01-01', '2024-03-31'];
    for (const [unit, count] of [
      ['CS-A1', 5],
      ['CS-A2', 7],
      ['CS-B1', 4],
    ] as const)
      expect((await enter(unit, facts('QUA', count, from, to))).status).toBe(201);
    await enter('TINH-A', facts('QUA', 2, from, to));
    const below = await enter('TINH-A', facts('QUA', 10, from, to, WHOLE));
    expect(below.body.warnings).toMatchObject([{ code: 'results.below_its_parts' }]);
    expect(await figure('TINH-A', 'QUA', from, to)).toMatchObject({
      count: exact(14),
      countFrom: { stated: exact(10), own: exact(2), below: exact(12), fromParts: exact(14), difference: -4 },
      reportedUnits: 3,
    });
    const more = await enter(
      'TINH-B',
      facts('QUA', 9, from, to, { ...WHOLE, items: [{ indicator: 'QUA', count: { value: 9, qualifier: 'OVER' } }] }),
    );
    expect(more.body.warnings).toEqual([]);
    expect(await figure('TLD', 'QUA', from, to)).toMatchObject({ count: { value: 23, qualifier: 'OVER' } });

    const key = (await figure('TLD', 'QUA', from, to))!.key;
    const q = reader(api.db.source);
    const lineage = (unit: string) => async (actor: Parameters<ResultLineage['records']>[1]) =>
      api.app
        .get(ResultLineage)
        .records(q, actor, await question(api, unit, from, to), key, { limit: 50, after: null });
    const { items } = await lineage('TLD')(systemActor('test'));
    expect(items.filter((one) => one.counted).reduce((sum, one) => sum + one.figure.value, 0)).toBe(23);
    expect(
      items
        .filter((one) => !one.counted)
        .map((one) => one.figure.value)
        .toSorted(),
    ).toEqual([10, 4]);
    const hidden = await lineage('TLD')({ accountId: null, name: '', everywhere: false, grants: [] });
    expect(hidden.items.every((one) => one.reportId === null && one.unit === null && one.source === null)).toBe(true);
    expect(hidden.items.map((one) => one.figure)).toEqual(items.map((one) => one.figure));
  });

  it('tiles a period by the fewest reports without gap or overlap, and never guesses', async () => {
    const tell = (count: number, from: Day, to: Day) => enter('CS-A1', facts('NHA', count, from, to));
    await tell(1, '2024-01-01', '2024-01-31');
    await tell(2, '2024-02-01', '2024-02-29');
    await tell(4, '2024-03-01', '2024-03-31');
    expect(await figure('CS-A1', 'NHA', '2024-01-01', '2024-03-31')).toMatchObject({
      count: exact(7),
      parts: { count: [] },
    });
    await tell(8, '2024-02-01', '2024-03-31');
    expect(await figure('CS-A1', 'NHA', '2024-01-01', '2024-03-31')).toMatchObject({ count: exact(9) });
    await tell(20, '2024-01-01', '2024-03-31');
    expect(await figure('CS-A1', 'NHA', '2024-01-01', '2024-03-31')).toMatchObject({ count: exact(20) });
    expect(await figure('CS-A1', 'NHA', '2024-01-15', '2024-02-29')).toMatchObject({
      count: null,
      parts: {
        count: expect.arrayContaining([
          { from: '2024-02-01', to: '2024-02-29', inside: true, figure: exact(2) },
          { from: '2024-01-01', to: '2024-01-31', inside: false, figure: exact(1) },
        ]),
      },
    });
    expect(await figure('TINH-A', 'NHA', '2024-01-15', '2024-02-29')).toMatchObject({ count: null });
  });

  it('adds single events where a unit tells of nothing else, and leaves them to the report of the period where it does', async () => {
    const event = (count: number, day: Day) => enter('CS-B1', facts('NHA', count, day, day, { basis: 'EVENT' }));
    await event(3, '2024-05-01');
    await event(4, '2024-05-19');
    expect(await figure('TINH-B', 'NHA', '2024-05-01', '2024-05-31')).toMatchObject({ count: exact(7) });
    await enter('CS-B1', facts('NHA', 11, '2024-05-01', '2024-05-31'));
    expect(await figure('TINH-B', 'NHA', '2024-05-01', '2024-05-31')).toMatchObject({ count: exact(11) });
  });

  it('prints the latest cumulative value and what of it falls into the period; a stock as of its day', async () => {
    await enter('CS-A1', facts('CHAU', 10, '2023-01-01', '2023-12-31'));
    await enter('CS-A1', facts('CHAU', 16, '2023-01-01', '2024-06-30'));
    await enter('CS-A2', facts('CHAU', 5, '2023-01-01', '2024-06-30'));
    expect(await figure('TINH-A', 'CHAU', '2024-01-01', '2024-06-30')).toMatchObject({
      count: exact(21),
      inPeriod: { count: exact(6) },
      since: '2023-01-01',
      asOf: '2024-06-30',
    });
    expect(await figure('CS-A2', 'CHAU', '2023-01-01', '2024-06-30')).toMatchObject({ inPeriod: { count: exact(5) } });
    // What counts since a start does not fall: the difference says nothing then.
    await enter('CS-B1', facts('CHAU', 10, '2023-01-01', '2023-12-31'));
    await enter('CS-B1', facts('CHAU', 4, '2023-01-01', '2024-06-30'));
    expect(await figure('TINH-B', 'CHAU', '2024-01-01', '2024-06-30')).toMatchObject({
      count: exact(4),
      inPeriod: { count: null },
    });
    await enter('CS-A1', facts('CLB', 3, '2024-03-31', '2024-03-31'));
    await enter('CS-A1', facts('CLB', 4, '2024-06-15', '2024-06-15'));
    expect(await figure('TINH-A', 'CLB', '2024-01-01', '2024-12-31')).toMatchObject({
      count: exact(4),
      asOf: '2024-06-15',
    });
  });

  it('follows a unit that moves within the period: each part stays where the unit stood on its last day', async () => {
    await enter('CS-A2', facts('NHA', 100, '2024-07-01', '2024-07-31'));
    await enter('CS-A2', facts('NHA', 10, '2024-08-01', '2024-08-31'));
    await api.app
      .get(UnitsService)
      .change(systemActor('test'), 'CS-A2', { from: '2024-08-10', until: '2024-09-01', parent: 'TINH-B' });
    const counted = async (unit: string) => (await figure(unit, 'NHA', '2024-07-01', '2024-08-31'))?.count?.value;
    expect([await counted('TINH-A'), await counted('TINH-B'), await counted('CS-A2'), await counted('TLD')]).toEqual([
      100, 10, 110, 110,
    ]);
  });

  it('corrects by a new report and keeps what was known', async () => {
    const [from, to] = ['2024-10-01', '2024-10-31'];
    const first = (await enter('CS-A1', facts('QUA', 5, from, to))).body.report;
    api.clock.setTo('2025-06-05');
    [upper, reading] = [await api.signIn('can-bo-tld'), await api.signIn('doc-tld')];
    const path = `/api/result-reports/${first.id}`;
    const corrected = await api.inject('POST', `${path}/corrections`, {
      as: upper,
      body: { ...facts('QUA', 6, from, to), reason: 'Đếm lại' },
    });
    expect(corrected.body).toMatchObject({
      report: { replaces: first.id, items: [{ count: exact(6) }] },
      warnings: [],
    });
    expect(corrected.body.report.earlier).toMatchObject([
      { id: first.id, removedOn: '2025-06-05', removalReason: 'Đếm lại', may: [] },
    ]);
    expect(await figure('TINH-A', 'QUA', from, to)).toMatchObject({ count: exact(6) });
    expect(await figure('TINH-A', 'QUA', from, to, '2025-06-04')).toMatchObject({ count: exact(5) });
    expect(await figure('TINH-A', 'QUA', from, to, '2025-06-01')).toBeUndefined();

    const stale = await api.inject('POST', `${path}/corrections`, {
      as: upper,
      body: { ...facts('QUA', 7, from, to), reason: 'Trễ' },
    });
    expect([stale.status, stale.body.code]).toEqual([409, 'results.changed_meanwhile']);
    const removal = await api.inject('POST', `/api/result-reports/${corrected.body.report.id}/removal`, {
      as: upper,
      body: { reason: 'Nhầm đơn vị' },
    });
    expect(removal.body.report).toMatchObject({ removedOn: '2025-06-05', may: [] });
    expect(await figure('TINH-A', 'QUA', from, to)).toBeUndefined();
    const open = await api.inject('GET', '/api/result-reports?unit=CS-A1&indicator=QUA&from=2024-10-01', {
      as: reading,
    });
    expect(open.body.items).toEqual([]);
    const all = await api.inject('GET', '/api/result-reports?unit=CS-A1&indicator=QUA&from=2024-10-01&ended=true', {
      as: reading,
    });
    expect(all.body.items).toHaveLength(2);
  });

  it('shares one sum over several indicators and stores one click once', async () => {
    const given = {
      ...facts('QUA', 1, '2024-11-01', '2024-11-30'),
      clientKey: '7b0dd4b4-8c38-4e60-9f0e-2a4d7a9b1c11',
      items: [
        { indicator: 'QUA', count: exact(1) },
        { indicator: 'NHA', count: { value: 2, qualifier: 'AT_LEAST' } },
      ],
      money: { value: 1_500_000_000, qualifier: 'NEARLY' },
      enteredFor: true,
    };
    const first = await enter('CS-A1', given);
    const again = await enter('CS-A1', given);
    expect(again.body.report.id).toBe(first.body.report.id);
    expect(first.body.report).toMatchObject({ enteredFor: true, unit: { code: 'CS-A1' }, may: ['correct', 'remove'] });
    const { moneyGroups, indicators } = await block(api, 'TLD', '2024-11-01', '2024-11-30');
    expect(moneyGroups).toMatchObject([{ indicators: ['NHA', 'QUA'], value: 1_500_000_000, qualifier: 'NEARLY' }]);
    expect(indicators.map((one) => one.money)).toEqual([null, null]);
  });

  it.each<[string, object, number, string, string | null]>([
    [
      'a negative count',
      { items: [{ indicator: 'QUA', count: exact(-1) }] },
      400,
      'input.too_small',
      'items[0].count.value',
    ],
    ['money that is no integer', { money: exact(1.5) }, 400, 'input.not_integer', 'money.value'],
    ['money as text', { money: { value: '1,5 tỷ', qualifier: 'EXACT' } }, 400, 'input.not_integer', 'money.value'],
    ['a span that runs backwards', { from: '2024-12-31', to: '2024-12-01' }, 400, 'period.reversed', 'to'],
    ['a span in the future', { to: '2025-12-31' }, 400, 'results.in_the_future', 'to'],
    ['nothing stated', { items: [{ indicator: 'QUA' }] }, 400, 'results.nothing_stated', 'items[0].count'],
    [
      'an unknown indicator',
      { items: [{ indicator: 'KHONG_CO', count: exact(1) }] },
      400,
      'results.unknown_indicator',
      'items[0].indicator',
    ],
    [
      'mixed natures',
      {
        items: [
          { indicator: 'QUA', count: exact(1) },
          { indicator: 'CHAU', count: exact(1) },
        ],
      },
      400,
      'results.natures_differ',
      'items',
    ],
    ['a stock over days', { items: [{ indicator: 'CLB', count: exact(1) }] }, 400, 'results.stock_is_of_a_day', 'from'],
    ['no proof', { source: null }, 400, 'results.no_source', 'source'],
    ['somebody’s file', { fileId: 999 }, 404, 'file.not_found', 'fileId'],
    ['an unknown unit', { unit: 'KHONG-CO' }, 404, 'unit.not_found', 'unit'],
    [
      'a second report of the same span',
      { from: '2024-01-01', to: '2024-03-31' },
      409,
      'results.already_reported',
      'to',
    ],
  ])('refuses %s', async (_, change, status, code, field) => {
    const answer = await enter('CS-A1', { ...facts('QUA', 1, '2024-12-01', '2024-12-31'), ...change });
    expect([answer.status, answer.body.code, answer.body.details[0].field]).toEqual([status, code, field]);
  });

  it('keeps another branch’s statements from being seen or changed', async () => {
    const other = await api.signIn('can-bo-b');
    const { id } = (await enter('CS-A1', facts('QUA', 1, '2025-01-01', '2025-01-31'))).body.report;
    for (const [method, path, body] of [
      ['GET', `/api/result-reports/${id}`, undefined],
      ['POST', `/api/result-reports/${id}/removal`, { reason: 'Thử' }],
      [
        'POST',
        `/api/result-reports/${id}/corrections`,
        { ...facts('QUA', 2, '2025-01-01', '2025-01-31'), reason: 'Thử' },
      ],
      ['GET', '/api/result-reports?unit=CS-A1', undefined],
      ['GET', '/api/result-targets?unit=TINH-A', undefined],
    ] as const)
      expect([path, (await api.inject(method, path, { as: other, body })).status]).toEqual([path, 404]);
    expect(
      (await api.inject('GET', '/api/result-reports', { as: other })).body.items.every(
        (one: { unit: { code: string } }) => one.unit.code === 'CS-B1' || one.unit.code === 'TINH-B',
      ),
    ).toBe(true);
    expect((await enter('CS-B1', facts('QUA', 1, '2025-02-01', '2025-02-28'), other)).status).toBe(201);
    expect(
      (
        await api.inject('POST', '/api/result-reports', {
          as: reading,
          body: { unit: 'CS-B1', ...facts('QUA', 1, '2025-03-01', '2025-03-31') },
        })
      ).status,
    ).toBe(404);
  });

  it('sets, corrects and removes targets; the derived percentage follows the reports', async () => {
    const target = {
      indicator: 'QUA',
      of: 'YEAR',
      label: 'Năm 2024',
      from: '2024-01-01',
      to: '2024-12-31',
      measure: 'COUNT',
      value: exact(40),
      source: 'Nghị quyết',
    };
    const set = await api.inject('POST', '/api/result-targets', { as: upper, body: { ...target, unit: 'TLD' } });
    expect([set.status, set.body.may]).toEqual([201, ['correct', 'remove']]);
    const twice = await api.inject('POST', '/api/result-targets', { as: upper, body: { ...target, unit: 'TLD' } });
    expect(twice.body.code).toBe('results.target_exists');
    const quarter = (await figure('TLD', 'QUA', '2024-01-01', '2024-03-31'))!;
    expect(quarter.targets).toMatchObject([
      { percentDerived: 57.5, reached: { value: 23 }, outcomeDerived: null, met: null },
    ]);
    const wrong = await api.inject('POST', `/api/result-targets/${set.body.id}/corrections`, {
      as: upper,
      body: { ...target, percent: 80, reason: 'Bổ sung' },
    });
    expect(wrong.body).toMatchObject({ code: 'results.stated_on_required', details: [{ field: 'statedOn' }] });
    const corrected = await api.inject('POST', `/api/result-targets/${set.body.id}/corrections`, {
      as: upper,
      body: { ...target, percent: 80.5, outcome: 'NOT_MET', statedOn: '2025-01-15', reason: 'Bổ sung' },
    });
    expect(corrected.body).toMatchObject({ percent: 80.5, outcome: 'NOT_MET', replaces: set.body.id });
    expect((await figure('TLD', 'QUA', '2024-01-01', '2024-12-31'))!.targets).toMatchObject([
      { percentStated: null, outcomeStated: null },
    ]);
    expect(
      (
        await api.inject('POST', `/api/result-targets/${corrected.body.id}/removal`, {
          as: upper,
          body: { reason: 'Huỷ' },
        })
      ).status,
    ).toBe(201);
    expect((await api.inject('GET', '/api/result-targets?unit=TLD', { as: reading })).body.items).toEqual([]);
  });

  it('states coverage with and without a denominator; more deployed than there are is refused', async () => {
    const stated = { campaign: 'Thi đua', level: 'UNION_GROUP', asOf: '2025-05-31', deployed: 3, source: 'Báo cáo' };
    const state = (more: object) =>
      api.inject('POST', '/api/coverage-statements', { as: upper, body: { unit: 'TINH-A', ...stated, ...more } });
    expect((await state({ expected: 2 })).body).toMatchObject({
      code: 'results.more_than_expected',
      details: [{ field: 'deployed' }],
    });
    expect((await state({ expected: 4, notDeployed: 2 })).body.details).toMatchObject([{ field: 'notDeployed' }]);
    expect((await state({})).status).toBe(201);
    expect((await state({ deployed: 4 })).body.code).toBe('results.already_reported');
    await state({ level: 'GRASSROOTS_UNION', deployed: 1, notDeployed: 1 });
    const rows = await api.app
      .get(CoverageQueries)
      .block(reader(api.db.source) as Queryable, await question(api, 'TINH-A', '2025-05-01', '2025-05-31'));
    expect(rows).toMatchObject([
      { level: 'GRASSROOTS_UNION', expected: 2, expectedFrom: 'TREE', percent: 50, unknown: 0 },
      { level: 'UNION_GROUP', expected: null, percent: null, unknown: null, deployed: 3 },
    ]);
  });

  it('shows beside stated coverage what the units listed themselves', async () => {
    const name = 'Xanh, sạch, đẹp';
    const campaign = {
      name,
      category: 'MOVEMENT',
      kind: 'THEMATIC',
      unit: 'TLD',
      from: '2025-01-01',
      to: '2025-12-31',
    };
    const launch = { launched: { number: '12/KH-TLĐ', day: '2025-01-05' }, launchDay: '2025-01-05' };
    const { body } = await api.inject('POST', '/api/campaigns', { as: upper, body: { ...campaign, ...launch } });
    const told = await api.inject('POST', `/api/campaigns/${body.id}/deployments`, {
      as: upper,
      body: { unit: 'CS-A1', status: 'NOT_STARTED', since: '2025-05-20' },
    });
    expect(told.status).toBe(201);
    const stated = { unit: 'TINH-A', campaign: name, level: 'GRASSROOTS_UNION', asOf: '2025-05-30', deployed: 1 };
    await api.inject('POST', '/api/coverage-statements', { as: upper, body: { ...stated, source: 'Báo cáo' } });
    const rows = await api.app
      .get(CoverageQueries)
      .block(reader(api.db.source), await question(api, 'TINH-A', '2025-05-01', '2025-05-31'));
    expect(rows.find((one) => one.campaign === name)).toMatchObject({
      deployed: 1,
      expected: 2,
      notDeployed: 1,
      unknown: 0,
      listed: { deployed: 0, notDeployed: 1, notReported: 1 },
    });
  });

  it('makes stale what it changes: the unit, those above, and nobody else', async () => {
    const ask = (unit: string) =>
      api.inject('GET', `/api/summaries?unit=${unit}&from=2025-04-01&to=2025-04-30`, { as: upper });
    for (const unit of ['TLD', 'TINH-A', 'TINH-B']) await ask(unit);
    await settle(api.app);
    await enter('CS-A1', facts('QUA', 1, '2025-04-01', '2025-04-30'));
    const fresh = await Promise.all(['TLD', 'TINH-A', 'TINH-B'].map(async (unit) => (await ask(unit)).body.freshness));
    expect(fresh).toEqual(['STALE', 'STALE', 'FRESH']);
  });
});
