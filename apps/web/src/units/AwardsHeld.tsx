import { Card } from 'antd';
import { Link } from 'react-router';
import { BatchTable } from '../awards/BatchTable.js';

/** What the unit and those below it were given lately; all of it stands in the register. */
export function AwardsHeld({ code }: { code: string }) {
  return (
    <Card
      size="small"
      title="Khen thưởng mới nhất"
      extra={<Link to={`/so-vang?don-vi=${encodeURIComponent(code)}`}>Xem cả trong sổ vàng</Link>}
    >
      <BatchTable filters={{ unit: code, state: 'LIVE' }} limit={8} withMore={false} brief />
    </Card>
  );
}
