import { App, Button, Select, Space } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../session/session.js';
import { useDossierCommand, useDossiers, type Filters } from './nominations.api.js';
import type { Nomination } from './nominations.contract.js';
import { NominationTable } from './NominationTable.js';

/** Eligible lines of received dossiers, to be put into one submission of one's own. */
export function ComposeList({ filters }: { filters: Filters }) {
  const { may } = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Nomination[]>([]);
  const [into, setInto] = useState<number | null>(null);
  const drafts = useDossiers({ tab: 'mine', state: 'DRAFT' });
  const command = useDossierCommand(into ?? 0);
  const offered = (drafts.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((row) => row.asked?.code !== row.unit?.code);
  const compose = () =>
    command.mutate(
      {
        path: `/dossiers/${into}/composition`,
        body: { lines: chosen.map(({ id, version }) => ({ lineId: id, version })) },
      },
      { onSuccess: () => navigate(`/de-nghi/${into}`), onError: (error) => message.error(error.message, 6) },
    );
  return (
    <>
      {may('nomination.propose') && (
        <Space wrap className="gap-below">
          <span>{chosen.length ? `Đã chọn ${chosen.length} dòng.` : 'Chọn các dòng đủ điều kiện để tổng hợp.'}</span>
          <Select
            className="w-unit"
            placeholder="Vào hồ sơ đang soạn…"
            aria-label="Hồ sơ tổng hợp"
            loading={drafts.isPending}
            value={into ?? undefined}
            popupMatchSelectWidth={420}
            notFoundContent="Chưa có hồ sơ đang soạn trình lên cấp trên."
            options={offered.map((row) => ({ value: row.id, label: `${row.title} → ${row.asked?.name ?? ''}` }))}
            onChange={setInto}
          />
          <Button type="primary" disabled={!into || !chosen.length} loading={command.isPending} onClick={compose}>
            Đưa vào hồ sơ
          </Button>
          <Link to="/de-nghi/moi">Lập hồ sơ tổng hợp mới</Link>
        </Space>
      )}
      <NominationTable
        filters={filters}
        empty="Không có dòng đủ điều kiện nào đang chờ tổng hợp."
        selection={{
          selectedRowKeys: chosen.map((line) => line.id),
          onChange: (_, rows) => setChosen(rows),
          preserveSelectedRowKeys: true,
        }}
      />
    </>
  );
}
