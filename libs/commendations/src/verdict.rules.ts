import type { RefusalDetail, Warning } from '@lib/kernel';
import type { LineClass } from '@lib/awards';
import { describeRule, type CouncilSaid } from '@lib/councils';
import type { LineState } from '@lib/nominations';
import type { AwardFormView, VoteRuleView } from '@lib/rulebook';
import type { Verdict } from './commendations.entity.js';

/** States from which a line may come into a decision. */
export const DECIDABLE: readonly LineState[] = ['ELIGIBLE', 'RECOMMENDED', 'DOWNGRADED', 'NOT_RECOMMENDED'];

export interface Weighed {
  readonly name: string;
  readonly recipientClass: LineClass;
  readonly state: LineState;
  readonly askedForm: string;
  /** What the council of the unit said; null where none has looked at it. */
  readonly council: Pick<CouncilSaid, 'outcome' | 'form'> | null;
  readonly rule: VoteRuleView | null;
  readonly outcome: Verdict;
  /** The form given, as the rulebook knows it; null for one it does not know, and where the line is declined. */
  readonly form: AwardFormView | null;
  readonly formCode: string | null;
  readonly reason: string | null;
  /** Level of the unit that decides. */
  readonly level: string;
}

/** What the council's word amounts to: the form it was for, or none. */
export function advised(council: Weighed['council']): string | null {
  return council && council.outcome !== 'NOT_RECOMMENDED' ? council.form : null;
}

/** The decision gives something else than the council said. */
export function differs({ council, outcome, formCode }: Pick<Weighed, 'council' | 'outcome' | 'formCode'>): boolean {
  return council !== null && advised(council) !== (outcome === 'AWARD' ? formCode : null);
}

/**
 * Holds one line of a decision against what the council said and what the rulebook knows. The council advises: to differ is
 * allowed, with a reason. Without a council only where the rule of voting asks for none, or is one that nobody has read.
 */
export function weigh(line: Weighed, field: string): { wrong: RefusalDetail[]; warnings: Warning[] } {
  const wrong: RefusalDetail[] = [];
  const warnings: Warning[] = [];
  const refuse = (code: string, at: string, message: string): void =>
    void wrong.push({ code: `commendations.${code}`, field: `${field}.${at}`, message: `${line.name}: ${message}` });
  const warn = (code: string, message: string): void =>
    void warnings.push({ code: `commendations.${code}`, field, message: `${line.name}: ${message}` });

  if (!DECIDABLE.includes(line.state)) refuse('line_not_ready', 'line', 'chưa đến bước quyết định, hoặc đã xong.');
  if (line.outcome === 'AWARD') {
    if (!line.form || line.formCode === 'UNKNOWN')
      refuse('unknown_form', 'form', `không có hình thức khen thưởng mang mã ${line.formCode}.`);
    else if (!line.form.recipientClasses.includes(line.recipientClass))
      refuse('form_not_for_class', 'form', `${line.form.name} không dành cho đối tượng này.`);
    else if (line.form.conferringLevels.length > 0 && !line.form.conferringLevels.some((level) => level === line.level))
      warn('form_not_of_level', `${line.form.name} theo danh mục không thuộc thẩm quyền của cấp này.`);
  }
  const noReason = line.reason === null;
  if (line.council) {
    if (differs(line) && noReason) refuse('reason_needed', 'reason', 'khác với ý kiến của Hội đồng, cần ghi lý do.');
  } else if (line.rule?.body !== 'NONE' && line.state === 'ELIGIBLE') {
    if (line.rule?.verified) refuse('council_needed', 'line', `phải qua Hội đồng xét (${line.rule.source}).`);
    else if (noReason) refuse('reason_needed', 'reason', 'chưa qua Hội đồng xét, cần ghi lý do.');
    else
      warn(
        'without_council',
        `quyết định không qua Hội đồng. Quy định: ${line.rule ? describeRule(line.rule) : 'chưa có'} (chưa kiểm chứng).`,
      );
  } else if (line.outcome === 'DECLINE' && noReason) {
    refuse('reason_needed', 'reason', 'không khen thưởng thì cần ghi lý do.');
  }
  return { wrong, warnings };
}

export const ORGAN_NAMES: Readonly<Record<string, string>> = {
  BCH: 'Ban Chấp hành',
  BTV: 'Ban Thường vụ',
  LEADER: 'Thủ trưởng cơ quan, đơn vị',
};
