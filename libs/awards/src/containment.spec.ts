import { type INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CorrectService, RecordService, RevokeService, type LineInput, type StatedInput } from '@lib/awards';
import { Applier, PeriodQueries, Recompute } from '@lib/figures';
import { systemActor, type Day } from '@lib/kernel';
import { Clock, reader, type Queryable } from '@lib/platform';
import { UnitsService, UnitTree } from '@lib/units';
import { program } from '../../../test/properties/program.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';

const OFFICER = systemActor('cán bộ');
const PERIOD = { from: '2020-01-01', to: '2020-07-31' };
const REASON = 'theo văn bản';

describe('a stated figure and what is known within it', () => {
  const clock = new Clock();
  let db: TestDatabase;
  let app: INestApplicationContext;
  let q: Queryable;
  let trees = 0;
  let top = '';

  beforeAll(async () => {
    db = await testDatabase({ template: 'empty' });
    app = await program(db.url, clock);
    q = reader(app.get(DataSource));
  });

  beforeEach(async () => {
    clock.setTo('2020-08-13');
    top = `NGANH-${(trees += 1)}`;
    const units = app.get(UnitsService);
    await units.create(OFFICER, { code: top, name: 'Công đoàn ngành', level: 'DIRECT_UPPER_UNION', parent: null });
    await units.create(OFFICER, { code: `${top}-CS`, name: 'Công đoàn cơ sở', level: 'GRASSROOTS_UNION', parent: top });
  });

  afterAll(async () => {
    await app?.close();
    await db?.drop();
  });

  /** Records a figure of the whole period; a `partOf` makes it a part. */
  async function record(
    unit: string,
    stated: StatedInput | null,
    partOf: number | null = null,
    lines: LineInput[] = [],
  ): Promise<number> {
    const when = { ...PERIOD, basis: 'PERIOD' as const };
    const { id } = await app
      .get(RecordService)
      .record(OFFICER, { kind: 'AWARD', unit, conferring: [{ unit: top }], when, stated, partOf, lines });
    return id;
  }

  const collectives = (count: number): LineInput[] =>
    Array.from({ length: count }, (_, index) => ({ recipient: { collective: `Tập thể ${index + 1}` } }));
  const women = (count: number): LineInput[] =>
    Array.from({ length: count }, (_, index) => ({
      recipient: { personName: `Chị thứ ${index + 1}`, gender: 'FEMALE' },
    }));

  /** `10/15`, `10/15 + 3` where some are not told apart; women follow where any are known. */
  async function printed(unit = top, known: Day | null = null): Promise<string> {
    await app.get(Applier).run();
    expect(await app.get(Recompute).verify()).toEqual({ ledger: 0, cells: 0 });
    const tree = app.get(UnitTree);
    const unitId = await tree.idOf(q, unit, { everywhere: true });
    const lines = await app
      .get(PeriodQueries)
      .lines(q, { ...PERIOD, unitId, known, change: await tree.changeKnownOn(q, known), lens: 'as-was' });
    const sum = (name: 'collectives' | 'individuals' | 'unsplit' | 'women' | 'womenOf'): number =>
      lines.reduce((all, line) => all + line[name], 0);
    const unsplit = sum('unsplit') === 0 ? '' : ` + ${sum('unsplit')}`;
    return `${sum('collectives')}/${sum('individuals')}${unsplit}${sum('womenOf') === 0 ? '' : `, nữ ${sum('women')} trong ${sum('womenOf')}`}`;
  }

  it('prints the same before and after a part becomes known; the part is seen at its own unit', async () => {
    const container = await record(top, { collectives: 10, individuals: 15 });
    expect(await printed()).toBe('10/15');
    await record(`${top}-CS`, { collectives: 2, individuals: 3 }, container);
    expect([await printed(), await printed(`${top}-CS`)]).toEqual(['10/15', '2/3']);
  });

  it('prints the stated figure when more is listed than stated, and says so', async () => {
    const container = await record(top, { collectives: 2 });
    const { warnings } = await app.get(RecordService).addLines(OFFICER, container, { lines: collectives(3) });
    expect(warnings).toMatchObject([{ code: 'awards.more_contained_than_stated' }]);
    expect(await printed()).toBe('2/0');
  });

  it('meets the named ones of a part that did not tell collectives and individuals apart in their own class', async () => {
    const container = await record(top, { collectives: 10, individuals: 20 });
    const part = await record(`${top}-CS`, { unsplit: 10 }, container);
    expect(await printed()).toBe('10/20');
    await app.get(RecordService).addLines(OFFICER, part, { lines: collectives(3) });
    expect([await printed(), await printed(`${top}-CS`)]).toEqual(['10/20', '3/0 + 7']);
  });

  it('holds through parts of parts', async () => {
    const year = await record(top, { collectives: 10, individuals: 20, women: 5 });
    const round = await record(top, { individuals: 6, unsplit: 4 }, year);
    const inner = await record(`${top}-CS`, null, round, [...women(2), ...collectives(3)]);
    expect([await printed(), await printed(`${top}-CS`)]).toEqual(['10/20, nữ 5 trong 20', '3/2, nữ 2 trong 2']);
    const [line] = await q.query<{ id: number }>(
      `SELECT id FROM award_line WHERE batch_id = $1 AND class = 'COLLECTIVE' ORDER BY id LIMIT 1`,
      [inner],
    );
    await app.get(CorrectService).removeLine(OFFICER, inner, line?.id ?? 0, REASON);
    expect([await printed(), await printed(`${top}-CS`)]).toEqual(['10/20, nữ 5 trong 20', '2/2, nữ 2 trong 2']);
    await app.get(CorrectService).setPartOf(OFFICER, round, null);
    expect(await printed()).toBe('12/26 + 2, nữ 7 trong 22');
  });

  it('takes no class into a part that an outer container never stated', async () => {
    const year = await record(top, { individuals: 20 });
    const round = await record(top, { unsplit: 9 }, year);
    const inner = await record(`${top}-CS`, { individuals: 2 }, round);
    await expect(app.get(RecordService).addLines(OFFICER, inner, { lines: collectives(1) })).rejects.toMatchObject({
      code: 'awards.part_class_not_stated',
    });
    expect(await printed()).toBe('0/20');
  });

  it('loses what is revoked from the day it is revoked on, and not before', async () => {
    const container = await record(top, { collectives: 10, individuals: 15 });
    const part = await record(`${top}-CS`, { collectives: 2, individuals: 3 }, container, collectives(1));
    clock.setTo('2020-09-01');
    const revoke = app.get(RevokeService);
    await revoke.revoke(OFFICER, container, { reason: REASON, counts: { individuals: 1 } });
    expect([await printed(), await printed(top, '2020-09-01'), await printed(top, '2020-08-31')]).toEqual([
      '10/14',
      '10/14',
      '10/15',
    ]);
    await revoke.revoke(OFFICER, part, { reason: REASON, whole: true });
    expect([await printed(), await printed(`${top}-CS`)]).toEqual(['8/11', '0/0']);
    await expect(revoke.revoke(OFFICER, part, { reason: REASON, whole: true })).rejects.toMatchObject({
      code: 'awards.not_live',
      kind: 'conflict',
    });
  });

  it('never counts less than nothing: not by revoking, not by correcting what was revoked', async () => {
    const batch = await record(top, { collectives: 3, individuals: 4, women: 1 });
    const [revoke, correct] = [app.get(RevokeService), app.get(CorrectService)];
    await expect(revoke.revoke(OFFICER, batch, { reason: REASON, counts: { collectives: 4 } })).rejects.toMatchObject({
      code: 'awards.revoked_more_than_stated',
    });
    await expect(
      revoke.revoke(OFFICER, batch, { reason: REASON, counts: { individuals: 2, women: 2 } }),
    ).rejects.toMatchObject({ code: 'awards.revoked_more_women_than_stated' });
    await expect(
      revoke.revoke(OFFICER, batch, { reason: REASON, counts: { individuals: 4, women: 0 } }),
    ).rejects.toMatchObject({ code: 'awards.revoked_more_women_than_stated' });
    await revoke.revoke(OFFICER, batch, { reason: REASON, counts: { collectives: 2 } });
    const changes = { stated: { collectives: 1, individuals: 4, women: 1 } };
    await expect(correct.correct(OFFICER, batch, { reason: REASON, changes })).rejects.toMatchObject({
      code: 'awards.less_than_revoked',
      field: 'changes.stated',
    });
    expect(await printed()).toBe('1/4, nữ 1 trong 4');
  });
});
