import { fold, LEVEL_NAMES, printDay, type Day, type Level, type Warning } from '@lib/kernel';

/** A line as the rules look at it. */
export interface NominationFacts {
  readonly id: number;
  readonly name: string;
  /** The form asked for, or the one given instead. */
  readonly form: string;
  readonly formName: string;
  readonly kind: string | null;
  readonly oncePerLife: boolean;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly reasonFolded: string;
  readonly year: number;
  /** Level of the body that is asked. */
  readonly level: Level;
}

/** An award of the same recipient that the register holds. */
export interface AwardBefore {
  readonly form: string;
  readonly formName: string;
  readonly kind: string;
  readonly type: string | null;
  readonly campaign: string | null;
  readonly reason: string | null;
  readonly day: Day;
  readonly level: Level;
}

/** A nomination of the same recipient that is still open. */
export interface OpenNomination {
  readonly id: number;
  readonly form: string;
  readonly formName: string;
  readonly sameDossier: boolean;
  readonly year: number;
}

export interface RegisterFacts {
  readonly awards: readonly AwardBefore[];
  readonly open: readonly OpenNomination[];
  readonly registered: boolean;
}

/** Comprehensive (toàn diện) and thematic (chuyên đề) commendation; other types are neither. */
const COMPREHENSIVE = ['MERIT'];
const THEMATIC = ['THEMATIC', 'CAMPAIGN'];

const warning = (code: string, field: string, message: string): Warning => ({
  code: `nominations.${code}`,
  field,
  message,
});
const said = (award: AwardBefore): string => `${award.formName} (${LEVEL_NAMES[award.level]}, ${printDay(award.day)})`;
const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** What the register and the open nominations say about a line: worth a second look, never a refusal (domain §2.3, §3.3). */
export function warningsOf(line: NominationFacts, facts: RegisterFacts): Warning[] {
  return [
    ...oncePerLife(line, facts),
    ...sameForm(line, facts),
    ...sameAchievement(line, facts),
    ...bothKinds(line, facts),
    ...openElsewhere(line, facts),
    ...unregistered(line, facts),
  ];
}

function oncePerLife(line: NominationFacts, { awards }: RegisterFacts): Warning[] {
  const before = line.oncePerLife ? awards.find((award) => award.form === line.form) : undefined;
  if (!before) return [];
  return [warning('once_per_life', 'form', `${line.name} đã có ${said(before)}; hình thức này chỉ tặng một lần.`)];
}

function sameForm(line: NominationFacts, { awards }: RegisterFacts): Warning[] {
  const before = awards.find((award) => award.form === line.form && yearOf(award.day) === line.year);
  if (!before || line.oncePerLife) return [];
  return [warning('same_form_same_year', 'form', `${line.name} đã được tặng ${said(before)} trong năm ${line.year}.`)];
}

/** No several forms for one achievement: the same campaign, or the same words, at the same level. */
function sameAchievement(line: NominationFacts, { awards }: RegisterFacts): Warning[] {
  const campaign = fold(line.campaign ?? '');
  const before = awards.find(
    (award) =>
      award.level === line.level &&
      ((campaign !== '' && fold(award.campaign ?? '') === campaign) ||
        (line.reasonFolded !== '' && fold(award.reason ?? '') === line.reasonFolded)),
  );
  if (!before) return [];
  return [warning('same_achievement', 'reason', `Thành tích này của ${line.name} đã được khen: ${said(before)}.`)];
}

/** Within one deciding level in one year, except at reviews of a thematic campaign and ad hoc. */
function bothKinds(line: NominationFacts, { awards }: RegisterFacts): Warning[] {
  const excluded = COMPREHENSIVE.includes(line.type ?? '')
    ? THEMATIC
    : THEMATIC.includes(line.type ?? '')
      ? COMPREHENSIVE
      : [];
  const before = awards.find(
    (award) =>
      award.kind === 'AWARD' &&
      award.level === line.level &&
      yearOf(award.day) === line.year &&
      excluded.includes(award.type ?? ''),
  );
  if (!before) return [];
  const message = `Trong năm ${line.year}, cùng cấp đã khen ${line.name}: ${said(before)}. Khen toàn diện và khen chuyên đề cùng cấp trong một năm loại trừ nhau, trừ sơ kết, tổng kết chuyên đề và đột xuất.`;
  return [warning('comprehensive_and_thematic', 'type', message)];
}

function openElsewhere(line: NominationFacts, { open }: RegisterFacts): Warning[] {
  const twice = open.find((other) => other.sameDossier && other.form === line.form);
  const other = open.find((one) => !one.sameDossier && one.year === line.year);
  return [
    ...(twice
      ? [
          warning(
            'twice_in_dossier',
            'recipient',
            `${line.name} được đề nghị ${line.formName} hai lần trong hồ sơ này.`,
          ),
        ]
      : []),
    ...(other
      ? [
          warning(
            'open_elsewhere',
            'recipient',
            `${line.name} đang được đề nghị ${other.formName} trong một hồ sơ khác của năm ${line.year}.`,
          ),
        ]
      : []),
  ];
}

function unregistered(line: NominationFacts, { registered }: RegisterFacts): Warning[] {
  if (line.kind !== 'TITLE' || registered) return [];
  return [warning('not_registered', 'form', `${line.name} chưa đăng ký ${line.formName} năm ${line.year}.`)];
}
