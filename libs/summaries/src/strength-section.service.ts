import { Injectable } from '@nestjs/common';
import { add, LEVEL_NAMES, LEVELS, type Day, type Level } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import type { Question } from '@lib/figures';
import { StrengthsService, type StrengthView } from '@lib/units';
import type { StatedStrength, SummaryBody } from './body.js';

/** Levels that a summary always lists, stated or not: nobody should have to guess whether they were forgotten. */
const ALWAYS_LISTED: readonly Level[] = ['DIRECT_UPPER_UNION', 'GRASSROOTS_UNION'];

type LevelCounts = Awaited<ReturnType<StrengthsService['unitsByLevel']>>;
const REMEMBERED = 1_000;

/** Declared strengths of the unit beside what the tree counts. */
@Injectable()
export class StrengthSectionService {
  private readonly levelCounts = new Map<string, LevelCounts>();

  constructor(
    private readonly clock: Clock,
    private readonly strengths: StrengthsService,
  ) {}

  async section(q: Queryable, question: Question, level: Level): Promise<SummaryBody['strength']> {
    const { to, known, lens } = question;
    const treeOn = lens === 'as-was' ? to : (known ?? this.clock.today());
    const stated = await this.stated(q, question);
    const counted = await this.unitsByLevel(q, question, treeOn);
    const one = (kind: StrengthView['kind']): StatedStrength | null => sumOf(stated, kind, null);
    const below = ALWAYS_LISTED.filter((each) => LEVELS.indexOf(each) > LEVELS.indexOf(level));
    const said = stated.flatMap((unit) => unit.flatMap((row) => row.level ?? []));
    const levels = new Set([...below, ...said, ...counted.map((row) => row.level)]);
    return {
      treeOn,
      members: one('MEMBERS'),
      workers: one('WORKERS'),
      unitsByLevel: LEVELS.filter((each) => levels.has(each)).map((each) => {
        const told = sumOf(stated, 'UNITS', each);
        return {
          level: each,
          levelName: LEVEL_NAMES[each],
          stated: told && { value: told.value, qualifier: told.qualifier },
          fromTree: counted.find((row) => row.level === each)?.count ?? 0,
          asOf: told?.asOf ?? null,
        };
      }),
    };
  }

  /** What was stated up to the last day of the period: by the unit; through as-is by each of those of that day that it carries on. */
  private async stated(q: Queryable, { unitId, to, known, change, lens }: Question): Promise<StrengthView[][]> {
    const units = lens === 'as-was' ? [unitId] : await this.strengths.carriedOn(q, unitId, to, change);
    const stated: StrengthView[][] = [];
    for (const unit of units) stated.push(await this.strengths.latest(q, unit, to, known));
    return stated;
  }

  /** What the tree of a numbered change holds never alters, and counting the whole country takes longer than all figures. */
  private async unitsByLevel(q: Queryable, { unitId, change, lens }: Question, day: Day): Promise<LevelCounts> {
    const key = `${unitId}/${day}/${change}/${lens}`;
    const held = this.levelCounts.get(key);
    if (held) return held;
    const counted = await this.strengths.unitsByLevel(q, unitId, day, change, lens);
    if (this.levelCounts.size >= REMEMBERED) this.levelCounts.clear();
    this.levelCounts.set(key, counted);
    return counted;
  }
}

/** Null where one of the units stated nothing: a sum of some of them would look like that of all. */
function sumOf(
  units: readonly (readonly StrengthView[])[],
  kind: StrengthView['kind'],
  level: Level | null,
): StatedStrength | null {
  const found = units.map((rows) => rows.find((row) => row.kind === kind && row.level === level));
  return found.reduce<StatedStrength | null>((sum, row, index) => {
    if (!row || (index > 0 && sum === null)) return null;
    const { value, qualifier, asOf, source } = row;
    if (sum === null) return { value, qualifier, asOf, source };
    const total = add(sum, { value, qualifier });
    return { ...total, asOf: asOf < sum.asOf ? asOf : sum.asOf, source: [...new Set([sum.source, source])].join('; ') };
  }, null);
}
