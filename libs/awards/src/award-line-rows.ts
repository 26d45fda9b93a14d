import { Injectable } from '@nestjs/common';
import { fold, scopeOf, tidy, type Actor } from '@lib/kernel';
import { Clock, type Queryable } from '@lib/platform';
import { checkBirthYear, NamedPeople, PeopleQueries, type Named } from '@lib/people';
import { numberOf, textOf, type ParsedRow, type RowChange, type RowProblem, type RowVerdict } from '@lib/spreadsheets';
import { UnitLists, UnitTree, type UnitOnDay } from '@lib/units';
import type { AwardBatch, LineClass, PositionBand } from './awards.entity.js';

/** What of a batch its list is held against. */
export type ListedBatch = Pick<AwardBatch, 'id' | 'unitId' | 'day'>;

/** What a row of the list becomes. Everything that the writing needs, and nothing that can differ from check to check. */
export interface LinePlan {
  readonly class: LineClass;
  readonly name: string;
  readonly unitId: number;
  readonly officeId: number | null;
  readonly birthYear: number | null;
  readonly gender: 'MALE' | 'FEMALE' | null;
  readonly positionBand: PositionBand | null;
  readonly reason: string | null;
  /** The known person; null: nobody is known so, or nobody is told apart. */
  readonly personId: number | null;
  /** The line of the batch that says it already. */
  readonly lineId: number | null;
}

interface Held {
  readonly id: number;
  readonly class: LineClass;
  readonly personId: number | null;
  readonly folded: string;
  readonly unitId: number;
  readonly reason: string | null;
  readonly positionBand: PositionBand | null;
  readonly gender: 'MALE' | 'FEMALE' | null;
  readonly revoked: boolean;
}

type FoundUnit = number | 'outside' | 'ambiguous';

interface Office {
  readonly id: number;
  readonly unitId: number;
  readonly name: string;
}

interface Read {
  readonly row: number;
  readonly plan: LinePlan;
  readonly problems: readonly RowProblem[];
}

/** What each row of a list of recipients means, held against the tree, the people and the lines that are there. */
@Injectable()
export class AwardLineRows {
  constructor(
    private readonly clock: Clock,
    private readonly tree: UnitTree,
    private readonly units: UnitLists,
    private readonly named: NamedPeople,
    private readonly people: PeopleQueries,
  ) {}

  async judge(q: Queryable, actor: Actor, batch: ListedBatch, rows: readonly ParsedRow[]): Promise<RowVerdict[]> {
    const units = await this.unitsOf(q, actor, batch, rows);
    const offices = await this.offices(q, actor, batch, rows);
    const read = rows.map((row) => this.read(batch, row, units, offices));
    const told = read.flatMap(({ plan }, place) => (identified(plan) ? [{ place, named: plan as Named }] : []));
    const meant = await this.named.match(
      q,
      told.map(({ named }) => named),
    );
    const people = new Map(told.map(({ place }, index) => [place, meant[index] ?? []]));
    const seen = new Set((await this.people.visibleNames(q, actor, [...new Set(meant.flat())])).map(({ id }) => id));
    const held = new HeldLines(await this.held(q, batch.id));
    return read.map((one, place) => judged(one, people.get(place) ?? null, seen, held));
  }

  private read(
    batch: ListedBatch,
    { row, values }: ParsedRow,
    units: ReadonlyMap<string, FoundUnit>,
    offices: ReadonlyMap<string, Office>,
  ): Read {
    const problems: RowProblem[] = [];
    const say = (column: string, code: string, message: string): void => void problems.push({ column, code, message });
    const unitText = textOf(values['unit']);
    const unit = unitText === null ? batch.unitId : (units.get(unitText) ?? 'outside');
    if (unit === 'outside')
      say('unit', 'awards.line_outside_unit', `Không có đơn vị “${unitText}” trong đơn vị của đợt khen vào ngày đó.`);
    if (unit === 'ambiguous')
      say('unit', 'awards.unit_ambiguous', `Có nhiều đơn vị cùng tên “${unitText}”; hãy ghi mã đơn vị.`);
    const officeText = textOf(values['office']);
    const office = officeText === null ? undefined : offices.get(officeText.toUpperCase());
    if (officeText !== null && !office)
      say('office', 'office.not_found', `Không có cơ quan mang mã “${officeText}” trong đơn vị của đợt khen.`);
    const given = (textOf(values['class']) ?? (officeText === null ? 'INDIVIDUAL' : 'COLLECTIVE')) as LineClass;
    const birthYear = numberOf(values['birthYear']);
    const gender = textOf(values['gender']) as LinePlan['gender'];
    if (officeText !== null && given !== 'COLLECTIVE')
      say('class', 'awards.office_is_collective', 'Cơ quan chuyên môn được khen là tập thể.');
    if (given !== 'INDIVIDUAL' && birthYear !== null)
      say('birthYear', 'awards.year_of_a_person', 'Chỉ cá nhân mới có năm sinh.');
    if (given !== 'INDIVIDUAL' && gender !== null)
      say('gender', 'awards.gender_of_a_person', 'Chỉ cá nhân mới có giới tính.');
    if (birthYear !== null && !possible(birthYear, this.clock.today()))
      say('birthYear', 'people.birth_year_impossible', `Năm sinh ${birthYear} không thể đúng.`);
    const plan: LinePlan = {
      class: given,
      name: office?.name ?? tidy(textOf(values['name']) ?? ''),
      unitId: office?.unitId ?? (typeof unit === 'number' ? unit : batch.unitId),
      officeId: office?.id ?? null,
      birthYear,
      gender,
      positionBand: textOf(values['positionBand']) as PositionBand | null,
      reason: textOf(values['reason']),
      personId: null,
      lineId: null,
    };
    return { row, plan, problems };
  }

