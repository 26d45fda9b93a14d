import { Tag } from 'antd';
import type { ReactNode } from 'react';

type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'gold';
const COLORS: Record<Tone, string | undefined> = {
  plain: undefined,
  good: 'green',
  warn: 'orange',
  bad: 'red',
  gold: 'gold',
};

/** A small mark of state; its words carry the meaning, the colour only repeats it. */
export function Mark({ tone = 'plain', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <Tag color={COLORS[tone]} title={title} className="mark">
      {children}
    </Tag>
  );
}
