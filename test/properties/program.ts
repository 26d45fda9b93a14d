import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { CorrectService, RecordService, RevokeService, type BatchFacts, type LineInput } from '@lib/awards';
import { Applier } from '@lib/figures';
import { Refused, systemActor, type Level } from '@lib/kernel';
import { Clock, PlatformModule, type PlatformSettings } from '@lib/platform';
import { UnitsService } from '@lib/units';
import { ROOMS } from '../../apps/api/src/rooms.js';
import type { Stated } from './counts.model.js';
import { BEGINNING, END } from './tree.model.js';
import type { Facts, Giver, NewLine, Op, World } from './world.model.js';

@Module({})
class ProgramModule {
  static with(settings: PlatformSettings): DynamicModule {
    return { module: ProgramModule, imports: [PlatformModule.with(settings), ...ROOMS] };
  }
}

/** The rooms on a test database, without HTTP and without a worker. */
export function program(databaseUrl: string, clock: Clock): Promise<INestApplicationContext> {
  const settings = { databaseUrl, redisUrl: null, queueDatabaseUrl: null, dataDir: '.', clock };
  return NestFactory.createApplicationContext(ProgramModule.with(settings), { logger: ['error'], abortOnError: false });
}

const OUTSIDE = 'BO-NGOAI';
export const OFFICER = systemActor('lịch sử ngẫu nhiên');
const LEVELS: readonly Level[] = ['CONFEDERATION', 'PROVINCIAL_FEDERATION', 'DIRECT_UPPER_UNION', 'GRASSROOTS_UNION'];
const GIVEN_BY_LEVEL: Level = 'GRASSROOTS_UNION';

export async function plantOutsideBody(app: INestApplicationContext): Promise<void> {
  await app.get(UnitsService).addOutsideBody(OFFICER, { code: OUTSIDE, name: 'Bộ ngoài', level: 'STATE_ORGAN' });
}

/** Commands of the model as calls of the services, on units of this history's own. */
export class Officer {
  /** Ids of the batches, and of their lines, in the model's order. */
  readonly batchIds: number[] = [];
  private readonly lineIds: number[][] = [];

  constructor(
    private readonly app: INestApplicationContext,
    readonly prefix: string,
  ) {}

  code(unit: number): string {
    return `${this.prefix}-${unit}`;
  }

  level(unit: number): Level {
    return LEVELS[unit % LEVELS.length] ?? 'GRASSROOTS_UNION';
  }

  /** @returns the code of the refusal; null when the command was carried out */
  async tryOut(op: Op, world: World): Promise<string | null> {
    try {
      await this.carryOut(op, world);
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.code;
      throw error;
    }
  }

  private async carryOut(op: Op, world: World): Promise<void> {
    const [records, corrections, revocations] = [
      this.app.get(RecordService),
      this.app.get(CorrectService),
      this.app.get(RevokeService),
    ];
    const reason = 'thử ngẫu nhiên';
    if (op.do === 'place') return this.place(op, world);
    if (op.do === 'record') {
      const { kind, ...facts } = op.facts;
      const given = {
        ...this.facts(facts),
        kind,
        lines: op.lines.map((line) => this.line(line)),
        partOf: op.partOf === null ? null : this.batchId(op.partOf),
      };
      const { id } = await records.record(OFFICER, given as Parameters<RecordService['record']>[1]);
      this.batchIds.push(id);
      return this.noteLines(this.batchIds.length - 1);
    }
    const id = this.batchId(op.id);
    if (op.do === 'addLines') {
      await records.addLines(OFFICER, id, { lines: op.lines.map((line) => this.line(line)) });
      return this.noteLines(op.id);
    }
    if (op.do === 'correct')
      await corrections.correct(OFFICER, id, { reason, changes: this.facts(op.changes, world.batch(op.id).facts) });
    if (op.do === 'link') await corrections.setPartOf(OFFICER, id, op.partOf === null ? null : this.batchId(op.partOf));
    if (op.do === 'removeLine') await corrections.removeLine(OFFICER, id, this.lineId(op.id, op.line), reason);
    if (op.do === 'revokeLine') await revocations.revoke(OFFICER, id, { reason, lineId: this.lineId(op.id, op.line) });
    if (op.do === 'revokeWhole') await revocations.revoke(OFFICER, id, { reason, whole: true });
    if (op.do === 'revokeCounts') await revocations.revoke(OFFICER, id, { reason, counts: statedInput(op.counts) });
  }

