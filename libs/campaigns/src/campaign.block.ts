import { Injectable } from '@nestjs/common';
import { add, type Day, type Qualified, type Qualifier } from '@lib/kernel';
import { Blocs } from '@lib/blocs';
import type { Question } from '@lib/figures';
import { stateOn, type Queryable } from '@lib/platform';
import {
  carriedBy,
  carriedUppersOn,
  childrenOn,
  lastChildrenOn,
  subtreeOn,
  UnitTree,
  uppersOn,
  type TreeOn,
  type UnitRef,
} from '@lib/units';
import type { CampaignCategory, CampaignKind, DeploymentStatus, ReportedStatus } from './campaigns.entity.js';
import { campaignWorkflow, LAUNCHED_STATES, phaseWorkflow, type CampaignState } from './campaigns.workflow.js';
import { contestRows } from './campaigns.rules.js';
import { COUNT_STATUSES, NOBODY, statusOf, type DeploymentCounts } from './deployment.queries.js';
import { entryHolds, latestEntries, statusesOf } from './latest.sql.js';

/** Prizes of a summary, as figures hold them: one number may cover several contests. */
export interface PrizeFigure {
  readonly contests: readonly string[];
  readonly count: number;
}

export interface CampaignContestRow {
  readonly names: readonly string[];
  /** Null: no figure handed in, or no prize of these contests in the period. */
  readonly prizes: number | null;
}

/** A campaign in a summary. */
export interface CampaignRow {
  /** Opens its records: {@link CampaignLineage}. */
  readonly key: string;
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly category: CampaignCategory;
  readonly kind: CampaignKind | null;
  readonly special: boolean;
  readonly launcher: UnitRef | null;
  /** The bloc that launched it; `launcher` is its organiser then. */
  readonly bloc: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly state: CampaignState;
  readonly stateName: string;
  /** The running phases on the period's last day. */
  readonly phase: string | null;
  /** The unit's own report; null where the unit, or one below it, launched the campaign. */
  readonly own: DeploymentStatus | null;
  /** Direct sub-units (of the launcher where that lies below; members of a bloc) on the period's last day. */
  readonly deployment: DeploymentCounts;
  /** As stated by the unit, otherwise by the uppermost units below that state it. */
  readonly participants: Qualified | null;
  readonly contests: readonly CampaignContestRow[];
  readonly results: readonly string[];
}

interface Listed {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly category: CampaignCategory;
  readonly kind: CampaignKind | null;
  readonly special: boolean;
  readonly unitId: number;
  readonly blocId: number | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly state: CampaignState;
  readonly place: 'OWN' | 'ABOVE' | 'BELOW' | 'FURTHER';
  /** Where the launcher stands directly below: who carries on its history, itself unless it has ended; null for nobody. */
  readonly heirId: number | null;
  readonly phase: string | null;
  readonly contests: readonly { readonly name: string; readonly aliases: readonly string[] }[] | null;
}

const DAY = '$2::date';
const KNOWN = '$3::date';
const CHANGE = '$4::int';
const LAUNCHED = LAUNCHED_STATES.map((state) => `'${state}'`).join(', ');

/** Whoever launched it may since have been split: it stands above nobody any more, and was deployed all the same. */
const REPORTED_BELOW = ` UNION SELECT campaign_id FROM campaign_deployment WHERE unit_id IN (SELECT unit_id FROM below)`;

/**
 * Campaigns of a summary: launched by the unit, above it and reported on by somebody within it, or directly below it.
 * Through as-is also by those merged into any of these. Deeper ones are only counted, and so are those of restricted units: the text is the same for every reader. One whose
 * beginning nobody stated is taken to run from its end, or from the day it was recorded: that much is certain.
 */
@Injectable()
export class CampaignBlock {
  constructor(
    private readonly tree: UnitTree,
    private readonly blocs: Blocs,
  ) {}

