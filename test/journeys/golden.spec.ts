import { DEMO_PASSWORD } from '@lib/access';
import type { RecordsQueries, Summary } from '@lib/summaries';
import { settle } from '../support/settle.js';
import { testApi, type TestApi } from '../support/api.js';

type Opened = Awaited<ReturnType<RecordsQueries['records']>>;

/** The published figures of the five documents, over HTTP on the demonstration data (domain §6.6). */
describe('golden figures', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    officer = await api.signIn('tld', DEMO_PASSWORD);
  });
  afterAll(() => api.close());

  const summary = async (unit: string, from: string, to: string, asKnownOn?: string): Promise<Summary> => {
    const url = `/api/summaries?unit=${unit}&from=${from}&to=${to}${asKnownOn ? `&asKnownOn=${asKnownOn}` : ''}`;
    await api.inject('GET', url, { as: officer });
    await settle(api.app);
    const answer = await api.inject('GET', url, { as: officer });
    expect(answer.status).toBe(200);
    expect(answer.body.freshness).toBe('FRESH');
    return answer.body;
  };
  const beside = async (block: string, unit: string, from: string, to: string, key: string) => {
    const url = `/api/summaries/${block}/records?unit=${unit}&from=${from}&to=${to}&key=${encodeURIComponent(key)}`;
    const answer = await api.inject('GET', url, { as: officer });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const pair = (row: { collectives: number; individuals: number } | undefined): string =>
    `${row?.collectives}/${row?.individuals}`;
  const SEVEN_MONTHS = ['2020-01-01', '2020-07-31'] as const;

  test('G1: the police union in 2023: 10/19 and 47 prizes beside them', async () => {
    const s = await summary('CDCAND', '2023-01-01', '2023-12-31');
    expect(pair(s.awards.total)).toBe('10/19');
    expect(s.prizes.total).toBe(47);
    expect(s.prizes.lines).toEqual([
      expect.objectContaining({ count: 47, collectives: null, individuals: null, unsplit: 47, tier: null }),
    ]);
    expect(s.prizes.lines[0]!.contests).toHaveLength(3);
    const lines = s.awards.lines.map((line) => [
      line.conferringBodies.map((body) => body.code).join(),
      line.form,
      line.formCertainty,
      line.relation,
      pair(line),
    ]);
    expect(lines).toEqual([
      ['BCA', 'BANG_KHEN', 'STATED', 'OUTSIDE_BODY', '8/6'],
      ['CDCAND', 'BANG_KHEN', 'INFERRED', 'OWN', '0/11'],
      ['CDCAND', 'BANG_KHEN', 'STATED', 'OWN', '2/2'],
    ]);
    expect(s.awards.lines[0]!.campaign).toBe('Phong trào thi đua đặc biệt');
    expect(s.awards.lines[0]!.when).toEqual({ from: '2023-12-06', to: '2023-12-06', basis: 'PRESENTATION' });
    expect(s.awards.lines[2]!.campaign).toContain('1 triệu sáng kiến');
    expect(s.awards.byConferringLevel.map((row) => [row.level, pair(row)])).toEqual([
      ['STATE_ORGAN', '8/6'],
      ['CENTRAL_SECTOR_UNION', '2/13'],
    ]);
    expect(s.awards.byForm.map((row) => [row.form, pair(row)])).toEqual([['BANG_KHEN', '10/19']]);
    expect([s.strength.members, s.strength.workers]).toEqual([null, null]);
    expect(s.strength.unitsByLevel.every((row) => row.stated === null)).toBe(true);
  });

  test('G1: strength on 16/07/2024: more than 24.000 members, 24 and 541 unions', async () => {
    const s = await summary('CDCAND', '2024-01-01', '2024-07-16');
    expect(s.strength.members).toMatchObject({ value: 24_000, qualifier: 'OVER', asOf: '2024-07-16' });
    const stated = s.strength.unitsByLevel.map((row) => [row.level, row.stated?.value ?? null]);
    expect(stated).toEqual(
      expect.arrayContaining([
        ['DIRECT_UPPER_UNION', 24],
        ['GRASSROOTS_UNION', 541],
      ]),
    );
    const before = await summary('CDCAND', '2024-01-01', '2024-07-15');
    expect(before.strength.members).toBeNull();
  });

  test('G2: seven months of 2020: 29/51, by level, by form, ad hoc 1/2', async () => {
    const s = await summary('CDVC-CAOBANG', ...SEVEN_MONTHS);
    expect(pair(s.awards.total)).toBe('29/51');
    expect(s.awards.total).toMatchObject({ households: 0, unsplit: 0, women: null, persons: null });
    expect(s.awards.byConferringLevel.map((row) => [row.level, pair(row)])).toEqual([
      ['CONFEDERATION', '0/2'],
      ['PROVINCIAL_FEDERATION', '3/6'],
      ['DIRECT_UPPER_UNION', '16/28'],
      ['GRASSROOTS_UNION', '10/15'],
    ]);
    expect(s.awards.byForm.map((row) => [row.form, pair(row)])).toEqual([
      ['BANG_LDST', '0/2'],
      ['GIAY_KHEN', '16/28'],
      ['UNKNOWN', '13/21'],
    ]);
    expect(s.awards.byType.filter((row) => row.type === 'AD_HOC').map(pair)).toEqual(['1/2']);
  });

  test('G2c: facts known only for the seven months are listed, not counted, in a shorter period', async () => {
    const june = await summary('CDVC-CAOBANG', '2020-01-01', '2020-06-30');
    expect(pair(june.awards.total)).toBe('16/28');
    expect(june.awards.undatedWithin.map((row) => pair(row.counts)).sort()).toEqual(['1/2', '10/15']);
    const may = await summary('CDVC-CAOBANG', '2020-01-01', '2020-05-15');
    expect(pair(may.awards.total)).toBe('0/0');
    expect(may.awards.undatedWithin.map((row) => pair(row.counts)).sort()).toEqual(['1/2', '10/15', '11/18', '5/10']);
  });

  test('G2d: seen from the province and from the confederation it is 29/51 once', async () => {
    for (const unit of ['LDLD-CAOBANG', 'TLD']) {
      const s = await summary(unit, ...SEVEN_MONTHS);
      expect([unit, pair(s.awards.total)]).toEqual([unit, '29/51']);
      const parts = s.children.reduce(
        (sum: number[], child) => [sum[0]! + child.awards.collectives, sum[1]! + child.awards.individuals],
        [0, 0],
      );
      expect(parts).toEqual([29, 51]);
    }
  });

  test('G6: 1.067 recognised, none of them an award', async () => {
    const s = await summary('CDCAND', '2024-01-01', '2024-06-30');
    expect(s.recognitions.total.individuals).toBe(1067);
    expect(pair(s.awards.total)).toBe('0/0');
    expect(s.titles.total.individuals).toBe(0);
  });

  test('G7: seven medals presented by the union, conferred by the confederation (unverified); nothing before the day', async () => {
    const s = await summary('CDVC-2022', '2022-01-01', '2022-07-20');
    expect(pair(s.awards.total)).toBe('0/7');
    expect(s.awards.lines).toEqual([
      expect.objectContaining({
        form: 'KY_NIEM_CHUONG',
        conferringBodies: [expect.objectContaining({ code: 'TLD' })],
        conferringVerified: false,
        presenting: expect.objectContaining({ code: 'CDVC-2022' }),
      }),
    ]);
    expect(s.strength.workers).toMatchObject({ value: 3958, qualifier: 'EXACT' });
    expect(s.strength.members).toBeNull();
    const june = await summary('CDVC-2022', '2022-01-01', '2022-06-30');
    expect(pair(june.awards.total)).toBe('0/0');
    expect(june.awards.undatedWithin).toEqual([]);
    expect(june.strength.workers).toBeNull();
  });

  test('G3: 696.948 initiatives of 300.000 in phase 1: 232,3 %, stated and derived', async () => {
    const s = await summary('TLD', '2021-09-01', '2022-05-31');
    const rows = s.indicators.filter((row) => row.code === 'SANG_KIEN');
    const target = rows.flatMap((row) => row.targets).find((one) => one.of === 'PHASE' && one.value === 300_000);
    expect(target).toMatchObject({ percentStated: 232.3, percentDerived: 232.3, met: true });
    expect(target?.reached).toEqual({ value: 696_948, qualifier: 'EXACT' });
  });

  test('G4: Con nuôi on 30/06/2024: 14 of 24 (58,3 %), ten without a list', async () => {
    const s = await summary('CDCAND', '2024-01-01', '2024-06-30');
    expect(s.coverage).toEqual([
      expect.objectContaining({
        level: 'DIRECT_UPPER_UNION',
        asOf: '2024-06-30',
        deployed: 14,
        expected: 24,
        percent: 58.3,
        notDeployed: null,
        unknown: 10,
      }),
    ]);
    const opened = await beside('coverage', 'CDCAND', '2024-01-01', '2024-06-30', s.coverage[0]!.key);
    expect(opened).toMatchObject({ deployed: 14, expected: 24, unit: { code: 'CDCAND' } });
    expect((await summary('CDCAND', '2024-01-01', '2024-06-29')).coverage).toEqual([]);
  });

  test('G5: thirteen repaired and thirteen new homes share 1.500.000.000; gifts proposed; 112 children so far', async () => {
    const s = await summary('CDCAND', '2024-01-01', '2024-06-30');
    const row = (code: string) => s.indicators.find((one) => one.code === code);
    const exact = (value: number) => ({ value, qualifier: 'EXACT' });
    expect(row('MAI_AM_SUA')).toMatchObject({ count: exact(13), money: null, status: 'DELIVERED', nature: 'FLOW' });
    expect(row('MAI_AM_MOI')).toMatchObject({ count: exact(13), money: null, status: 'DELIVERED', nature: 'FLOW' });
    expect(s.moneyGroups).toEqual([
      expect.objectContaining({
        indicators: ['MAI_AM_MOI', 'MAI_AM_SUA'],
        value: 1_500_000_000,
        qualifier: 'EXACT',
        status: 'DELIVERED',
      }),
    ]);
    expect(s.indicators.filter((one) => one.code === 'SUAT_QUA')).toEqual([
      expect.objectContaining({
        count: { value: 2400, qualifier: 'OVER' },
        money: { value: 1_400_000_000, qualifier: 'NEARLY' },
        status: 'PROPOSED',
      }),
    ]);
    expect(row('CON_NUOI_CHAU')).toMatchObject({
      count: exact(112),
      money: exact(250_000_000),
      nature: 'CUMULATIVE',
      asOf: '2024-06-30',
    });
    // No span that was reported covers the year, and none is guessed.
    const year = await summary('CDCAND', '2024-01-01', '2024-12-31');
    expect(year.indicators.find((one) => one.code === 'MAI_AM_SUA')).toMatchObject({ count: null });
    expect(year.moneyGroups.map((group) => group.value)).toEqual([null]);
  });

  test('G7: 95 people given gifts, no packages and no money; both phases and the congress target exceeded without figures', async () => {
    const s = await summary('CDVC-2022', '2022-01-01', '2022-07-20');
    expect(s.indicators.find((one) => one.code === 'TANG_QUA_NGUOI')).toMatchObject({
      count: { value: 95, qualifier: 'EXACT' },
      money: null,
      unitOfMeasure: 'người',
    });
    expect(s.indicators.filter((one) => one.code === 'SUAT_QUA')).toEqual([]);
    const targets = s.indicators.flatMap((one) => one.targets);
    expect(targets.map((one) => [one.of, one.value, one.outcomeStated, one.met]).sort()).toEqual([
      ['PHASE', null, 'EXCEEDED', true],
      ['PHASE', null, 'EXCEEDED', true],
      ['TERM', null, 'EXCEEDED', true],
    ]);
    const june = await summary('CDVC-2022', '2022-01-01', '2022-06-30');
    expect(june.indicators.flatMap((one) => one.targets).map((one) => one.met)).toEqual(
      june.indicators.flatMap((one) => one.targets).map(() => null),
    );
  });

  test('S1: the head of Khối thi đua số 4 has confirmed the agreement', async () => {
    const s = await summary('CDCAND', '2022-01-01', '2022-12-31');
    expect(s.agreements).toMatchObject({ signed: 1, members: 1, late: 0 });
    const opened = await beside('agreements', 'CDCAND', '2022-01-01', '2022-12-31', 'signed');
    expect(opened.items.map((item: { unit: { code: string } }) => item.unit.code)).toEqual(['CDCAND-CTDCTCT']);
  });

  test('campaigns stand with their awards and prizes, and indicators open to their reports', async () => {
    const s = await summary('CDCAND', '2023-01-01', '2023-12-31');
    const special = s.campaigns.find((one) => one.special);
    expect(pair(special?.awards)).toBe('8/6');
    expect(special?.contests.reduce((sum, contest) => sum + (contest.prizes ?? 0), 0)).toBe(47);
    const url = `/api/summaries/records?unit=CDCAND&from=2023-01-01&to=2023-12-31&block=awards&campaign=${special?.id}`;
    expect(pair((await api.inject('GET', url, { as: officer })).body.sum)).toBe('8/6');
    const half = ['CDCAND', '2024-01-01', '2024-06-30'] as const;
    const homes = (await summary(...half)).indicators.find((one) => one.code === 'MAI_AM_SUA');
    const opened = await beside('indicators', ...half, homes?.key ?? '');
    expect(opened.items.map((item: { figure: object; counted: boolean }) => [item.figure, item.counted])).toEqual([
      [{ value: 13, qualifier: 'EXACT' }, true],
    ]);
  });

  test('every figure opens to records that add up to it', async () => {
    const s = await summary('CDVC-CAOBANG', ...SEVEN_MONTHS);
    const open = async (query: string): Promise<Opened> =>
      (
        await api.inject(
          'GET',
          `/api/summaries/records?unit=CDVC-CAOBANG&from=2020-01-01&to=2020-07-31&pin=${s.seq}&${query}`,
          { as: officer },
        )
      ).body;
    expect(pair((await open('block=awards')).sum)).toBe('29/51');
    for (const row of [
      ...s.awards.lines.map((line) => ({ ...line, keys: [line.key] })),
      ...s.awards.byForm,
      ...s.awards.byConferringLevel,
    ]) {
      const opened = await open(`key=${row.keys.join()}`);
      expect(pair(opened.sum)).toBe(pair(row));
      expect(opened.items.reduce((sum: number, item) => sum + item.counts.individuals, 0)).toBe(row.individuals);
    }
    const office = (await open('block=awards')).items.filter((item) => item.what === 'LINE');
    expect(office.map((item) => item.recipient)).toEqual(['Văn phòng Công đoàn Viên chức tỉnh Cao Bằng']);
  });

  test('G2b: 2/3 recorded at one grassroots union as part of the stated 10/15 leaves 29/51', async () => {
    const stated = await api.db.source.query(`SELECT id FROM award_batch WHERE stated_coll = 10 AND stated_indiv = 15`);
    const answer = await api.inject('POST', '/api/award-batches', {
      as: officer,
      body: {
        kind: 'AWARD',
        unit: 'CDCS-SNV-CAOBANG',
        conferring: [{ unit: 'CDCS-SNV-CAOBANG' }],
        when: { from: '2020-06-15', to: '2020-06-15', basis: 'PRESENTATION' },
        stated: { collectives: 2, individuals: 3 },
        partOf: stated[0].id,
      },
    });
    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toEqual([]);
    const s = await summary('CDVC-CAOBANG', ...SEVEN_MONTHS);
    expect(pair(s.awards.total)).toBe('29/51');
    expect(s.children.map((child) => [child.unit.code, pair(child.awards)])).toEqual([
      ['CDCS-SNV-CAOBANG', '2/3'],
      ['CDVC-CAOBANG', '27/48'],
    ]);
    for (const child of s.children) {
      const url = `/api/summaries/records?unit=CDVC-CAOBANG&from=2020-01-01&to=2020-07-31&block=awards&part=${child.unit.code}`;
      expect(pair((await api.inject('GET', url, { as: officer })).body.sum)).toBe(pair(child.awards));
    }
    expect(pair((await summary('CDCS-SNV-CAOBANG', ...SEVEN_MONTHS)).awards.total)).toBe('2/3');
    expect(pair((await summary('TLD', ...SEVEN_MONTHS)).awards.total)).toBe('29/51');
    const june = await summary('CDVC-CAOBANG', '2020-01-01', '2020-06-30');
    expect(pair(june.awards.total)).toBe('18/31');
  });

  test('G9: one revoked on day x: 29/50 as known from x on, 29/51 before; taken back, it counts again from then on', async () => {
    const [given] = await api.db.source.query(
      `SELECT id FROM award_batch WHERE stated_coll = 11 AND stated_indiv = 18`,
    );
    api.clock.setTo('2027-03-08');
    officer = await api.signIn('tld', DEMO_PASSWORD);
    const answer = await api.inject('POST', `/api/award-batches/${given.id}/revocations`, {
      as: officer,
      body: { reason: 'Kết luận về thành tích không đúng', ground: 'VIOLATION_IN_PERIOD', counts: { individuals: 1 } },
    });
    expect(answer.status).toBe(201);
    expect(answer.body.batch.revocations).toHaveLength(1);
    expect(pair((await summary('CDVC-CAOBANG', ...SEVEN_MONTHS)).awards.total)).toBe('29/50');
    expect(pair((await summary('CDVC-CAOBANG', ...SEVEN_MONTHS, '2027-03-07')).awards.total)).toBe('29/51');
    expect(pair((await summary('CDVC-CAOBANG', ...SEVEN_MONTHS, '2027-03-08')).awards.total)).toBe('29/50');
    api.clock.setTo('2027-03-09');
    officer = await api.signIn('tld', DEMO_PASSWORD);
    expect(pair((await summary('CDVC-CAOBANG', ...SEVEN_MONTHS, '2027-03-08')).awards.total)).toBe('29/50');
    expect(pair((await summary('TLD', ...SEVEN_MONTHS)).awards.total)).toBe('29/50');

    const [revocation] = answer.body.batch.revocations;
    const withdrawal = `/api/award-batches/${given.id}/revocations/${revocation.id}/withdrawal`;
    api.clock.setTo('2027-03-10');
    officer = await api.signIn('tld', DEMO_PASSWORD);
    const withdrawn = await api.inject('POST', withdrawal, { as: officer, body: { reason: 'Kết luận được huỷ bỏ' } });
    expect([withdrawn.status, withdrawn.body.batch.revocations[0].withdrawnOn]).toEqual([201, '2027-03-10']);
    expect((await api.inject('POST', withdrawal, { as: officer, body: { reason: 'Lần nữa' } })).body.code).toBe(
      'awards.already_withdrawn',
    );
    expect(pair((await summary('CDVC-CAOBANG', ...SEVEN_MONTHS)).awards.total)).toBe('29/51');
    expect(pair((await summary('CDVC-CAOBANG', ...SEVEN_MONTHS, '2027-03-09')).awards.total)).toBe('29/50');
    expect(pair((await summary('CDVC-CAOBANG', ...SEVEN_MONTHS, '2027-03-07')).awards.total)).toBe('29/51');
  });
});
