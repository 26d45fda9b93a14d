import { type INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ROLE_PERMISSIONS, systemActor, type Actor, type Day, type Level, type Role } from '@lib/kernel';
import { Clock, reader, transact, type Queryable } from '@lib/platform';
import { TreeWriter, UnitEvents, UnitsQueries, UnitsService, UnitTree, type UnitEventInput } from '@lib/units';
import { program } from '../../../test/properties/program.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';

const SETUP = systemActor('người cài đặt');
const EVERYWHERE = { everywhere: true } as const;
const DECISION = { number: '12/QĐ-TLĐ', day: '2025-06-20', body: 'Tổng Liên đoàn' };

describe('reorganisation events', () => {
  const clock = new Clock();
  let db: TestDatabase;
  let app: INestApplicationContext;
  let q: Queryable;
  let events: UnitEvents;
  let tree: UnitTree;

  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    clock.setTo('2025-07-15');
    app = await program(db.url, clock);
    [events, tree, q] = [app.get(UnitEvents), app.get(UnitTree), reader(app.get(DataSource))];
  });

  /** Each test has a country of its own: codes begin with its letter. */
  let own = '';
  let countries = 0;
  beforeEach(async () => {
    own = `N${(countries += 1)}-`;
    await country([
      ['TLD', 'CONFEDERATION', null],
      ['A', 'PROVINCIAL_FEDERATION', 'TLD'],
      ['B', 'PROVINCIAL_FEDERATION', 'TLD'],
      ['A1', 'DIRECT_UPPER_UNION', 'A'],
      ['A2', 'DIRECT_UPPER_UNION', 'A'],
      ['B1', 'DIRECT_UPPER_UNION', 'B'],
      ['CS-A', 'GRASSROOTS_UNION', 'A1', '2012-06-01'],
      ['CS-B', 'GRASSROOTS_UNION', 'B1'],
    ]);
  });

  afterAll(async () => {
    await app?.close();
    await db?.drop();
  });

  /** All of them as one change of the tree. */
  const country = (given: readonly (readonly [string, Level, string | null, Day?])[]) =>
    transact(app.get(DataSource), async (tx) => {
      const writer = app.get(TreeWriter);
      await writer.lock(tx);
      const ids = new Map<string | null, number>();
      for (const [code, , , born = '-infinity'] of given)
        ids.set(code, await writer.found(tx, own + code, 'INTERNAL', born, 'code'));
      const changes = given.map(([code, level, parent, vfrom = '-infinity']) => {
        const parentId = ids.get(parent) ?? null;
        const version = { level, parentId, kind: null, name: `Đơn vị ${code}`, suspended: false };
        const versions = [{ ...version, vfrom, vto: 'infinity' as const }];
        return { unitId: ids.get(code)!, versions, what: 'FOUND', fromDay: vfrom };
      });
      await writer.store(tx, changes);
    });
  const plant = (code: string, level: Level, parent: string | null, validFrom: Day | null = null) =>
    app
      .get(UnitsService)
      .create(SETUP, { code: own + code, name: `Đơn vị ${code}`, level, parent: parent && own + parent, validFrom });
  const codes = (given: readonly string[]) => given.map((code) => own + code);
  type Given = Partial<UnitEventInput> & Pick<UnitEventInput, 'kind' | 'from' | 'units'>;
  const record = (given: Given, actor: Actor = SETUP) => {
    const { parent, subUnits = [], successors = [] } = given;
    const input: UnitEventInput = {
      decision: DECISION,
      ...given,
      units: codes(given.units),
      ...(parent === undefined ? {} : { parent: own + parent }),
      subUnits: subUnits.map(({ unit, to }) => ({ unit: own + unit, to: own + to })),
      successors: successors.map(({ code, found }) =>
        found ? { found: { ...found, code: own + found.code, parent: own + found.parent } } : { code: own + code },
      ),
    };
    return transact(app.get(DataSource), (tx) => events.record(tx, actor, input));
  };
  const reverse = (id: number, actor: Actor = SETUP) =>
    transact(app.get(DataSource), (tx) => events.reverse(tx, actor, id, { decision: DECISION }));
  const refused = (code: string, field?: string | null) =>
    expect.objectContaining(field === undefined ? { code } : { code, field });
  const idOf = (code: string) => tree.idOf(q, own + code, EVERYWHERE);
  const officerOf = async (code: string, role: Role = 'UNIT_LEADER'): Promise<Actor> => ({
    accountId: null,
    name: 'lãnh đạo',
    everywhere: false,
    grants: [{ unitId: await idOf(code), permissions: new Set(ROLE_PERMISSIONS[role]) }],
  });

  async function wayUp(code: string, day: Day): Promise<string> {
    const id = await idOf(code);
    const chain = (await tree.onDay(q, [id], day)).get(id)?.chain ?? [];
    const refs = await tree.refs(q, chain, day);
    return chain.map((one) => refs.get(one)?.code.slice(own.length)).join(' < ');
  }

  /** Everything that the tree says of this country now, on all days. */
  const whole = () =>
    q.query(
      `SELECT u.code, u.classification, v.vfrom, v.vto, p.code AS parent, v.level, v.name, v.suspended,
              (SELECT json_agg(json_build_array(c.chain, c.vfrom, c.vto) ORDER BY c.vfrom) FROM unit_chain c WHERE c.unit_id = u.id AND c.tto = 2147483647) AS chains,
              (SELECT json_agg(json_build_array(c.chain, c.carried)) FROM unit_chain_as_is c WHERE c.unit_id = u.id AND c.tto = 2147483647) AS as_is
         FROM unit u JOIN unit_version v ON v.unit_id = u.id AND v.tto = 2147483647 LEFT JOIN unit p ON p.id = v.parent_id
        WHERE u.code LIKE $1 ORDER BY u.code, v.vfrom`,
      [`${own}%`],
    );
  const stored = () =>
    q.query(
      `SELECT (SELECT count(*)::int FROM unit_change) AS changes, (SELECT count(*)::int FROM unit_event) AS events, (SELECT count(*)::int FROM unit) AS units`,
    );

  it('a merge moves the direct sub-units with all below them and ends the predecessor; the days before stand as they were', async () => {
    const event = await record({ kind: 'MERGE', from: '2025-07-01', units: ['B'], successors: [{ code: 'A' }] });
    expect(await wayUp('CS-B', '2025-06-30')).toBe('CS-B < B1 < B < TLD');
    expect(await wayUp('CS-B', '2025-07-01')).toBe('CS-B < B1 < A < TLD');
    expect(await wayUp('B', '2025-07-01')).toBe('');
    expect((await tree.ends(q, [await idOf('B')])).get(await idOf('B'))).toBe('2025-07-01');
    const names = (parts: readonly { code: string }[]) => parts.map((part) => part.code.slice(own.length));
    expect([names(event.predecessors), names(event.successors), names(event.moved)]).toEqual([['B'], ['A'], ['B1']]);
    expect(event).toMatchObject({ kind: 'MERGE', from: '2025-07-01', complete: true, reverses: null, warnings: [] });
  });

  it('two are merged into one that the event founds', async () => {
    const found = { code: 'AB', name: 'Liên đoàn mới', level: 'PROVINCIAL_FEDERATION' as const, parent: 'TLD' };
    await q.query(`UPDATE unit SET classification = 'RESTRICTED' WHERE code = $1`, [`${own}B`]);
    const event = await record({ kind: 'MERGE', from: '2025-07-01', units: ['A', 'B'], successors: [{ found }] });
    expect(event.successors).toMatchObject([{ name: 'Liên đoàn mới', founded: true }]);
    expect(await wayUp('CS-A', '2025-07-01')).toBe('CS-A < A1 < AB < TLD');
    expect(await wayUp('CS-B', '2025-06-30')).toBe('CS-B < B1 < B < TLD');
    expect(await wayUp('AB', '2025-06-30')).toBe('');
    expect([...(await tree.restricted(q, [await idOf('AB')]))]).toEqual([await idOf('AB')]);
  });

  it('a split says where each sub-unit goes', async () => {
    const successors = [
      { code: 'B' },
      { found: { code: 'A-MOI', name: 'Liên đoàn A mới', level: 'PROVINCIAL_FEDERATION' as const, parent: 'TLD' } },
    ];
    const split = { kind: 'SPLIT' as const, from: '2025-07-01', units: ['A'], successors };
    await expect(record(split)).rejects.toMatchObject({
      code: 'units.sub_unit_without_outcome',
      message: expect.stringContaining('Đơn vị A1'),
    });
    await record({
      ...split,
      subUnits: [
        { unit: 'A1', to: 'A-MOI' },
        { unit: 'A2', to: 'B' },
      ],
    });
    expect(await wayUp('CS-A', '2025-07-01')).toBe('CS-A < A1 < A-MOI < TLD');
    expect(await wayUp('A2', '2025-07-01')).toBe('A2 < B < TLD');
    expect(await wayUp('A2', '2025-06-30')).toBe('A2 < A < TLD');
  });

  it('a partial split leaves the unit alive', async () => {
    const found = { code: 'A-MOI', name: 'Liên đoàn A mới', level: 'PROVINCIAL_FEDERATION' as const, parent: 'TLD' };
    const subUnits = [{ unit: 'A1', to: 'A-MOI' }];
    await record({
      kind: 'SPLIT',
      from: '2025-07-01',
      units: ['A'],
      successors: [{ found }],
      complete: false,
      subUnits,
    });
    expect(await wayUp('CS-A', '2025-07-01')).toBe('CS-A < A1 < A-MOI < TLD');
    expect(await wayUp('A2', '2025-07-01')).toBe('A2 < A < TLD');
  });

  it('renames, transfers, upgrades, downgrades, suspends, resumes and founds', async () => {
    await record({ kind: 'RENAME', from: '2025-01-01', units: ['A'], name: 'Liên đoàn  tỉnh' });
    await record({ kind: 'TRANSFER', from: '2025-01-02', units: ['A1', 'A2'], parent: 'B' });
    await record({
      kind: 'DOWNGRADE',
      from: '2025-01-03',
      units: ['A1'],
      level: 'GRASSROOTS_UNION',
      name: 'Công đoàn cơ sở',
    });
    await record({ kind: 'UPGRADE', from: '2025-02-03', units: ['A1'], level: 'DIRECT_UPPER_UNION' });
    await record({ kind: 'SUSPEND', from: '2025-03-01', units: ['B1'], until: '2025-04-01' });
    await record({ kind: 'SUSPEND', from: '2025-05-01', units: ['B1'] });
    await record({ kind: 'SUSPEND', from: '2025-06-01', units: ['B1'], resumes: true });
    const found = { code: 'B2', name: 'Công đoàn xã', level: 'DIRECT_UPPER_UNION' as const, parent: 'B' };
    const founding = await record({ kind: 'FOUND', from: '2025-07-01', units: [], successors: [{ found }] });
    expect(founding.subjects).toMatchObject([{ name: 'Công đoàn xã', founded: true }]);
    const versions = async (code: string) =>
      (await app.get(UnitsQueries).detail(SETUP, own + code)).versions.map((v) =>
        [v.validFrom, v.name, v.level, v.suspended, v.parent?.slice(own.length)].join(' | '),
      );
    expect(await versions('A')).toEqual([
      '2025-01-01 | Liên đoàn tỉnh | PROVINCIAL_FEDERATION | false | TLD',
      ' | Đơn vị A | PROVINCIAL_FEDERATION | false | TLD',
    ]);
    expect((await versions('A1')).slice(0, 3)).toEqual([
      '2025-02-03 | Công đoàn cơ sở | DIRECT_UPPER_UNION | false | B',
      '2025-01-03 | Công đoàn cơ sở | GRASSROOTS_UNION | false | B',
      '2025-01-02 | Đơn vị A1 | DIRECT_UPPER_UNION | false | B',
    ]);
    expect((await versions('B1')).map((v) => [v.slice(0, 10), v.includes('true')])).toEqual([
      ['2025-06-01', false],
      ['2025-05-01', true],
      ['2025-04-01', false],
      ['2025-03-01', true],
      [' | Đơn vị ', false],
    ]);
    expect(await wayUp('B2', '2025-07-01')).toBe('B2 < B < TLD');
  });

  it('a dissolution needs an outcome for what lives below', async () => {
    await expect(record({ kind: 'DISSOLVE', from: '2025-07-01', units: ['A1'] })).rejects.toEqual(
      refused('units.sub_unit_without_outcome', 'subUnits'),
    );
    await record({ kind: 'DISSOLVE', from: '2025-07-01', units: ['A1'], subUnits: [{ unit: 'CS-A', to: 'A' }] });
    expect(await wayUp('CS-A', '2025-07-01')).toBe('CS-A < A < TLD');
    await record({ kind: 'DISSOLVE', from: '2025-07-01', units: ['B1', 'CS-B'] });
    expect([await wayUp('CS-B', '2025-06-30'), await wayUp('CS-B', '2025-07-01')]).toEqual(['CS-B < B1 < B < TLD', '']);
  });

  it('a decision signed after the day it holds from is a warning', async () => {
    const { warnings } = await record({ kind: 'RENAME', from: '2025-06-01', units: ['A'], name: 'Tên khác' });
    expect(warnings).toMatchObject([{ code: 'units.decision_after_effect', field: 'decision.day' }]);
  });

  it('is refused whole where the tree would not hold', async () => {
    await record({ kind: 'RENAME', from: '2025-05-01', units: ['A2'], name: 'Tên mới' });
    await record({ kind: 'DISSOLVE', from: '2025-06-01', units: ['A2'] });
    await record({ kind: 'TRANSFER', from: '2025-06-01', units: ['CS-B'], parent: 'A1' });
    const before = await stored();
    const from = '2025-07-01';
    const cases: [Given, string, string?][] = [
      [
        { kind: 'MERGE', from, units: ['A'], successors: [{ code: 'A1' }] },
        'units.merge_into_own_child',
        'successors[0].code',
      ],
      [
        { kind: 'MERGE', from, units: ['A'], successors: [{ code: 'A' }] },
        'units.merge_into_itself',
        'successors[0].code',
      ],
      [{ kind: 'MERGE', from, units: ['A2'], successors: [{ code: 'B1' }] }, 'units.already_ended', 'units[0]'],
      [
        { kind: 'MERGE', from, units: ['B1'], successors: [{ code: 'A2' }] },
        'units.successor_not_valid',
        'successors[0].code',
      ],
      [
        { kind: 'MERGE', from: '2025-05-15', units: ['B1'], successors: [{ code: 'A2' }] },
        'units.event_before_another',
        'successors[0].code',
      ],
      [{ kind: 'MERGE', from, units: ['B1'] }, 'units.event_field_missing', 'successors'],
      [
        { kind: 'MERGE', from, units: ['B'], successors: [{ code: 'A' }, { code: 'TLD' }] },
        'units.event_successors',
        'successors',
      ],
      [{ kind: 'RENAME', from: '2025-04-01', units: ['A2'], name: 'Tên cũ' }, 'units.event_before_another', 'units[0]'],
      [
        { kind: 'TRANSFER', from: '2025-05-01', units: ['CS-B'], parent: 'A' },
        'units.event_before_another',
        'units[0]',
      ],
      [{ kind: 'TRANSFER', from: '2010-01-01', units: ['CS-A'], parent: 'A' }, 'units.not_valid_then', 'units[0]'],
      [{ kind: 'TRANSFER', from, units: ['A'], parent: 'CS-A' }, 'units.cycle', 'parent'],
      [{ kind: 'TRANSFER', from, units: ['A1'], parent: 'A' }, 'units.nothing_to_change', 'units[0]'],
      [{ kind: 'TRANSFER', from, units: ['A1'], parent: 'CS-B' }, 'units.cycle', 'parent'],
      [{ kind: 'TRANSFER', from, units: ['B1'], parent: 'CS-A' }, 'units.level_above_parent', 'parent'],
      [{ kind: 'UPGRADE', from, units: ['CS-A'], level: 'UNION_GROUP' }, 'units.level_direction', 'level'],
      [{ kind: 'UPGRADE', from, units: ['CS-A'], level: 'PROVINCIAL_FEDERATION' }, 'units.level_above_parent', 'level'],
      [{ kind: 'DOWNGRADE', from, units: ['A1'], level: 'UNION_GROUP' }, 'units.level_below_sub_unit', 'level'],
      [{ kind: 'DOWNGRADE', from, units: ['A1'], level: 'CONFEDERATION' }, 'units.level_direction', 'level'],
      [{ kind: 'SPLIT', from, units: ['B'], successors: [{ code: 'A' }] }, 'units.event_successors', 'successors'],
      [{ kind: 'DISSOLVE', from, units: ['B'], subUnits: [{ unit: 'B1', to: 'B1' }] }, 'units.cycle', 'subUnits[0].to'],
      [
        { kind: 'DISSOLVE', from, units: ['B'], subUnits: [{ unit: 'A1', to: 'A' }] },
        'units.not_a_sub_unit',
        'subUnits[0].unit',
      ],
      [{ kind: 'SUSPEND', from, units: ['B'], until: from }, 'units.empty_validity', 'until'],
      [{ kind: 'SUSPEND', from, units: ['B'], resumes: true }, 'units.nothing_to_change', 'units[0]'],
      [{ kind: 'RENAME', from, units: ['A', 'B'], name: 'Một tên' }, 'units.event_units', 'units'],
      [{ kind: 'RENAME', from, units: ['A'], name: 'Một tên', parent: 'B' }, 'units.event_field_unexpected', 'parent'],
      [{ kind: 'RENAME', from, units: ['KHONG-CO'], name: 'Một tên' }, 'unit.not_found', 'units[0]'],
    ];
    for (const [given, code, field] of cases)
      await expect(record(given).then(() => given)).rejects.toEqual(refused(code, field));
    const found = { code: 'A', name: 'Trùng mã', level: 'GRASSROOTS_UNION' as const, parent: 'B' };
    await expect(record({ kind: 'FOUND', from, units: [], successors: [{ found }] })).rejects.toEqual(
      refused('units.code_taken', 'successors[0].found.code'),
    );
    expect(await stored()).toEqual(before);
  });

  it('names the event that stands in the way', async () => {
    await record({ kind: 'RENAME', from: '2025-05-01', units: ['A'], name: 'Tên mới' });
    await expect(record({ kind: 'RENAME', from: '2025-04-01', units: ['A'], name: 'Tên cũ' })).rejects.toMatchObject({
      message: `Tên mới (${own}A) đã có sự kiện sau ngày này: Đổi tên theo quyết định 12/QĐ-TLĐ, hiệu lực từ 01/05/2025.`,
    });
  });

  it('lies wholly in the scope of who applies it', async () => {
    const [a, whoReads] = [await officerOf('A'), await officerOf('TLD', 'LEADERSHIP_VIEWER')];
    const transfer = { kind: 'TRANSFER' as const, from: '2025-07-01' };
    await expect(record({ ...transfer, units: ['A1'], parent: 'B' }, a)).rejects.toEqual(
      refused('unit.not_found', 'parent'),
    );
    await expect(record({ ...transfer, units: ['B1'], parent: 'A' }, a)).rejects.toEqual(
      refused('unit.not_found', 'units[0]'),
    );
    await expect(record({ ...transfer, units: ['A1'], parent: 'B' }, whoReads)).rejects.toEqual(
      refused('unit.not_found'),
    );
    const event = await record({ ...transfer, units: ['CS-A'], parent: 'A2' }, a);
    await expect(reverse(event.id, await officerOf('B'))).rejects.toEqual(refused('unit_event.not_found'));
    await reverse(event.id, a);
  });

  it('taken back, the tree stands as before, on all days, and both events stay', async () => {
    const before = await whole();
    const found = { code: 'AB', name: 'Liên đoàn mới', level: 'PROVINCIAL_FEDERATION' as const, parent: 'TLD' };
    const merge: Given = { kind: 'MERGE', from: '2025-07-01', units: ['A', 'B'], successors: [{ found }] };
    const event = await record(merge);
    const known = await tree.changeKnownOn(q, null);
    const counter = await reverse(event.id);
    expect(counter).toMatchObject({ kind: 'MERGE', from: '2025-07-01', reverses: event.id, reversedBy: null });
    expect(await whole()).toEqual(before);
    await expect(idOf('AB')).rejects.toEqual(refused('unit.not_found'));
    expect(await app.get(UnitsQueries).search(SETUP, `${own}AB`)).toEqual([]);
    const knew = await q.query(
      `SELECT 1 FROM unit_path p JOIN unit u ON u.id = p.unit_id WHERE u.code = $1 AND p.tfrom <= $2 AND $2 < p.tto`,
      [`${own}AB`, known],
    );
    expect(knew).toHaveLength(2);
    await expect(reverse(event.id)).rejects.toEqual(refused('units.already_reversed'));
    await expect(reverse(counter.id)).rejects.toEqual(refused('units.is_counter_event'));
    // The same code may be founded again: it is the same unit.
    await record({ ...merge, from: '2025-07-02' });
    expect(await wayUp('CS-B', '2025-07-01')).toBe('CS-B < B1 < B < TLD');
    expect(await wayUp('CS-B', '2025-07-02')).toBe('CS-B < B1 < AB < TLD');
  });

  it('is not taken back while something is built on it, and then the other way round', async () => {
    const before = await whole();
    const merge = await record({ kind: 'MERGE', from: '2025-07-01', units: ['B'], successors: [{ code: 'A' }] });
    const transfer = await record({ kind: 'TRANSFER', from: '2025-07-05', units: ['B1'], parent: 'TLD' });
    await expect(reverse(merge.id)).rejects.toMatchObject({
      code: 'units.later_change',
      message: expect.stringContaining(`Chuyển đơn vị cấp trên Đơn vị B1 (${own}B1) theo quyết định 12/QĐ-TLĐ`),
    });
    await reverse(transfer.id);
    await reverse(merge.id);
    expect(await whole()).toEqual(before);
  });

  it('that founded a unit is not taken back while another stands below it', async () => {
    const found = { code: 'AB', name: 'Liên đoàn mới', level: 'PROVINCIAL_FEDERATION' as const, parent: 'TLD' };
    const event = await record({ kind: 'FOUND', from: '2025-07-01', units: [], successors: [{ found }] });
    await plant('CS-MOI', 'GRASSROOTS_UNION', 'AB', '2025-07-02');
    await expect(reverse(event.id)).rejects.toMatchObject({
      code: 'units.later_change',
      message: expect.stringContaining(`Đơn vị CS-MOI (${own}CS-MOI)`),
    });
  });

  it('is not taken back where what would live again has lost its place since', async () => {
    const event = await record({ kind: 'MERGE', from: '2025-07-01', units: ['B'], successors: [{ code: 'A' }] });
    const up = await record({ kind: 'TRANSFER', from: '2025-07-02', units: ['A'], parent: 'TLD' }).catch(() => null);
    expect(up).toBeNull();
    await plant('TLD2', 'CONFEDERATION', null);
    await record({ kind: 'TRANSFER', from: '2025-07-05', units: ['A'], parent: 'TLD2' });
    await record({ kind: 'DISSOLVE', from: '2025-07-06', units: ['TLD'] });
    await expect(reverse(event.id)).rejects.toMatchObject({
      code: 'units.later_change',
      message: expect.stringContaining('Giải thể Đơn vị TLD'),
    });
  });
});
