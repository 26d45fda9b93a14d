import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Col, Row } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { isDay } from '@lib/kernel';
import { ExcelButton } from '../common/ExcelButton.js';
import { DayPicker } from '../common/DayPicker.js';
import { PageHead } from '../common/PageHead.js';
import { NotAllowed, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { NewUnit } from './NewUnit.js';
import { UnitDetailCard } from './UnitDetailCard.js';
import { UnitTree } from './UnitTree.js';

/** The tree of my units as it stood on a day, and one unit beside it. */
export function UnitsPage() {
  const { may } = useSession();
  return may('unit.read') ? <Units /> : <NotAllowed what="xem đơn vị" />;
}

function Units() {
  const { code } = useParams();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const { may } = useSession();
  const [creating, setCreating] = useState(false);
  const asked = search.get('tai-ngay');
  const on = isDay(asked) ? asked : null;
  const suffix = on ? `?tai-ngay=${on}` : '';

  return (
    <>
      <PageHead
        title="Đơn vị"
        sub="Cây tổ chức công đoàn trong phạm vi được giao, theo đúng thời điểm."
        actions={
          <>
            <label htmlFor="tai-ngay">Tại ngày</label>
            <DayPicker
              id="tai-ngay"
              value={on}
              placeholder="hôm nay"
              onChange={(day) => setSearch(day ? { 'tai-ngay': day } : {})}
            />
            <ExcelButton path="/units" values={{ parent: code ?? null, on }} />
            {may('import.run') && may('unit.change') && (
              <Link to={`/nhap-excel?loai=units${code ? `&don-vi=${encodeURIComponent(code)}` : ''}`}>
                <Button icon={<ImportOutlined />}>Nhập từ Excel</Button>
              </Link>
            )}
            {may('unit.change') && !code && (
              <Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>
                Thêm đơn vị
              </Button>
            )}
          </>
        }
      />
      <Row gutter={16} wrap={false} className="split">
        <Col flex="340px">
          <Card className="tree-card" styles={{ body: { padding: 12 } }}>
            <UnitTree
              key={on ?? 'now'}
              on={on}
              selected={code ?? null}
              onSelect={(chosen) => void navigate(`/don-vi/${chosen}${suffix}`)}
            />
          </Card>
        </Col>
        <Col flex="auto" className="grow">
          {code ? (
            <UnitDetailCard key={code} code={code} on={on} />
          ) : (
            <Card>
              <Nothing>Chọn một đơn vị trong cây, hoặc gõ tên để tìm.</Nothing>
            </Card>
          )}
        </Col>
      </Row>
      {creating && <NewUnit parent={code ?? null} onClose={() => setCreating(false)} />}
    </>
  );
}
