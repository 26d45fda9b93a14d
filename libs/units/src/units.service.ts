import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, may, Refused, scopeOf, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, transact, type Tx } from '@lib/platform';
import { TreeWriter } from './tree-writer.js';
import { UnitTree } from './unit-tree.js';
import type { ChangeUnitInput, CreateUnitInput, OfficeInput, OutsideBodyInput, UnitVersionInput } from './units.dto.js';
import { checkVersions, cut, cycle, type Version, type VersionChange } from './versions.rules.js';

/** Founding and changing units. One transaction a command; changes of the tree go one after the other. */
@Injectable()
export class UnitsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly writer: TreeWriter,
  ) {}

  /** @throws Refused `units.code_taken`, `units.overlapping_versions`, `units.parent_not_valid`, `unit.not_found` (parent). */
  async create(actor: Actor, input: CreateUnitInput): Promise<string> {
    return transact(this.db, async (tx) => {
      await this.writer.lock(tx);
      if (!input.parent && !actor.everywhere)
        throw new Refused(
          'units.parent_required',
          'Chọn đơn vị cấp trên trực tiếp; chỉ người cài đặt hệ thống lập được đơn vị gốc.',
          'parent',
        );
      const versions: Version[] = [];
      for (const given of input.versions ?? [input]) versions.push(await this.versionOf(tx, actor, given));
      checkVersions(versions);
      const first = versions.map((v) => v.vfrom).sort()[0] ?? '-infinity';
      const unknownBegin = versions.some((v) => v.vfrom === '-infinity');
      const born = unknownBegin ? '-infinity' : first;
      const unitId = await this.writer.found(tx, input.code, input.classification ?? 'INTERNAL', born, 'code');
      await this.writer.store(tx, [{ unitId, versions, what: 'FOUND', fromDay: born }]);
      await audit(tx, this.clock.now(), actor, 'unit.create', input.code, input);
      return input.code;
    });
  }

  /** Name, parent, level, kind or suspension from a day on. A backdated change restates the days since then. */
  async change(actor: Actor, code: string, input: ChangeUnitInput): Promise<void> {
    await transact(this.db, async (tx) => {
      await this.writer.lock(tx);
      const unitId = await this.tree.idOf(tx, code, scopeOf(actor, 'unit.change'), 'code');
      if (input.until && input.until <= input.from)
        throw new Refused('units.empty_validity', 'Ngày kết thúc phải sau ngày bắt đầu.', 'until');
      if (input.parent === code) throw cycle();
      const change: VersionChange = {
        ...(input.name === undefined ? {} : { name: tidy(input.name) }),
        ...(input.level === undefined ? {} : { level: input.level }),
        ...(input.kind === undefined ? {} : { kind: input.kind }),
        ...(input.suspended === undefined ? {} : { suspended: input.suspended }),
        ...(input.parent === undefined ? {} : { parentId: await this.parentId(tx, actor, input.parent) }),
      };
      if (Object.keys(change).length === 0)
        throw new Refused('units.nothing_to_change', 'Chưa nêu nội dung thay đổi.', null);
      const versions = cut(
        (await this.writer.versionsOf(tx, [unitId])).get(unitId) ?? [],
        input.from,
        input.until ?? 'infinity',
        change,
      );
      if (!versions) throw new Refused('units.not_valid_then', 'Đơn vị không tồn tại trong những ngày này.', 'from');
      await this.writer.store(tx, [{ unitId, versions, what: 'CHANGE', fromDay: input.from }]);
      await audit(tx, this.clock.now(), actor, 'unit.change', code, input);
    });
  }

  async addOffice(actor: Actor, code: string, input: OfficeInput): Promise<OfficeInput> {
    return transact(this.db, async (tx) => {
      const unitId = await this.tree.idOf(tx, code, scopeOf(actor, 'unit.change'), 'code');
      const [taken] = await tx.query(`SELECT 1 FROM office WHERE code = $1`, [input.code]);
      if (taken) throw new Refused('units.code_taken', `Mã ${input.code} đã được dùng.`, 'code', 'conflict');
      const name = tidy(input.name);
      await tx.query(`INSERT INTO office (unit_id, code, name, recorded_on) VALUES ($1, $2, $3, $4)`, [
        unitId,
        input.code,
        name,
        this.clock.today(),
      ]);
      await audit(tx, this.clock.now(), actor, 'office.create', input.code, input);
      return { code: input.code, name };
    });
  }

  /** A body outside the tree belongs to nobody's subtree: whoever records awards may name one that is not yet listed. */
  async addOutsideBody(actor: Actor, input: OutsideBodyInput): Promise<OutsideBodyInput> {
    if (!may(actor, 'award.record')) throw Refused.notFound('outside_body');
    return transact(this.db, async (tx) => {
      const [taken] = await tx.query(`SELECT 1 FROM outside_body WHERE code = $1`, [input.code]);
      if (taken) throw new Refused('units.code_taken', `Mã ${input.code} đã được dùng.`, 'code', 'conflict');
      const name = tidy(input.name);
      await tx.query(
        `INSERT INTO outside_body (code, name, name_folded, level, recorded_on) VALUES ($1, $2, $3, $4, $5)`,
        [input.code, name, fold(name), input.level, this.clock.today()],
      );
      await audit(tx, this.clock.now(), actor, 'outside_body.create', input.code, input);
      return { code: input.code, name, level: input.level };
    });
  }

  private async versionOf(tx: Tx, actor: Actor, given: UnitVersionInput): Promise<Version> {
    return {
      vfrom: given.validFrom ?? '-infinity',
      vto: given.validTo ?? 'infinity',
      parentId: await this.parentId(tx, actor, given.parent ?? null),
      level: given.level,
      kind: given.kind ?? null,
      name: tidy(given.name),
      suspended: false,
    };
  }

  private async parentId(tx: Tx, actor: Actor, code: string | null): Promise<number | null> {
    return code === null ? null : this.tree.idOf(tx, code, scopeOf(actor, 'unit.change'), 'parent');
  }
}
