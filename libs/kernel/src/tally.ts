/** A rule of voting as far as numbers go. Shares are fractions, so that two thirds are two thirds. */
export interface VotingRule {
  readonly mode: 'MEETING' | 'WRITTEN';
  readonly quorum: { readonly parts: number; readonly of: number } | null;
  readonly threshold: { readonly parts: number; readonly of: number };
  readonly thresholdKind: 'MORE_THAN' | 'AT_LEAST';
  readonly base: 'PRESENT' | 'PRESENT_OR_CONSULTED' | 'TOTAL' | 'TOTAL_LESS_RECUSED';
  /** Written ballots of absent members count. */
  readonly absenteeWritten: boolean;
}

/** Numbers only: nothing ties a ballot to its voter. */
export interface Votes {
  readonly for: number;
  readonly against: number;
  readonly blank: number;
  /** How many of all these came in writing from absent members. */
  readonly written: number;
}

/** Who could vote on a line. Recused members are among the present and the consulted ones, and take no part. */
export interface Attendance {
  readonly total: number;
  readonly present: number;
  readonly consulted: number;
  readonly recused: number;
  readonly recusedPresent: number;
  readonly recusedConsulted: number;
  /** The chair, or a vice chair in the chair, is present or was consulted. */
  readonly chaired: boolean;
}

/** A rule applied to numbers, with everything a reader needs to check it by hand. */
export interface Tally {
  readonly ballots: number;
  /** Most ballots that there can be. */
  readonly possible: number;
  /** What the threshold is a share of. */
  readonly base: number;
  /** Fewest votes in favour that reach the threshold. */
  readonly needed: number;
  readonly quorumMet: boolean;
  readonly reached: boolean;
}

export function tally(rule: VotingRule, attendance: Attendance, votes: Votes): Tally {
  const { total, recused } = attendance;
  const present = attendance.present - attendance.recusedPresent;
  const inWriting = rule.absenteeWritten || rule.mode === 'WRITTEN';
  const consulted = inWriting ? attendance.consulted - attendance.recusedConsulted : 0;
  const base = {
    PRESENT: present,
    PRESENT_OR_CONSULTED: present + consulted,
    TOTAL: total,
    TOTAL_LESS_RECUSED: total - recused,
  }[rule.base];
  const { parts, of } = rule.threshold;
  const atLeast = rule.thresholdKind === 'AT_LEAST';
  const exact = (parts * base) / of;
  // A vote in writing has no meeting: who answered has taken part. A recused member was there, and makes the quorum.
  const taking = rule.mode === 'WRITTEN' ? attendance.present + attendance.consulted : attendance.present;
  return {
    ballots: votes.for + votes.against + votes.blank,
    possible: present + consulted,
    base,
    needed: atLeast ? Math.ceil(exact) : Math.floor(exact) + 1,
    quorumMet: rule.quorum === null || taking * rule.quorum.of >= rule.quorum.parts * total,
    // Whole numbers on both sides: exactly two thirds is two thirds.
    reached: atLeast ? votes.for * of >= parts * base && votes.for > 0 : votes.for * of > parts * base,
  };
}
