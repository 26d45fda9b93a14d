import { type INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ROLE_PERMISSIONS, scopeOf, systemActor, type Actor, type Day, type Role } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { UnitsQueries, UnitsService, UnitTree, type ChangeUnitInput } from '@lib/units';
import { program } from '../../../test/properties/program.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';

const SETUP = systemActor('người cài đặt');
const EVERYWHERE = { everywhere: true } as const;

describe('the dated tree of units', () => {
  const clock = new Clock();
  let db: TestDatabase;
  let app: INestApplicationContext;
  let q: Queryable;
  let units: UnitsService;
  let tree: UnitTree;

  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    clock.setTo('2024-01-15');
    app = await program(db.url, clock);
    [units, tree, q] = [app.get(UnitsService), app.get(UnitTree), reader(app.get(DataSource))];
    await plant('TLD', null);
    await plant('TINH-A', 'TLD');
    await plant('TINH-B', 'TLD');
    await plant('HUYEN', 'TINH-A', '2010-01-01');
    await plant('CS-1', 'HUYEN', '2012-06-01');
    await plant('CS-CU', 'TINH-A', null, '2020-01-01');
  });

  afterAll(async () => {
    await app?.close();
    await db?.drop();
  });

  const plant = (code: string, parent: string | null, validFrom: Day | null = null, validTo: Day | null = null) =>
    units.create(SETUP, { code, name: `Đơn vị ${code}`, level: 'GRASSROOTS_UNION', parent, validFrom, validTo });
  const move = (code: string, change: ChangeUnitInput) => units.change(SETUP, code, change);
  const refused = (code: string, field?: string | null) =>
    expect.objectContaining(field === undefined ? { code } : { code, field });
  const idOf = (code: string) => tree.idOf(q, code, EVERYWHERE);
  const stored = async () =>
    (
      await q.query<{ n: string }>(
        `SELECT concat_ws(' ', (SELECT count(*) FROM unit_change), (SELECT count(*) FROM unit_version), (SELECT count(*) FROM unit_chain), (SELECT count(*) FROM audit)) AS n`,
      )
    )[0]?.n;

  /** The way up of a unit on a day, as codes, by what was known after change `n`. */
  async function wayUp(code: string, day: Day, n?: number): Promise<string> {
    const change = n ?? (await tree.changeKnownOn(q, null));
    const rows = await q.query<{ code: string }>(
      `SELECT a.code FROM unit_path p JOIN unit u ON u.id = p.unit_id JOIN unit a ON a.id = p.ancestor_id
        WHERE u.code = $1 AND p.vfrom <= $2 AND $2 < p.vto AND p.tfrom <= $3 AND $3 < p.tto ORDER BY p.depth`,
      [code, day, change],
    );
    return rows.map((row) => row.code).join(' < ');
  }

  const officerOf = async (code: string, role: Role = 'UNION_OFFICER'): Promise<Actor> => ({
    accountId: null,
    name: 'cán bộ',
    everywhere: false,
    grants: [{ unitId: await idOf(code), permissions: new Set(ROLE_PERMISSIONS[role]) }],
  });

  it('whose beginning is unknown reaches back to any day', async () => {
    expect(await wayUp('TINH-A', '1950-01-01')).toBe('TINH-A < TLD');
    const { validFrom, validTo } = await app.get(UnitsQueries).detail(SETUP, 'TINH-A');
    expect([validFrom, validTo]).toEqual([null, null]);
  });

  it('knows a unit on the days of its life only', async () => {
    const [founded, ended] = [await idOf('CS-1'), await idOf('CS-CU')];
    expect((await tree.onDay(q, [founded], '2012-05-31')).size).toBe(0);
    expect((await tree.onDay(q, [founded], '2012-06-01')).get(founded)?.path).toBe(
      'Đơn vị TLD › Đơn vị TINH-A › Đơn vị HUYEN › Đơn vị CS-1',
    );
    expect((await tree.onDay(q, [ended], '2020-01-01')).size).toBe(0);
    expect((await tree.onDay(q, [ended], '2019-12-31')).size).toBe(1);
    expect((await tree.ends(q, [founded, ended])).get(ended)).toBe('2020-01-01');
  });

  it('refuses a circle, a parent that did not live then, overlapping versions, a second unit of the code; nothing is stored', async () => {
    const before = await stored();
    await expect(move('TINH-A', { from: '2023-01-01', parent: 'CS-1' })).rejects.toEqual(
      refused('units.cycle', 'parent'),
    );
    await expect(move('HUYEN', { from: '2023-01-01', parent: 'HUYEN' })).rejects.toEqual(
      refused('units.cycle', 'parent'),
    );
    await expect(move('HUYEN', { from: '2015-01-01', parent: 'CS-CU' })).rejects.toEqual(
      refused('units.parent_not_valid', 'parent'),
    );
    await expect(plant('CS-X', 'HUYEN')).rejects.toEqual(refused('units.parent_not_valid'));
    await expect(plant('CS-1', 'HUYEN', '2020-01-01')).rejects.toEqual(refused('units.code_taken', 'code'));
    await expect(plant('CS-X', 'KHONG-CO')).rejects.toEqual(refused('unit.not_found', 'parent'));
    await expect(move('CS-CU', { from: '2021-01-01', name: 'Tên mới' })).rejects.toEqual(
      refused('units.not_valid_then', 'from'),
    );
    await expect(move('HUYEN', { from: '2021-01-01', until: '2021-01-01', name: 'Tên' })).rejects.toEqual(
      refused('units.empty_validity', 'until'),
    );
    await expect(move('HUYEN', { from: '2021-01-01' })).rejects.toEqual(refused('units.nothing_to_change'));
    const version = { name: 'Đơn vị', level: 'GRASSROOTS_UNION' as const, parent: 'TLD' };
    const twice = [
      { ...version, validTo: '2020-01-02' },
      { ...version, validFrom: '2020-01-01' },
    ];
    await expect(units.create(SETUP, { ...version, code: 'CS-X', versions: twice })).rejects.toEqual(
      refused('units.overlapping_versions', 'versions[1].validFrom'),
    );
    expect(await stored()).toBe(before);
  });

  it('moves a unit with all below it from a day on, backdated, and still knows what it knew before', async () => {
    const knownBefore = await tree.changeKnownOn(q, null);
    clock.setTo('2024-02-01');
    await move('HUYEN', { from: '2022-07-01', parent: 'TINH-B' });
    expect(await wayUp('CS-1', '2022-06-30')).toBe('CS-1 < HUYEN < TINH-A < TLD');
    expect(await wayUp('CS-1', '2022-07-01')).toBe('CS-1 < HUYEN < TINH-B < TLD');
    expect(await wayUp('CS-1', '2022-07-01', knownBefore)).toBe('CS-1 < HUYEN < TINH-A < TLD');
    expect(await tree.changeKnownOn(q, '2024-01-31')).toBe(knownBefore);
    expect(await tree.changeKnownOn(q, '2024-02-01')).toBe(await tree.changeKnownOn(q, null));
    expect(await tree.changeKnownOn(q, '2023-12-31')).toBe(0);
  });

  it('moves a unit for a time, and it is back afterwards', async () => {
    await move('CS-1', { from: '2023-03-01', until: '2023-04-01', parent: 'TINH-A' });
    expect(await wayUp('CS-1', '2023-02-28')).toBe('CS-1 < HUYEN < TINH-B < TLD');
    expect(await wayUp('CS-1', '2023-03-31')).toBe('CS-1 < TINH-A < TLD');
    expect(await wayUp('CS-1', '2023-04-01')).toBe('CS-1 < HUYEN < TINH-B < TLD');
  });

  it('renames from a day on and leaves the way up alone', async () => {
    const chains = await q.query(`SELECT count(*)::int AS n FROM unit_chain`);
    await move('HUYEN', { from: '2023-01-01', name: 'Công đoàn  khu vực' });
    expect(await q.query(`SELECT count(*)::int AS n FROM unit_chain`)).toEqual(chains);
    const id = await idOf('HUYEN');
    expect((await tree.refs(q, [id], '2022-12-31')).get(id)?.name).toBe('Đơn vị HUYEN');
    expect((await tree.refs(q, [id], '2023-01-01')).get(id)?.name).toBe('Công đoàn khu vực');
  });

  it('opens the subtree of a grant as it is today, and what has ended there by its last day', async () => {
    const [a, b] = [await officerOf('TINH-A'), await officerOf('TINH-B')];
    const mine = async (actor: Actor) => {
      return [
        ...(
          await tree.idsOf(q, ['TLD', 'TINH-A', 'TINH-B', 'HUYEN', 'CS-1', 'CS-CU'], scopeOf(actor, 'unit.read'))
        ).keys(),
      ].toSorted();
    };
    expect(await mine(a)).toEqual(['CS-CU', 'TINH-A']);
    expect(await mine(b)).toEqual(['CS-1', 'HUYEN', 'TINH-B']);
    await expect(units.change(a, 'HUYEN', { from: '2024-01-01', name: 'Không phải của tôi' })).rejects.toEqual(
      refused('unit.not_found', 'code'),
    );
    await expect(units.change(b, 'HUYEN', { from: '2024-01-01', parent: 'TINH-A' })).rejects.toEqual(
      refused('unit.not_found', 'parent'),
    );
    await expect(units.create(a, { code: 'CS-GOC', name: 'Đơn vị gốc', level: 'GRASSROOTS_UNION' })).rejects.toEqual(
      refused('units.parent_required', 'parent'),
    );
    await expect(tree.idOf(q, 'TLD', scopeOf({ ...a, grants: [] }, 'unit.read'))).rejects.toEqual(
      refused('unit.not_found'),
    );
  });
});
