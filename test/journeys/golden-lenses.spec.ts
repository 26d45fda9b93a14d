import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { DEMO_PASSWORD } from '@lib/access';
import { systemActor } from '@lib/kernel';
import { Memberships } from '@lib/people';
import { transact } from '@lib/platform';
import type { RecordsQueries, Summary } from '@lib/summaries';
import { UnitEvents, type Lens, type UnitEventInput } from '@lib/units';
import { settle } from '../support/settle.js';
import { testApi, type TestApi } from '../support/api.js';

type Opened = Awaited<ReturnType<RecordsQueries['records']>>;
const run = promisify(execFile);
const MAIN = join(import.meta.dirname, '../../dist/apps/ops/src/main.js');
const OPERATOR = systemActor('test');
const G2 = ['2020-01-01', '2020-07-31'] as const;
const DECISION = { number: '12/QĐ-LĐLĐ', day: '2025-05-20' };
const FROM = '2025-07-01';

/** The published figures through both lenses, while the units of the documents are merged, split and dissolved (domain §6.6, G8 and G10). */
describe('golden figures through two lenses', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    officer = await api.signIn('tld', DEMO_PASSWORD);
  });
  afterAll(() => api.close());

  const question = (unit: string, from: string, to: string, lens: Lens): string =>
    `unit=${unit}&from=${from}&to=${to}&lens=${lens}`;
  const summary = async (unit: string, lens: Lens, [from, to]: readonly [string, string] = G2): Promise<Summary> => {
    const url = `/api/summaries?${question(unit, from, to, lens)}`;
    await api.inject('GET', url, { as: officer });
    await settle(api.app);
    const answer = await api.inject('GET', url, { as: officer });
    expect([answer.status, answer.body.freshness, answer.body.lens]).toEqual([200, 'FRESH', lens]);
    return answer.body;
  };
  const opened = async (unit: string, lens: Lens, query: string): Promise<Opened> => {
    const url = `/api/summaries/records?${question(unit, ...G2, lens)}&${query}`;
    const answer = await api.inject('GET', url, { as: officer });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const ops = async (
    unit: string,
    [from, to]: readonly [string, string],
    lens: Lens,
    format: string,
  ): Promise<string> => {
    const args = ['summary', '--unit', unit, '--from', from, '--to', to, '--lens', lens, '--format', format];
    const env = { PATH: process.env['PATH'], DATABASE_URL: api.db.url };
    return (await run(process.execPath, [MAIN, ...args], { env })).stdout;
  };
  const record = (input: Omit<UnitEventInput, 'from' | 'decision'>): Promise<number> =>
    transact(api.app.get(DataSource), async (tx) => {
      const given = { ...input, from: FROM, decision: DECISION };
      return (await api.app.get(UnitEvents).record(tx, OPERATOR, given)).id;
    });
  const takeBack = (event: number): Promise<unknown> =>
    transact(api.app.get(DataSource), (tx) =>
      api.app.get(UnitEvents).reverse(tx, OPERATOR, event, { decision: { ...DECISION, number: '13/QĐ-LĐLĐ' } }),
    );
  const pair = (row: { collectives: number; individuals: number } | undefined): string =>
    `${row?.collectives}/${row?.individuals}`;
  const children = (s: Summary): unknown[] =>
    s.children.map((child) => [child.own ? 'own' : child.unit.code, child.carried, pair(child.awards)]);
  /** As-was is G2 everywhere; every row of the parts opens to records that prove it. */
  const provesItself = async (unit: string, lens: Lens, total: string): Promise<Summary> => {
    const s = await summary(unit, lens);
    expect([unit, lens, pair(s.awards.total)]).toEqual([unit, lens, total]);
    expect(pair((await opened(unit, lens, 'block=awards')).sum)).toBe(total);
    for (const child of s.children)
      expect(pair((await opened(unit, lens, `block=awards&part=${child.unit.code}`)).sum)).toBe(pair(child.awards));
    for (const line of s.awards.lines) expect(pair((await opened(unit, lens, `key=${line.key}`)).sum)).toBe(pair(line));
    const parts = s.children.reduce(
      (sum, child) => [sum[0]! + child.awards.collectives, sum[1]! + child.awards.individuals],
      [0, 0],
    );
    if (s.children.length > 0) expect(parts.join('/')).toBe(total);
    return s;
  };
  const wasUnchanged = async (): Promise<void> => {
    for (const unit of ['CDVC-CAOBANG', 'LDLD-CAOBANG', 'TLD']) {
      const s = await provesItself(unit, 'as-was', '29/51');
      expect(s.awards.byConferringLevel.map((row) => [row.level, pair(row)])).toEqual([
        ['CONFEDERATION', '0/2'],
        ['PROVINCIAL_FEDERATION', '3/6'],
        ['DIRECT_UPPER_UNION', '16/28'],
        ['GRASSROOTS_UNION', '10/15'],
      ]);
    }
  };

  test('G8: the same programme as of 07/2024 and as of 04/2025 has the denominators of its day', async () => {
    for (const asOf of ['2024-07-16', '2025-04-24'])
      for (const [level, deployed] of [
        ['DIRECT_UPPER_UNION', 14],
        ['GRASSROOTS_UNION', 200],
      ] as const) {
        const body = { unit: 'CDCAND', campaign: 'Con nuôi Công đoàn', level, asOf, deployed, source: 'Số liệu thử' };
        expect((await api.inject('POST', '/api/coverage-statements', { as: officer, body })).status).toBe(201);
      }
    const covered = (s: Summary): unknown[] =>
      s.coverage.map((row) => [row.level, row.expected, row.expectedFrom, row.expectedOn, row.percent]);
    for (const lens of ['as-was', 'as-is'] as const) {
      expect(covered(await summary('CDCAND', lens, ['2024-01-01', '2024-07-31']))).toEqual([
        ['DIRECT_UPPER_UNION', 24, 'STRENGTH', '2024-07-16', 58.3],
        ['GRASSROOTS_UNION', 541, 'STRENGTH', '2024-07-16', 37],
      ]);
      expect(covered(await summary('CDCAND', lens, ['2025-01-01', '2025-04-30']))).toEqual([
        ['DIRECT_UPPER_UNION', 25, 'STRENGTH', '2025-04-24', 56],
        ['GRASSROOTS_UNION', 299, 'STRENGTH', '2025-04-24', 66.9],
      ]);
    }
    const printed = await ops('CDCAND', ['2025-01-01', '2025-04-30'], 'as-is', 'json');
    expect(covered(JSON.parse(printed))).toContainEqual(['GRASSROOTS_UNION', 299, 'STRENGTH', '2025-04-24', 66.9]);
    const strength = (await summary('CDCAND', 'as-was', ['2025-01-01', '2025-04-30'])).strength;
    expect(strength.members).toMatchObject({ value: 30_000, qualifier: 'OVER', asOf: '2025-04-24' });
  });

  test('before anything is reorganised both lenses say the same', async () => {
    for (const unit of ['CDVC-CAOBANG', 'LDLD-CAOBANG', 'TLD']) {
      const was = await summary(unit, 'as-was');
      const is = await summary(unit, 'as-is');
      const told = ({ coverage, strength, ...rest }: Summary): object => ({
        ...rest,
        coverage: coverage.map((row) => ({ ...row, expectedOn: null })),
        strength: { ...strength, treeOn: null },
        lens: null,
        fingerprint: null,
      });
      expect(told(is)).toEqual(told(was));
    }
  });

  test('G10: two units are merged: as-was stays G2, as-is it is the successor’s', async () => {
    const merged = await record({
      kind: 'MERGE',
      units: ['CDVC-CAOBANG', 'CDCS-SNV-CAOBANG'],
      successors: [
        {
          found: {
            code: 'MH-HOP-NHAT',
            name: 'Công đoàn hợp nhất (Đơn vị minh hoạ)',
            level: 'DIRECT_UPPER_UNION',
            parent: 'LDLD-CAOBANG',
          },
        },
      ],
    });
    await wasUnchanged();
    expect((await summary('CDVC-CAOBANG', 'as-was')).restructured).toBe(true);
    const successor = await provesItself('MH-HOP-NHAT', 'as-is', '29/51');
    expect(children(successor)).toEqual([
      ['CDVC-CAOBANG', 'MERGED', '29/51'],
      ['own', null, '0/0'],
    ]);
    expect(pair((await summary('MH-HOP-NHAT', 'as-was')).awards.total)).toBe('0/0');
    const above = await provesItself('LDLD-CAOBANG', 'as-is', '29/51');
    expect(children(above)).toEqual([
      ['MH-HOP-NHAT', null, '29/51'],
      ['own', null, '0/0'],
    ]);
    expect(await ops('MH-HOP-NHAT', G2, 'as-is', 'text')).toContain('đơn vị đã sáp nhập');
    await takeBack(merged);
    expect(children(await provesItself('LDLD-CAOBANG', 'as-is', '29/51'))).toEqual([
      ['CDVC-CAOBANG', null, '29/51'],
      ['own', null, '0/0'],
    ]);
  });

  test('G10c: dissolved without a successor: as-was stays G2, as-is it stands under the nearest unit that is left', async () => {
    const dissolved = await record({
      kind: 'DISSOLVE',
      units: ['CDVC-CAOBANG'],
      subUnits: await below('LDLD-CAOBANG'),
    });
    await wasUnchanged();
    const above = await provesItself('LDLD-CAOBANG', 'as-is', '29/51');
    expect(children(above)).toEqual([
      ['CDVC-CAOBANG', 'DISSOLVED', '29/51'],
      ['own', null, '0/0'],
    ]);
    expect((await summary('CDVC-CAOBANG', 'as-is')).carried).toBe('DISSOLVED');
    const printed = await ops('LDLD-CAOBANG', G2, 'as-is', 'text');
    expect(printed).toContain('quy về tổ chức hiện nay');
    expect(printed).toMatch(/Cao Bằng \(đơn vị đã giải thể\)/);
    expect(JSON.parse(await ops('CDVC-CAOBANG', G2, 'as-was', 'json')).awards.total).toMatchObject({
      collectives: 29,
      individuals: 51,
    });
    await takeBack(dissolved);
  });

  test('G10b: after a split the stated figures stand at the unit above, unallocated; lines go with the people they name', async () => {
    const [first] = await below('MH-TACH-1');
    const others = (await below('MH-TACH-2')).filter((one) => one.unit !== first!.unit);
    const founded = (code: string) => ({
      found: {
        code,
        name: `Công đoàn ${code} (Đơn vị minh hoạ)`,
        level: 'DIRECT_UPPER_UNION' as const,
        parent: 'LDLD-CAOBANG',
      },
    });
    await record({
      kind: 'SPLIT',
      units: ['CDVC-CAOBANG'],
      successors: [founded('MH-TACH-1'), founded('MH-TACH-2')],
      subUnits: [first!, ...others],
    });
    await wasUnchanged();
    expect(children(await provesItself('LDLD-CAOBANG', 'as-is', '29/51'))).toEqual([
      ['CDVC-CAOBANG', 'UNALLOCATED', '29/51'],
      ['own', null, '0/0'],
    ]);
    expect(await ops('LDLD-CAOBANG', G2, 'as-is', 'text')).toMatch(/Cao Bằng \(chưa phân bổ\)/);

    const [stated] = await api.db.source.query(
      `SELECT id FROM award_batch WHERE stated_coll = 11 AND stated_indiv = 18`,
    );
    const lines = ['Người Minh Hoạ Một', 'Người Minh Hoạ Hai'].map((personName, index) => ({
      recipient: { personName, birthYear: 1980 + index },
      unit: 'CDVC-CAOBANG',
    }));
    const answer = await api.inject('POST', `/api/award-batches/${stated.id}/lines`, { as: officer, body: { lines } });
    expect(answer.status).toBe(201);
    await wasUnchanged();
    expect(children(await summary('LDLD-CAOBANG', 'as-is'))[0]).toEqual(['CDVC-CAOBANG', 'UNALLOCATED', '29/51']);

    await transact(api.app.get(DataSource), async (tx) => {
      const [from] = await tx.query<{ id: number }>(`SELECT id FROM unit WHERE code = 'CDVC-CAOBANG'`);
      const [to] = await tx.query<{ id: number }>(`SELECT id FROM unit WHERE code = 'MH-TACH-1'`);
      await api.app.get(Memberships).moveAll(tx, OPERATOR, from!.id, to!.id, FROM);
    });
    await wasUnchanged();
    expect(children(await provesItself('LDLD-CAOBANG', 'as-is', '29/51'))).toEqual([
      ['MH-TACH-1', null, '0/2'],
      ['CDVC-CAOBANG', 'UNALLOCATED', '29/49'],
      ['own', null, '0/0'],
    ]);
    await provesItself('MH-TACH-1', 'as-is', '0/2');
    await provesItself('MH-TACH-2', 'as-is', '0/0');
  });

  /** Every direct sub-unit of CĐVC Cao Bằng goes to `to`. */
  async function below(to: string): Promise<{ unit: string; to: string }[]> {
    const rows = await api.db.source.query<{ code: string }[]>(
      `SELECT u.code FROM unit_version v JOIN unit u ON u.id = v.unit_id JOIN unit p ON p.id = v.parent_id
        WHERE p.code = 'CDVC-CAOBANG' AND v.tto = 2147483647 AND v.vto = 'infinity' ORDER BY u.code`,
    );
    return rows.map(({ code }) => ({ unit: code, to }));
  }
});
