import { Refused, tally, type Attendance, type RefusalDetail, type Tally, type Votes, type Warning } from '@lib/kernel';
import type { VoteRuleView } from '@lib/rulebook';

export const OUTCOMES = ['RECOMMENDED', 'DOWNGRADED', 'NOT_RECOMMENDED'] as const;
/** What a council says of one line. It advises; the competent organ decides. */
export type CouncilOutcome = (typeof OUTCOMES)[number];

/** What cannot be, whatever the rule says: more ballots than voters. Empty when the numbers are possible. */
export function checkNumbers(
  rule: VoteRuleView,
  attendance: Attendance,
  votes: Votes,
  field = 'votes',
): RefusalDetail[] {
  const { ballots, possible } = tally(rule, attendance, votes);
  const present = attendance.present - attendance.recusedPresent;
  const written = possible - present;
  const wrong: RefusalDetail[] = [];
  if (votes.written > written)
    wrong.push({
      code: 'councils.more_written_than_consulted',
      field: `${field}.written`,
      message:
        written === 0
          ? 'Không có thành viên vắng mặt nào gửi phiếu bằng văn bản.'
          : `Chỉ có ${written} thành viên gửi phiếu bằng văn bản.`,
    });
  if (votes.written > ballots)
    wrong.push({
      code: 'councils.written_above_all',
      field: `${field}.written`,
      message: 'Số phiếu bằng văn bản nhiều hơn tổng số phiếu.',
    });
  if (ballots > possible)
    wrong.push({
      code: 'councils.more_votes_than_voters',
      field: `${field}.for`,
      message: `Tổng số phiếu là ${ballots}, nhiều hơn số thành viên được biểu quyết (${possible}).`,
    });
  else if (ballots - votes.written > present)
    wrong.push({
      code: 'councils.more_votes_than_present',
      field: `${field}.for`,
      message: `Có ${ballots - votes.written} phiếu tại phiên, nhiều hơn số thành viên có mặt được biểu quyết (${present}).`,
    });
  return wrong;
}

/** A form that was voted on: the one proposed, or the lower one. */
export interface Ballot {
  readonly rule: VoteRuleView;
  readonly formName: string;
  readonly votes: Votes;
}

/**
 * Holds the outcome against the numbers. What contradicts a verified rule is refused; what contradicts one that nobody has
 * read is a warning (design §1.4).
 * @throws Refused with every contradiction, `councils.quorum_not_met` and others
 */
export function judge(
  outcome: CouncilOutcome,
  councilKind: string,
  attendance: Attendance,
  proposed: Ballot,
  lower: Ballot | null,
): Warning[] {
  const impossible = [
    ...checkNumbers(proposed.rule, attendance, proposed.votes),
    ...(lower ? checkNumbers(lower.rule, attendance, lower.votes, 'lower.votes') : []),
  ];
  if (outcome === 'DOWNGRADED' && !lower)
    impossible.push({
      code: 'councils.lower_form_needs_votes',
      field: 'lower',
      message: 'Hạ hình thức khen cần ghi hình thức thấp hơn và số phiếu cho hình thức đó.',
    });
  if (impossible.length > 0) throw Refused.all(impossible);
  const found = contradictions(outcome, councilKind, attendance, proposed, lower);
  const refused = found.filter(({ rule }) => rule.verified);
  if (refused.length > 0) throw Refused.all(refused.map(({ detail }) => detail));
  const warnings = found.map(({ detail, rule }) => ({
    ...detail,
    message: `${detail.message} (Quy định “${rule.name}” chưa kiểm chứng.)`,
  }));
  const unread = [proposed.rule, ...(lower ? [lower.rule] : [])].filter(({ verified }) => !verified);
  if (warnings.length === 0 && unread[0])
    warnings.push({
      code: 'councils.rule_not_verified',
      field: null,
      message: `Quy định biểu quyết “${unread[0].name}” (${unread[0].source}) chưa kiểm chứng.`,
    });
  return warnings;
}

interface Contradiction {
  readonly rule: VoteRuleView;
  readonly detail: RefusalDetail;
}