  /** `prizes`: those of the same question, to stand beside the contests they were given in. */
  async block(q: Queryable, question: Question, prizes: readonly PrizeFigure[] = []): Promise<CampaignRow[]> {
    const day = await this.lastDay(q, question);
    const listed = await q.query<Listed>(
      `${this.listed(question)} SELECT * FROM listed WHERE place <> 'FURTHER' ORDER BY "from" NULLS FIRST, id`,
      valuesOf(question, day),
    );
    if (listed.length === 0) return [];
    const counts = await this.deployment(q, question, day, listed);
    const own = await this.own(q, question, day, listed);
    const participants = await this.participants(q, question, day, listed);
    const units = await this.tree.refs(
      q,
      listed.map(({ unitId }) => unitId),
      day,
    );
    const blocs = await this.blocs.refs(
      q,
      listed.flatMap(({ blocId }) => blocId ?? []),
    );
    return listed.map(({ id, unitId, blocId, place, contests, ...facts }) => ({
      key: campaignKey(id),
      id,
      code: facts.code,
      name: facts.name,
      category: facts.category,
      kind: facts.kind,
      special: facts.special,
      launcher: units.get(unitId) ?? null,
      bloc: blocs.get(blocId ?? 0)?.name ?? null,
      from: facts.from,
      to: facts.to,
      state: facts.state,
      stateName: campaignWorkflow.stateNames[facts.state],
      phase: facts.phase,
      own: place === 'ABOVE' ? statusOf(own.get(id)) : null,
      deployment: counts.get(id) ?? NOBODY,
      participants: participants.get(id) ?? null,
      contests: contestRows(contests ?? [], prizes),
      results: [],
    }));
  }

  /** How many more there are, of units further below or of restricted ones. */
  async further(q: Queryable, question: Question): Promise<number> {
    const [row] = await q.query<{ n: number }>(
      `${this.listed(question)} SELECT count(*)::int AS n FROM listed WHERE place = 'FURTHER'`,
      valuesOf(question, await this.lastDay(q, question)),
    );
    return row?.n ?? 0;
  }

  /** The period's last day, or the unit's own last one before it; what it left speaks on through as-is. */
  async lastDay(q: Queryable, { unitId, to, lens }: Question): Promise<Day> {
    if (lens === 'as-is') return to;
    const [row] = await q.query<{ day: Day }>(
      `SELECT least(greatest($2::date, born), ended - 1) AS day FROM unit WHERE id = $1`,
      [unitId, to],
    );
    return row?.day ?? to;
  }