  private async place({ unit, parent, from, until }: Op & { do: 'place' }, world: World): Promise<void> {
    const units = this.app.get(UnitsService);
    const above = parent === null ? null : this.code(parent);
    const last = until === END ? null : until;
    if (world.tree.units.includes(unit)) {
      await units.change(OFFICER, this.code(unit), { parent: above, from, until: last });
      return;
    }
    const validFrom = from === BEGINNING ? null : from;
    const [code, level] = [this.code(unit), this.level(unit)];
    await units.create(OFFICER, { code, name: `Đơn vị ${code}`, level, parent: above, validFrom, validTo: last });
  }

  private facts(given: Partial<Facts>, before?: Facts): BatchFacts {
    const { unit, from, to, reason, givers, stated } = given;
    const span = { from: from ?? before?.from ?? '', to: to ?? before?.to ?? '' };
    return {
      ...(unit === undefined ? {} : { unit: this.code(unit) }),
      ...(from === undefined ? {} : { when: { ...span, basis: 'PERIOD' as const } }),
      ...(reason === undefined ? {} : { reason }),
      ...(givers === undefined ? {} : { conferring: givers.map((giver) => this.conferring(giver)) }),
      ...(stated === undefined ? {} : { stated: statedInput(stated) }),
    };
  }

  private conferring(giver: Giver): object {
    if ('unit' in giver) return { unit: this.code(giver.unit) };
    return 'outside' in giver ? { outside: OUTSIDE } : { level: GIVEN_BY_LEVEL, within: this.code(giver.within) };
  }

  private line({ cls, unit, gender, person }: NewLine): LineInput {
    const named =
      person === null
        ? { personName: 'Người không rõ', gender }
        : { personName: `Người thứ ${'abcdefgh'[person]}`, birthYear: 1970 + person, gender };
    const recipient = { coll: { collective: 'Tập thể' }, hh: { household: 'Hộ gia đình' }, indiv: named }[cls];
    return { recipient, unit: this.code(unit) };
  }

  private async noteLines(batch: number): Promise<void> {
    const rows = await this.app
      .get(DataSource)
      .query<{ id: number }[]>(`SELECT id FROM award_line WHERE batch_id = $1 ORDER BY id`, [this.batchId(batch)]);
    this.lineIds[batch] = rows.map((row) => row.id);
  }

  batchId(batch: number): number {
    return this.batchIds[batch]!;
  }

  lineId(batch: number, line: number): number {
    return this.lineIds[batch]![line]!;
  }

  /** How the leading body's level and all bodies of a line are printed. */
  giverName(giver: Giver): string {
    if ('unit' in giver) return this.code(giver.unit);
    return 'outside' in giver ? OUTSIDE : `Công đoàn cơ sở thuộc Đơn vị ${this.code(giver.within)} (không nêu tên)`;
  }

  giverLevel(giver: Giver): Level {
    if ('unit' in giver) return this.level(giver.unit);
    return 'outside' in giver ? 'STATE_ORGAN' : GIVEN_BY_LEVEL;
  }
}

function statedInput({ coll, indiv, hh, unsplit, women }: Stated): object {
  return { collectives: coll, individuals: indiv, households: hh, unsplit, women };
}

/** The applier of the program: what a worker would run. */
export function applierOf(app: INestApplicationContext): Applier {
  return app.get(Applier);
}
