import type { ReactNode } from 'react';

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'gold';

/** A small mark of state; its words carry the meaning, the colour only repeats it. */
export function Mark({ tone = 'plain', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={`mark mark-${tone}`} title={title}>
      {children}
    </span>
  );
}
