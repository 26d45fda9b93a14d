import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fold, Refused, scopeOf, tidy, type Actor } from '@lib/kernel';
import { audit, Clock, reader, transact, type Queryable } from '@lib/platform';
import type { Nature } from '@lib/figures';
import { UnitTree } from '@lib/units';
import type { CreateIndicatorInput } from './results.dto.js';
import { Indicator, type MeasureKind } from './results.entity.js';
import { said } from './statements.service.js';

export interface IndicatorView {
  readonly code: string;
  readonly name: string;
  readonly unitOfMeasure: string;
  readonly nature: Nature;
  readonly measures: MeasureKind;
  readonly campaign: string | null;
  readonly source: string | null;
}

const COLUMNS = `code, name, unit_of_measure AS "unitOfMeasure", nature, measures, campaign, source`;

/** The catalogue of what is counted: one for the whole house, so that units below and above mean the same. */
@Injectable()
export class IndicatorCatalogue {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly tree: UnitTree,
  ) {}

  /** @throws Refused `results.code_taken` */
  async create(actor: Actor, input: CreateIndicatorInput): Promise<IndicatorView> {
    return transact(this.db, async (tx) => {
      const ownerUnitId = await this.tree.idOf(tx, input.owner, scopeOf(actor, 'result.enter'), 'owner');
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('results.indicator'))`);
      if (await tx.manager.existsBy(Indicator, { code: input.code }))
        throw new Refused('results.code_taken', 'Mã chỉ tiêu này đã có.', 'code', 'conflict');
      const name = tidy(input.name);
      const { code, nature, measures } = input;
      const row = { code, name, nature, measures, unitOfMeasure: tidy(input.unitOfMeasure) };
      const rest = { campaign: said(input.campaign), source: said(input.source) };
      const nameFolded = fold(name);
      const recordedOn = this.clock.today();
      await tx.manager.insert(Indicator, { ...row, ...rest, nameFolded, ownerUnitId, recordedOn });
      await audit(tx, this.clock.now(), actor, 'result.indicator', `indicator:${code}`, { ...row });
      return { ...row, ...rest };
    });
  }

  async list(text: string): Promise<IndicatorView[]> {
    return reader(this.db).query<IndicatorView>(
      `SELECT ${COLUMNS} FROM indicator WHERE name_folded LIKE '%' || $1 || '%' OR starts_with(code, upper($2)) ORDER BY name, code LIMIT 500`,
      [fold(text), text.trim()],
    );
  }

  /** In the order of the codes. @throws Refused `results.unknown_indicator` */
  async byCodes(q: Queryable, codes: readonly string[], field: (place: number) => string): Promise<Indicator[]> {
    const rows = await q.query<Indicator>(`SELECT id, ${COLUMNS} FROM indicator WHERE code = ANY($1)`, [codes]);
    const found = new Map(rows.map((row) => [row.code, row]));
    return codes.map((code, place) => {
      const row = found.get(code);
      if (!row) throw new Refused('results.unknown_indicator', 'Không có chỉ tiêu này trong danh mục.', field(place));
      return row;
    });
  }
}