  /** Units by what the list calls them: below the batch's unit on its day. */
  private async unitsOf(
    q: Queryable,
    actor: Actor,
    batch: ListedBatch,
    rows: readonly ParsedRow[],
  ): Promise<Map<string, FoundUnit>> {
    const texts = rows.flatMap(({ values }) => textOf(values['unit']) ?? []);
    const named = [...(await this.units.named(q, texts, scopeOf(actor, 'award.record')))];
    const onDay = await this.tree.onDay(
      q,
      named.flatMap(([, found]) => (typeof found === 'object' ? found.id : [])),
      batch.day,
    );
    const inside = (unit: UnitOnDay | undefined): unit is UnitOnDay => unit?.chain.includes(batch.unitId) ?? false;
    return new Map(
      named.map(([text, found]): [string, FoundUnit] => {
        if (typeof found === 'string') return [text, found === 'ambiguous' ? 'ambiguous' : 'outside'];
        return [text, inside(onDay.get(found.id)) ? found.id : 'outside'];
      }),
    );
  }

  private async offices(
    q: Queryable,
    actor: Actor,
    batch: ListedBatch,
    rows: readonly ParsedRow[],
  ): Promise<Map<string, Office>> {
    const codes = [...new Set(rows.flatMap(({ values }) => textOf(values['office'])?.toUpperCase() ?? []))];
    if (codes.length === 0) return new Map();
    const params: unknown[] = [codes];
    const seen = this.tree.inScope('o.unit_id', scopeOf(actor, 'award.record'), params);
    const found = await q.query<Office & { code: string }>(
      `SELECT o.id, o.code, o.name, o.unit_id AS "unitId" FROM office o WHERE o.code = ANY($1) AND ${seen}`,
      params,
    );
    const units = await this.tree.onDay(
      q,
      found.map(({ unitId }) => unitId),
      batch.day,
    );
    return new Map(
      found
        .filter(({ unitId }) => units.get(unitId)?.chain.includes(batch.unitId))
        .map((office) => [office.code, office]),
    );
  }

  private async held(q: Queryable, batchId: number): Promise<Held[]> {
    const lines = await q.query<Held>(
      `SELECT id, class, person_id AS "personId", name_folded AS folded, unit_id AS "unitId", reason,
              position_band AS "positionBand", gender, state = 'REVOKED' AS revoked
         FROM award_line WHERE batch_id = $1 AND state <> 'REMOVED' ORDER BY id`,
      [batchId],
    );
    const identities = await this.people.identities(
      q,
      lines.flatMap(({ personId }) => personId ?? []),
    );
    return lines.map((line) => ({ ...line, personId: identities.get(line.personId ?? 0) ?? line.personId }));
  }
}

/** Lines of the batch by whom they mean: the person, or name and unit where nobody is told apart. */
class HeldLines {
  private readonly byKey = new Map<string, Held>();

  constructor(lines: readonly Held[]) {
    for (const line of lines) {
      const key = line.personId === null ? keyOf(line.class, line.folded, line.unitId) : `person:${line.personId}`;
      if (!this.byKey.has(key)) this.byKey.set(key, line);
    }
  }

  of(plan: LinePlan): Held | null {
    const key = plan.personId === null ? keyOf(plan.class, fold(plan.name), plan.unitId) : `person:${plan.personId}`;
    return this.byKey.get(key) ?? null;
  }
}

function judged(
  { row, plan, problems }: Read,
  people: readonly number[] | null,
  seen: ReadonlySet<number>,
  held: HeldLines,
): RowVerdict {
  if (problems.length > 0) return { row, verdict: 'WRONG', problems };
  if (people !== null && people.length > 1)
    return {
      row,
      verdict: 'WRONG',
      problems: [
        {
          column: 'name',
          code: 'people.ambiguous',
          message:
            'Có nhiều người trùng họ tên, năm sinh và đơn vị; hãy thêm dòng này trên màn hình để chọn đúng người.',
        },
      ],
    };
  const meant = { ...plan, personId: people?.[0] ?? null };
  const line = held.of(meant);
  const keys = [
    [keyOf(plan.class, fold(plan.name), plan.unitId), plan.birthYear ?? ''].join('|'),
    ...(meant.personId === null ? [] : [`person:${meant.personId}`]),
  ];
  if (line === null) {
    const isNew = people !== null && (meant.personId === null || !seen.has(meant.personId));
    return { row, verdict: 'NEW', keys, plan: meant, ...(isNew ? { changes: NEW_PERSON } : {}) };
  }
  const changes = line.revoked ? [] : differences(line, plan);
  if (changes.length === 0) return { row, verdict: 'UNCHANGED', keys };
  return { row, verdict: 'CHANGED', keys, changes, plan: { ...meant, lineId: line.id } };
}

/** Tells that nobody is known under this name, year and unit: accepting makes a person. */
const NEW_PERSON: readonly RowChange[] = [{ column: 'name', before: null }];

/** What an empty cell does not say, it does not take away. */
function differences(line: Held, { reason, positionBand, gender }: LinePlan): RowChange[] {
  const said = { reason, positionBand, gender } as const;
  return (['reason', 'positionBand', 'gender'] as const)
    .filter((column) => said[column] !== null && said[column] !== line[column])
    .map((column) => ({ column, before: line[column] }));
}

function identified(plan: LinePlan): boolean {
  return plan.class === 'INDIVIDUAL' && plan.birthYear !== null;
}

function keyOf(lineClass: LineClass, folded: string, unitId: number): string {
  return `${lineClass}|${folded}|${unitId}`;
}

function possible(year: number, today: string): boolean {
  try {
    checkBirthYear(year, today, 'birthYear');
    return true;
  } catch {
    return false;
  }
}