  private listed({ known, lens }: Question): string {
    const on = treeOn({ known, lens });
    const state = known === null ? 'c.state' : stateOn(campaignWorkflow, 'c.id', KNOWN);
    const phaseState = known === null ? 'p.state' : `coalesce(${stateOn(phaseWorkflow, 'p.id', KNOWN)}, 'RUNNING')`;
    const there = (alias: string): string =>
      `(${KNOWN} IS NULL OR ${alias}.recorded_on <= ${KNOWN}) AND (${alias}.removed_on IS NULL OR ${alias}.removed_on > ${KNOWN})`;
    const asKnown = (column: string): string => `CASE WHEN b.id IS NULL THEN c.${column} ELSE b.${column} END`;
    return `WITH below AS MATERIALIZED (${subtreeOn('$1::int', on)}), uppers AS MATERIALIZED (${carriedUppersOn('$1::int', on)}), mine AS MATERIALIZED (${carriedBy('$1::int', on)}),
      near AS MATERIALIZED (${carriedBy('SELECT unit_id FROM below WHERE depth = 1', on)}),
      candidate AS (
        SELECT id FROM campaign WHERE unit_id IN (SELECT unit_id FROM below UNION ALL SELECT unit_id FROM uppers)${lens === 'as-was' ? '' : REPORTED_BELOW}
         UNION SELECT campaign_id FROM campaign_launcher WHERE unit_id IN (SELECT unit_id FROM mine)),
      facts AS (
        SELECT c.id, c.code, c.unit_id, c.bloc_id, ${state} AS state, ${asKnown('name')} AS name, ${asKnown('category')} AS category, ${asKnown('kind')} AS kind,
               ${asKnown('special')} AS special, coalesce(${asKnown('day_from')}, ${asKnown('launch_day')}) AS day_from, ${asKnown('day_to')} AS day_to,
               least(${asKnown('day_to')}, c.recorded_on) AS latest_begin
          FROM candidate JOIN campaign c USING (id)
          LEFT JOIN LATERAL (SELECT * FROM campaign_before x WHERE x.campaign_id = c.id AND x.changed_on > ${KNOWN} ORDER BY x.id LIMIT 1) b ON true
         WHERE c.outside_id IS NULL AND (${KNOWN} IS NULL OR c.recorded_on <= ${KNOWN})),
      placed AS (
        SELECT f.*, CASE WHEN f.unit_id IN (SELECT unit_id FROM mine) THEN 'OWN' WHEN owner.classification = 'RESTRICTED' THEN 'FURTHER'
                         WHEN EXISTS (SELECT 1 FROM campaign_launcher l WHERE l.campaign_id = f.id AND l.unit_id IN (SELECT unit_id FROM mine)) THEN 'OWN'
                         WHEN below.depth = 1 OR near.unit_id IS NOT NULL THEN 'BELOW' WHEN below.depth > 1 THEN 'FURTHER' ELSE 'ABOVE' END AS place,
               near.heir_id
          FROM facts f JOIN unit owner ON owner.id = f.unit_id LEFT JOIN below ON below.unit_id = f.unit_id LEFT JOIN near ON near.unit_id = f.unit_id
         WHERE f.state IN (${LAUNCHED}) AND coalesce(f.day_from, f.latest_begin) <= ${DAY} AND coalesce(f.day_to, 'infinity') >= $5::date
           AND (below.unit_id IS NOT NULL
             OR EXISTS (SELECT 1 FROM campaign_launcher l WHERE l.campaign_id = f.id AND l.unit_id IN (SELECT unit_id FROM mine))
             OR EXISTS (SELECT 1 FROM campaign_deployment d WHERE d.campaign_id = f.id AND d.unit_id IN (SELECT unit_id FROM below)
                           AND ${entryHolds('d', { day: DAY, known: KNOWN })}))),
      listed AS (
        SELECT p0.id, p0.code, p0.name, p0.category, p0.kind, p0.special, p0.unit_id AS "unitId", p0.heir_id AS "heirId", p0.bloc_id AS "blocId", p0.day_from AS "from",
               p0.day_to AS "to", p0.state, p0.place,
               (SELECT string_agg(p.name, '; ' ORDER BY p.day_from, p.id) FROM campaign_phase p WHERE p.campaign_id = p0.id AND ${there('p')}
                   AND ${phaseState} = 'RUNNING' AND coalesce(p.day_from, '-infinity') <= ${DAY} AND coalesce(p.day_to, 'infinity') >= ${DAY}) AS phase,
               (SELECT json_agg(json_build_object('name', t.name, 'aliases', t.aliases) ORDER BY t.id) FROM contest t WHERE t.campaign_id = p0.id AND ${there('t')}) AS contests
          FROM placed p0)`;
  }

  private async deployment(
    q: Queryable,
    question: Question,
    day: Day,
    listed: readonly Listed[],
  ): Promise<Map<number, DeploymentCounts>> {
    const on = treeOn(question);
    const ofUnits = listed.filter(({ blocId }) => blocId === null);
    const left = ofUnits.filter(({ place, heirId }) => place === 'BELOW' && heirId === null);
    const based = ofUnits.filter((one) => !left.includes(one));
    const rows = await q.query<DeploymentCounts & { id: number }>(
      `WITH base AS (SELECT * FROM unnest($5::int[], $6::int[]) AS b (campaign_id, base_id)),
       expected AS MATERIALIZED (
         SELECT b.campaign_id, u.unit_id FROM base b CROSS JOIN LATERAL (${childrenOn('b.base_id', on)}) u
         UNION ALL
         SELECT l.campaign_id, u.unit_id FROM unnest($8::int[], $9::int[]) AS l (campaign_id, unit_id) CROSS JOIN LATERAL (${lastChildrenOn('l.unit_id', on)}) u
         UNION ALL
         ${membersBelow(on)}),
       latest AS (${statusesOf({ day: DAY, known: KNOWN }, on, 'd.campaign_id IN (SELECT campaign_id FROM expected)', PAIRS)})
       SELECT campaign_id AS id, ${COUNT_STATUSES} FROM expected LEFT JOIN latest USING (campaign_id, unit_id) GROUP BY 1`,
      [
        ...valuesOf(question, day).slice(0, 4),
        based.map(({ id }) => id),
        based.map(({ place, heirId }) => (place === 'BELOW' ? heirId : question.unitId)),
        listed.flatMap(({ id, blocId }) => (blocId === null ? [] : [id])),
        left.map(({ id }) => id),
        left.map(({ unitId }) => unitId),
      ],
    );
    return new Map(rows.map(({ id, ...counts }) => [id, counts]));
  }