function contradictions(
  outcome: CouncilOutcome,
  councilKind: string,
  attendance: Attendance,
  proposed: Ballot,
  lower: Ballot | null,
): Contradiction[] {
  const found: Contradiction[] = [];
  const add = (rule: VoteRuleView, code: string, field: string | null, message: string): void =>
    void found.push({ rule, detail: { code: `councils.${code}`, field, message } });
  const first = tally(proposed.rule, attendance, proposed.votes);
  const second = lower && tally(lower.rule, attendance, lower.votes);
  if (proposed.rule.body !== 'NONE' && proposed.rule.body !== councilKind)
    add(proposed.rule, 'another_body_votes', null, `${proposed.formName} do ${BODY_NAMES[proposed.rule.body]} xét.`);
  if (!first.quorumMet) {
    const { parts, of } = proposed.rule.quorum ?? { parts: 0, of: 1 };
    add(
      proposed.rule,
      'quorum_not_met',
      'outcome',
      `Chưa đủ ${parts}/${of} số thành viên dự họp (${attendance.present} trên ${attendance.total}).`,
    );
  }
  if (proposed.rule.mustIncludeChair && !attendance.chaired)
    add(proposed.rule, 'chair_missing', 'outcome', 'Chủ tịch Hội đồng không dự và không gửi ý kiến.');
  const enough = (formName: string, { base, needed }: Tally, votes: Votes): string =>
    `${formName}: ${votes.for} phiếu thuận trên ${base}, cần ít nhất ${needed}.`;
  if (outcome === 'RECOMMENDED' && !first.reached)
    add(proposed.rule, 'threshold_not_reached', 'outcome', enough(proposed.formName, first, proposed.votes));
  if (outcome !== 'RECOMMENDED' && first.reached)
    add(
      proposed.rule,
      'threshold_reached',
      'outcome',
      `${proposed.formName} đã đủ phiếu thuận (${proposed.votes.for}, cần ${first.needed}).`,
    );
  if (lower && second && outcome === 'DOWNGRADED' && !second.reached)
    add(lower.rule, 'lower_threshold_not_reached', 'lower.votes.for', enough(lower.formName, second, lower.votes));
  if (lower && second && outcome === 'NOT_RECOMMENDED' && second.reached)
    add(
      lower.rule,
      'lower_threshold_reached',
      'outcome',
      `${lower.formName} đã đủ phiếu thuận (${lower.votes.for}, cần ${second.needed}).`,
    );
  return found;
}

export const BODY_NAMES: Readonly<Record<string, string>> = {
  BCH: 'Ban Chấp hành',
  BTV: 'Ban Thường vụ',
  COUNCIL: 'Hội đồng thi đua, khen thưởng',
  NONE: 'cơ quan có thẩm quyền (không qua biểu quyết)',
};

const SHARE_OF: Readonly<Record<VoteRuleView['base'], string>> = {
  PRESENT: 'số thành viên có mặt được biểu quyết',
  PRESENT_OR_CONSULTED: 'số thành viên có mặt và gửi ý kiến',
  TOTAL: 'tổng số thành viên',
  TOTAL_LESS_RECUSED: 'tổng số thành viên trừ người không được biểu quyết',
};

/** "bỏ phiếu kín; ít nhất 90% tổng số thành viên tán thành; dự họp từ 2/3": the rule in words, without its mark. */
export function describeRule(rule: VoteRuleView): string {
  if (rule.body === 'NONE') return 'không cần Hội đồng xét';
  const { parts, of } = rule.threshold;
  const share = 100 % of === 0 ? `${(parts * 100) / of}%` : `${parts}/${of}`;
  return [
    BODY_NAMES[rule.body],
    rule.mode === 'WRITTEN' ? 'lấy ý kiến bằng văn bản' : null,
    rule.secret ? 'bỏ phiếu kín' : 'biểu quyết',
    `${rule.thresholdKind === 'MORE_THAN' ? 'hơn' : 'ít nhất'} ${share} ${SHARE_OF[rule.base]} tán thành`,
    rule.quorum && `dự họp từ ${rule.quorum.parts}/${rule.quorum.of}`,
    rule.mustIncludeChair ? 'phải có Chủ tịch' : null,
    rule.absenteeWritten ? 'tính phiếu bằng văn bản của người vắng' : null,
  ]
    .filter(Boolean)
    .join('; ');
}
