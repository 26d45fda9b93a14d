import { Progress } from 'antd';
import { printNumber } from '../words/format.js';
import type { DeploymentCounts } from './campaigns.contract.js';
import { STATUS_NAMES } from './words.js';

/** Deployed of all: only DEPLOYED counts; the others are told in words. */
export function DeploymentBar({ label, counts }: { label: string; counts: DeploymentCounts }) {
  const { deployed, planned, notStarted, notReported } = counts;
  const all = deployed + planned + notStarted + notReported;
  if (all === 0) return null;
  const rest = [
    [STATUS_NAMES.PLANNED, planned],
    [STATUS_NAMES.NOT_STARTED, notStarted],
    [STATUS_NAMES.NOT_REPORTED, notReported],
  ] as const;
  return (
    <div className="gap-below">
      <strong>{label}</strong>: {printNumber(deployed)}/{printNumber(all)} đã triển khai
      <span className="soft">
        {rest.filter(([, count]) => count > 0).map(([name, count]) => ` · ${name.toLowerCase()} ${printNumber(count)}`)}
      </span>
      <Progress
        percent={Math.round((deployed / all) * 1000) / 10}
        success={{ percent: Math.round((deployed / all) * 1000) / 10 }}
        format={(percent) => `${String(percent ?? 0).replace('.', ',')}%`}
        aria-label={`${label}: ${deployed} trên ${all} đơn vị đã triển khai`}
      />
    </div>
  );
}
