import { Injectable } from '@nestjs/common';
import { fold, LEVEL_NAMES, type Day, type Level } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import { standing, type Question } from '@lib/figures';
import { Campaigns, DeploymentQueries } from '@lib/campaigns';
import { carriedBy, StrengthsService, UnitTree } from '@lib/units';
import type { ResultCoverage } from './results.entity.js';
import { percentOf } from './results.rules.js';
import type { CoverageRow, ListedCoverage } from './rows.js';
import { unitsOnDay } from './target.block.js';

/** Levels whose coverage leaders ask for. */
const LISTED_LEVELS: readonly Level[] = [
  'PROVINCIAL_FEDERATION',
  'CENTRAL_SECTOR_UNION',
  'DIRECT_UPPER_UNION',
  'GRASSROOTS_UNION',
];

/** A campaign that units have reported on; its own name first. */
export interface ReportedOn {
  readonly id: number;
  readonly names: readonly string[];
}

/**
 * How many units of a level have deployed a campaign, as stated at the end of the period or the latest day within it. What was
 * stated stays as it was stated, with the denominator of its own day, through both lenses; units listed are, through as-is, those
 * of today with what they or their predecessors reported.
 */
@Injectable()
export class CoverageQueries {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly strengths: StrengthsService,
    private readonly campaigns: Campaigns,
    private readonly deployment: DeploymentQueries,
  ) {}

  /**
   * Statements first; a campaign about which nothing was stated, but on which units have reported, is told by their
   * reports. `campaigns`: those of the same question that anybody reported on.
   */
  async block(q: Queryable, question: Question, campaigns: readonly ReportedOn[] = []): Promise<CoverageRow[]> {
    const stated = await this.stated(q, question);
    const told = new Set(stated.map((row) => fold(row.campaign)));
    const listed: CoverageRow[] = [];
    for (const campaign of campaigns)
      if (!campaign.names.some((name) => told.has(fold(name))))
        for (const level of LISTED_LEVELS) listed.push(...(await this.listedRow(q, question, campaign, level)));
    return [...stated, ...listed];
  }

  private async stated(q: Queryable, question: Question): Promise<CoverageRow[]> {
    const { unitId, from, to, known, change, lens } = question;
    const on = { day: '$2::date', change: '$5::int', present: known === null, lens };
    const statements = await q.query<ResultCoverage>(
      `SELECT DISTINCT ON (c.unit_id <> $1, c.unit_id, c.campaign_key, c.level) c.id, c.unit_id AS "unitId", c.campaign, c.level, c.as_of AS "asOf", c.deployed, c.not_deployed AS "notDeployed", c.expected, c.source
         FROM result_coverage c WHERE c.unit_id IN (SELECT own.unit_id FROM (${carriedBy('$1::int', on)}) own) AND c.as_of BETWEEN $2 AND $3
          AND ${standing('c', '$4')} AND $5::int IS NOT NULL
        ORDER BY c.unit_id <> $1, c.unit_id, c.campaign_key, c.level, c.as_of DESC, c.id DESC`,
      [unitId, from, to, known, change],
    );
    const others = statements.map((statement) => statement.unitId).filter((id) => id !== unitId);
    const refs = await this.tree.refs(q, others, to);
    const rows: CoverageRow[] = [];
    for (const statement of statements) {
      const its: Question = { ...question, unitId: statement.unitId, lens: 'as-was' };
      rows.push({ ...(await this.row(q, its, statement)), unit: refs.get(statement.unitId) ?? null });
    }
    return rows;
  }

  private async row(q: Queryable, question: Question, statement: ResultCoverage): Promise<Omit<CoverageRow, 'unit'>> {
    const { level, asOf, deployed } = statement;
    const listed = await this.listed(q, question, statement);
    const notDeployed = statement.notDeployed ?? listed?.notDeployed ?? null;
    const counted = statement.expected === null ? await unitsOnDay(this.strengths, q, question, level, asOf) : null;
    // A tree that is not filled in yet has fewer units than have deployed: then nobody knows how many there are.
    const usable = counted !== null && counted.units >= deployed + (notDeployed ?? 0) && counted.units > 0;
    const expected = statement.expected ?? (usable ? counted.units : null);
    const from = counted?.stated ? ('STRENGTH' as const) : ('TREE' as const);
    return {
      key: String(statement.id),
      campaign: statement.campaign,
      level,
      levelName: LEVEL_NAMES[level],
      asOf,
      deployed,
      expected,
      expectedFrom: statement.expected !== null ? 'STATED' : usable ? from : null,
      expectedOn: expected === null ? null : asOf,
      percent: percentOf(deployed, expected),
      notDeployed,
      unknown: expected === null ? null : Math.max(0, expected - deployed - (notDeployed ?? 0)),
      listed,
      source: statement.source,
    };
  }

  private async listedRow(
    q: Queryable,
    question: Question,
    { id, names }: ReportedOn,
    level: Level,
  ): Promise<CoverageRow[]> {
    const { to, lens } = question;
    const today = this.today(question);
    const told = await this.deployment.counts(
      q,
      id,
      { unitId: question.unitId, level },
      { ...question, day: to, today },
    );
    const notDeployed = told.notStarted + told.planned;
    if (told.deployed + notDeployed === 0) return [];
    const expected = told.deployed + notDeployed + told.notReported;
    return [
      {
        key: `campaign:${id}:${level}`,
        campaign: names[0] ?? '',
        level,
        levelName: LEVEL_NAMES[level],
        asOf: to,
        deployed: told.deployed,
        expected,
        expectedFrom: 'TREE',
        expectedOn: lens === 'as-was' ? to : today,
        unit: null,
        percent: percentOf(told.deployed, expected),
        notDeployed,
        unknown: told.notReported,
        listed: { deployed: told.deployed, notDeployed, notReported: told.notReported },
        source: null,
      },
    ];
  }

  /** Who of the level has reported: named units, where a campaign of that name is kept. */
  private async listed(
    q: Queryable,
    question: Question,
    { campaign, level, asOf }: ResultCoverage,
  ): Promise<ListedCoverage | null> {
    const id = await this.campaigns.idByName(q, campaign);
    if (id === null) return null;
    const on = { ...question, day: asOf, today: this.today(question) };
    const told = await this.deployment.counts(q, id, { unitId: question.unitId, level }, on);
    const notDeployed = told.notStarted + told.planned;
    if (told.deployed + notDeployed === 0) return null;
    return { deployed: told.deployed, notDeployed, notReported: told.notReported };
  }

  private today({ known }: Question): Day {
    return known ?? this.clock.today();
  }
}
