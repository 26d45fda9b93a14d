import { Injectable } from '@nestjs/common';
import type { Level } from '@lib/kernel';
import type { Queryable } from '@lib/platform';

/** Blocks stand side by side in a summary and are never added together. */
export const BLOCKS = ['AWARD', 'TITLE', 'RECOGNITION', 'PRIZE'] as const;
export type Block = (typeof BLOCKS)[number];

export interface BodyLabel {
  readonly code: string | null;
  readonly name: string;
  readonly level: Level;
}

/** What kind of honour an entry counts. */
export interface DimInput {
  readonly block: Block;
  readonly form: string | null;
  readonly formCertainty: string;
  readonly type: string | null;
  /** Level of the leading conferring body on the day of the fact; it stays as recorded. */
  readonly level: Level;
  readonly verified: boolean;
  readonly campaign: string | null;
  readonly reason: string | null;
  readonly tier: string | null;
  readonly contests: readonly string[];
  readonly presenting: BodyLabel | null;
  /** What the days of the fact rest on; null where lines of several bases are grouped. */
  readonly basis: string | null;
}

/** One conferring body as the counting book needs it. `anchor`: the unit of the tree it is, or within which it lies. */
export interface GiverInput extends BodyLabel {
  /** Tells bodies apart, as they were called: after a rename a body prints under its new name, and history under the old. */
  readonly key: string;
  readonly anchor: number | null;
}

/** Finds or makes the small ids under which entries are counted. */
@Injectable()
export class FigureKeys {
  async dim(q: Queryable, input: DimInput): Promise<number> {
    const twin: DimInput = { ...input, campaign: null, reason: null, contests: [], presenting: null, basis: null };
    const twinKey = keyOf(twin);
    const ownKey = keyOf(input);
    const twinId = await this.insertDim(q, twinKey, twin, null);
    return ownKey === twinKey ? twinId : this.insertDim(q, ownKey, input, twinId);
  }

  /** The set of conferring bodies, the leading one first. */
  async giver(q: Queryable, bodies: readonly GiverInput[]): Promise<number> {
    const [lead, ...others] = bodies;
    if (!lead) throw new Error('a giver needs a body');
    const key = [lead.key, ...others.map((body) => body.key).sort()].join('+');
    const known = await q.query<{ id: number }>(`SELECT id FROM figure_giver WHERE key = $1`, [key]);
    if (known[0]) return known[0].id;
    const anchors = [...new Set(bodies.flatMap((body) => (body.anchor === null ? [] : [body.anchor])))];
    const labels = bodies.map(({ code, name, level }) => ({ code, name, level }));
    const made = await q.query<{ id: number }>(
      `INSERT INTO figure_giver (key, bodies, lead, anchors) VALUES ($1, $2, $3, $4)
       ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
      [key, JSON.stringify(labels), lead.anchor, anchors],
    );
    const id = idOf(made);
    await q.query(
      `INSERT INTO figure_giver_anchor (giver_id, unit_id) SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING`,
      [id, anchors],
    );
    return id;
  }

  private async insertDim(q: Queryable, key: string, input: DimInput, twinId: number | null): Promise<number> {
    const known = await q.query<{ id: number }>(`SELECT id FROM figure_dim WHERE key = $1`, [key]);
    if (known[0]) return known[0].id;
    const made = await q.query<{ id: number }>(
      `WITH next AS (SELECT nextval(pg_get_serial_sequence('figure_dim', 'id'))::int AS id)
       INSERT INTO figure_dim (id, key, block, form, form_certainty, type, level, verified, campaign, reason, tier, contests, presenting, basis, twin_id)
       SELECT next.id, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce($14, next.id) FROM next
       ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
      [
        key,
        input.block,
        input.form,
        input.formCertainty,
        input.type,
        input.level,
        input.verified,
        input.campaign,
        input.reason,
        input.tier,
        input.contests,
        input.presenting === null ? null : JSON.stringify(input.presenting),
        input.basis,
        twinId,
      ],
    );
    return idOf(made);
  }
}

function keyOf(d: DimInput): string {
  const presenting = d.presenting && [d.presenting.code, d.presenting.name];
  return JSON.stringify([
    d.block,
    d.form,
    d.formCertainty,
    d.type,
    d.level,
    d.verified,
    d.campaign,
    d.reason,
    d.tier,
    d.contests,
    presenting,
    d.basis,
  ]);
}

function idOf(rows: readonly { id: number }[]): number {
  const [row] = rows;
  if (!row) throw new Error('no id came back');
  return row.id;
}