  private async own(
    q: Queryable,
    question: Question,
    day: Day,
    listed: readonly Listed[],
  ): Promise<Map<number, ReportedStatus>> {
    const rows = await q.query<{ id: number; status: ReportedStatus }>(
      `WITH expected AS (SELECT $1::int AS unit_id, ${CHANGE} AS change)
       SELECT campaign_id AS id, status FROM (${statusesOf({ day: DAY, known: KNOWN }, treeOn(question), 'd.campaign_id = ANY($5)')}) own`,
      [...valuesOf(question, day).slice(0, 4), listed.map(({ id }) => id)],
    );
    return new Map(rows.map(({ id, status }) => [id, status]));
  }

  /** What a unit states holds for all below it, so only the uppermost statements are added up. */
  private async participants(
    q: Queryable,
    question: Question,
    day: Day,
    listed: readonly Listed[],
  ): Promise<Map<number, Qualified>> {
    const on = treeOn(question);
    const below = `d.campaign_id = ANY($5) AND d.unit_id IN (SELECT s.unit_id FROM (${subtreeOn('$1::int', on)}) s)`;
    const rows = await q.query<Qualified & { id: number }>(
      `WITH stated AS MATERIALIZED (
         SELECT * FROM (${latestEntries({ day: DAY, known: KNOWN }, below)}) latest WHERE participants IS NOT NULL)
       SELECT s.campaign_id AS id, sum(s.participants)::int8 AS value, s.participants_qualifier AS qualifier FROM stated s
        WHERE NOT EXISTS (SELECT 1 FROM stated o WHERE o.campaign_id = s.campaign_id AND o.unit_id IN (${uppersOn('s.unit_id', on)}))
        GROUP BY 1, 3 ORDER BY 1, 3`,
      [...valuesOf(question, day).slice(0, 4), listed.map(({ id }) => id)],
    );
    const sums = new Map<number, Qualified>();
    for (const { id, value, qualifier } of rows) {
      const part: { value: number; qualifier: Qualifier } = { value, qualifier };
      const held = sums.get(id);
      sums.set(id, held ? add(held, part) : part);
    }
    return sums;
  }
}

const PAIRS = '(d.campaign_id, d.unit_id) IN (SELECT campaign_id, unit_id FROM expected)';

/** Members below the unit `$1` of the blocs of the campaigns `$7`, as rows `campaign_id, unit_id`; through as-is their heirs, each once. */
function membersBelow(on: TreeOn): string {
  const below = `SELECT s.unit_id FROM (${subtreeOn('$1::int', on)}) s`;
  const members = `FROM campaign c JOIN bloc_member m ON m.bloc_id = c.bloc_id`;
  const then = `c.id = ANY($7::int[]) AND coalesce(m.joined, '-infinity') <= ${DAY} AND coalesce(m.left_on, 'infinity') >= ${DAY}`;
  return on.lens === 'as-was'
    ? `SELECT c.id, m.unit_id ${members} WHERE ${then} AND m.unit_id IN (${below})`
    : `SELECT DISTINCT c.id, h.heir_id ${members} JOIN (${carriedBy(below, on)}) h ON h.unit_id = m.unit_id WHERE ${then}`;
}

export function campaignKey(id: number): string {
  return `campaign:${id}`;
}

function treeOn({ known, lens }: Pick<Question, 'known' | 'lens'>): TreeOn {
  return { day: DAY, change: CHANGE, present: known === null, lens };
}

function valuesOf({ unitId, from, known, change }: Question, day: Day): readonly unknown[] {
  return [unitId, day, known, change, from];
}
