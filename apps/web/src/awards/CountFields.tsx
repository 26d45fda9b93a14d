import { Form, InputNumber } from 'antd';
import type { AwardKind, Counts } from '../contract.js';

const FIELDS: readonly { field: keyof Counts; label: string }[] = [
  { field: 'collectives', label: 'Tập thể' },
  { field: 'individuals', label: 'Cá nhân' },
  { field: 'households', label: 'Hộ' },
  { field: 'unsplit', label: 'Chưa tách' },
  { field: 'women', label: 'Số nữ' },
];

/** Counts as the paper states them; empty = the paper does not say, which is not 0. */
export function CountFields({ within, kind }: { within: string; kind: AwardKind }) {
  return (
    <div className="fields-5">
      {FIELDS.map(({ field, label }) => (
        <Form.Item
          key={field}
          name={[within, field]}
          label={kind === 'PRIZE' && field === 'unsplit' ? 'Số giải' : label}
        >
          <InputNumber min={0} precision={0} className="wide" placeholder="–" />
        </Form.Item>
      ))}
    </div>
  );
}

/** Nothing stated at all is null, so that a batch of named lines is not taken for "0 stated". */
export function statedOf(counts: Partial<Counts> | undefined): Counts | null {
  const all = { collectives: null, individuals: null, households: null, unsplit: null, women: null, ...counts };
  return Object.values(all).some((value) => value !== null && value !== undefined) ? all : null;
}
