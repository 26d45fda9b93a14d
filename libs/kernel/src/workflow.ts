import { Refused } from './refusal.js';

export interface StepRule<State extends string> {
  readonly from: readonly State[];
  readonly to: State;
  /** What the button says: "Trình lãnh đạo". */
  readonly name: string;
}

/** States and named steps of one kind of record. State changes in no other way. */
export interface Workflow<State extends string, Step extends string> {
  /** Name of the record in refusal codes and in the step log: `campaign`. */
  readonly what: string;
  readonly initial: State;
  readonly stateNames: Readonly<Record<State, string>>;
  readonly steps: Readonly<Record<Step, StepRule<State>>>;
  /** @throws Refused `<what>.step_not_allowed`, a conflict: somebody may have taken the step meanwhile. */
  next(state: State, step: Step): State;
  /** Steps that may be taken from a state, in the order of the table. */
  open(state: State): Step[];
}

/** Checked when loaded: every step leads from and to known states, and every state is reached from the first. */
export function defineWorkflow<const State extends string, const Step extends string>(table: {
  readonly what: string;
  readonly initial: NoInfer<State>;
  readonly states: Readonly<Record<State, string>>;
  readonly steps: Readonly<Record<Step, StepRule<NoInfer<State>>>>;
}): Workflow<State, Step> {
  const { what, initial, states, steps } = table;
  const rules = Object.entries(steps) as [Step, StepRule<State>][];
  for (const [step, { from, to }] of rules) {
    const unknown = [...from, to].filter((state) => !(state in states));
    if (unknown.length > 0) throw new Error(`${what}: step ${step} names unknown states ${unknown.join()}`);
  }
  const reached = new Set<string>([initial]);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const [, { from, to }] of rules) if (from.some((state) => reached.has(state))) reached.add(to);
  }
  const lost = Object.keys(states).filter((state) => !reached.has(state));
  if (lost.length > 0) throw new Error(`${what}: no step leads to ${lost.join()}`);
  const next = (state: State, step: Step): State => {
    const rule = steps[step];
    if (rule.from.includes(state)) return rule.to;
    const message = `Không thể “${rule.name}” khi đang ở trạng thái “${states[state]}”. Hãy tải lại trang: có thể người khác đã làm bước này.`;
    throw new Refused(`${what}.step_not_allowed`, message, null, 'conflict');
  };
  const open = (state: State): Step[] => rules.flatMap(([step, { from }]) => (from.includes(state) ? [step] : []));
  return { what, initial, stateNames: states, steps, next, open };
}
