import { Injectable } from '@nestjs/common';
import { fold, Refused, type Actor } from '@lib/kernel';
import { Clock, type Tx } from '@lib/platform';
import { NamedPeople, type Named } from '@lib/people';
import type { ImportEffect } from '@lib/spreadsheets';
import { UnitTree } from '@lib/units';
import type { LinePlan } from './award-line-rows.js';
import type { AwardBatch } from './awards.entity.js';

interface Planned {
  readonly row: number;
  readonly verdict: 'NEW' | 'CHANGED';
  readonly plan: LinePlan;
}

interface Later {
  readonly row: number;
  readonly by: number;
}

/** Kinds of records in the notes of an import. */
export const LINE = 'award_line';
const PERSON = 'award_person';

/** Lines of a list, written and taken back as sets. The caller holds the batch's lock and posts afterwards. */
@Injectable()
export class AwardLineWriter {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly people: NamedPeople,
  ) {}

  /** What was written, for {@link takeBack}. */
  async write(tx: Tx, actor: Actor, batch: AwardBatch, rows: readonly Planned[]): Promise<ImportEffect[]> {
    const changed = rows.filter(({ verdict }) => verdict === 'CHANGED');
    const fresh = rows.filter(({ verdict }) => verdict === 'NEW');
    const { personOf, made } = await this.persons(tx, actor, batch, fresh);
    const units = await this.tree.onDay(
      tx,
      fresh.map(({ plan }) => plan.unitId),
      batch.day,
    );
    const ids = await numbers(tx, fresh.length);
    const lines = fresh.map(({ plan }, place) => ({
      ...plan,
      id: ids[place],
      personId: personOf[place] ?? null,
      unitPath: units.get(plan.unitId)?.path ?? batch.unitPath,
      folded: fold(plan.name),
      positionBand: plan.positionBand ?? batch.positionBand,
    }));
    await tx.query(
      `INSERT INTO award_line (id, batch_id, class, unit_id, unit_path, person_id, office_id, name, name_folded, birth_year, gender, reason, position_band, enterprise, state, recorded_on)
       SELECT l.id, $2, l.class, l."unitId", l."unitPath", l."personId", l."officeId", l.name, l.folded, l."birthYear", l.gender, l.reason, l."positionBand", $3, 'LIVE', $4
         FROM jsonb_to_recordset($1::jsonb) AS l (id int, class text, "unitId" int, "unitPath" text, "personId" int, "officeId" int, name text, folded text, "birthYear" int, gender text, reason text, "positionBand" text)`,
      [JSON.stringify(lines), batch.id, batch.enterprise, this.clock.today()],
    );
    return [
      ...made,
      ...fresh.map(({ row }, place) => effect(row, LINE, ids[place] ?? 0, 'INSERTED', null)),
      ...(await this.change(tx, batch, changed)),
    ];
  }

  /**
   * The lines as if they had never been, and the people that they alone had made.
   * @throws Refused `awards.import_built_upon` naming the rows that later work builds on
   */
  async takeBack(
    tx: Tx,
    actor: Actor,
    batch: AwardBatch,
    written: readonly ImportEffect[],
    later: readonly Later[],
  ): Promise<number> {
    const [first] = later;
    if (first) throw builtUpon(first.row, `đã được lần nhập số ${first.by} sửa sau đó`);
    const inserted = written.filter(({ what, act }) => what === LINE && act === 'INSERTED');
    const rowOf = new Map(inserted.map(({ recordId, row }) => [recordId, row]));
    const ids = [...rowOf.keys()];
    const [revoked] = await tx.query<{ id: number; name: string }>(
      `SELECT id, name FROM award_line WHERE id = ANY($1) AND state = 'REVOKED' ORDER BY id LIMIT 1`,
      [ids],
    );
    if (batch.state === 'REVOKED') throw builtUpon(inserted[0]?.row ?? 0, 'thuộc đợt khen đã bị huỷ');
    if (revoked) throw builtUpon(rowOf.get(revoked.id) ?? 0, `(${revoked.name}) đã bị huỷ khen thưởng`);
    const people = written.filter(({ what }) => what === PERSON);
    const made = people.map(({ recordId }) => recordId);
    await tx.query(
      `UPDATE award_line SET state = 'REMOVED', person_id = CASE WHEN person_id = ANY($2) THEN NULL ELSE person_id END WHERE id = ANY($1)`,
      [ids, made],
    );
    const held = await this.people.pointedTo(tx, made);
    const needed = people.find(({ recordId }) => held.has(recordId));
    if (needed) throw builtUpon(needed.row, 'có người đã được dùng ở hồ sơ khác hoặc đã được sửa');
    await this.people.forget(tx, actor, made);
    await tx.query(
      `UPDATE award_line l SET reason = b.reason, position_band = b."positionBand", gender = b.gender
         FROM jsonb_to_recordset($1::jsonb) AS b (id int, reason text, "positionBand" text, gender text) WHERE l.id = b.id`,
      [
        JSON.stringify(
          written
            .filter(({ what, act }) => what === LINE && act === 'CHANGED')
            .map(({ recordId, before }) => ({ ...(before as object), id: recordId })),
        ),
      ],
    );
    return ids.length;
  }

  /** Who the new lines mean: found again under the lock, or made. */
  private async persons(
    tx: Tx,
    actor: Actor,
    batch: AwardBatch,
    rows: readonly Planned[],
  ): Promise<{ personOf: (number | null)[]; made: ImportEffect[] }> {
    const personOf = rows.map(({ plan }) => plan.personId);
    const asked = rows.flatMap(({ plan }, place) =>
      plan.personId === null && plan.class === 'INDIVIDUAL' && plan.birthYear !== null ? [place] : [],
    );
    const named = asked.map((place) => rows[place]?.plan as LinePlan & Named);
    await this.people.lock(tx, named);
    const met = await this.people.match(tx, named);
    const missing: number[] = [];
    asked.forEach((place, index) => {
      const [known] = met[index] ?? [];
      if (known === undefined) missing.push(place);
      else personOf[place] = known;
    });
    const ids = await this.people.create(
      tx,
      actor,
      missing.map((place) => ({
        ...(rows[place]?.plan as LinePlan & Named),
        // Who becomes known only through a restricted batch is known only to those who may read it.
        classification: batch.classification === 'RESTRICTED' ? 'RESTRICTED' : 'INTERNAL',
      })),
    );
    missing.forEach((place, index) => (personOf[place] = ids[index] ?? null));
    const made = missing.map((place, index) =>
      effect(rows[place]?.row ?? 0, PERSON, ids[index] ?? 0, 'INSERTED', null),
    );
    return { personOf, made };
  }

  private async change(tx: Tx, batch: AwardBatch, rows: readonly Planned[]): Promise<ImportEffect[]> {
    if (rows.length === 0) return [];
    const before = await tx.query<{
      id: number;
      reason: string | null;
      positionBand: string | null;
      gender: string | null;
    }>(
      `SELECT id, reason, position_band AS "positionBand", gender FROM award_line WHERE batch_id = $1 AND id = ANY($2) ORDER BY id FOR UPDATE`,
      [batch.id, rows.map(({ plan }) => plan.lineId)],
    );
    await tx.query(
      `UPDATE award_line l SET reason = coalesce(c.reason, l.reason), position_band = coalesce(c."positionBand", l.position_band), gender = coalesce(c.gender, l.gender)
         FROM jsonb_to_recordset($2::jsonb) AS c ("lineId" int, reason text, "positionBand" text, gender text) WHERE l.batch_id = $1 AND l.id = c."lineId"`,
      [batch.id, JSON.stringify(rows.map(({ plan }) => plan))],
    );
    const was = new Map(before.map(({ id, ...values }) => [id, values]));
    return rows.map(({ row, plan }) =>
      effect(row, LINE, plan.lineId ?? 0, 'CHANGED', was.get(plan.lineId ?? 0) ?? null),
    );
  }
}

async function numbers(tx: Tx, count: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `SELECT nextval(pg_get_serial_sequence('award_line', 'id'))::int AS id FROM generate_series(1, $1::int)`,
    [count],
  );
  return rows.map(({ id }) => id);
}

function effect(row: number, what: string, recordId: number, act: ImportEffect['act'], before: unknown): ImportEffect {
  return { row, what, recordId, act, before, fingerprint: null };
}

function builtUpon(row: number, why: string): Refused {
  const message = `Không hoàn tác được: dòng ${row} ${why}.`;
  return new Refused('awards.import_built_upon', message, null, 'conflict');
}
