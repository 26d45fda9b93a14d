import { Alert, Button, Card, Drawer, Select, Space, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { http } from '../http.js';
import { printNumber } from '../words/format.js';
import { useOpenWork, useSaving } from './reorganisations.api.js';
import type {
  OpenWorkItem,
  OpenWorkOutcome,
  OpenWorkPage,
  OpenWorkSum,
  Reorganisation,
} from './reorganisations.contract.js';

/** `HAND_OVER:CODE`, `CLOSE`, or nothing: one choice for a select. */
type Choice = string;

function choicesOf({ heirs }: Reorganisation): { value: Choice; label: string }[] {
  return [
    ...heirs.map(({ code, name }) => ({ value: `HAND_OVER:${code}`, label: `Chuyển ${name}` })),
    { value: 'CLOSE', label: 'Kết thúc cùng đơn vị' },
  ];
}

function sent(choice: Choice | null): { outcome: OpenWorkOutcome | null; to: string | null } {
  if (!choice) return { outcome: null, to: null };
  const [outcome, to] = choice.split(':');
  return { outcome: outcome as OpenWorkOutcome, to: to ?? null };
}

function useDeciding(it: Reorganisation) {
  const saving = useSaving<OpenWorkPage>();
  const decide = (kind: OpenWorkSum['kind'], choice: Choice | null, item: OpenWorkItem | null) =>
    saving.mutate(() =>
      http.put<OpenWorkPage>(`/reorganisations/${it.id}/open-work`, {
        version: it.version,
        outcomes: [{ kind, ...sent(choice), ...(item ? { items: [{ id: item.id, unit: item.unit.code }] } : {}) }],
      }),
    );
  return { saving, decide };
}

/** What ending units have begun: each kind, and each record, goes to a successor or ends with the unit. */
export function OpenWork({ it }: { it: Reorganisation }) {
  const [opened, setOpened] = useState<OpenWorkSum | null>(null);
  const { saving, decide } = useDeciding(it);
  const may = it.may.includes('decide');
  return (
    <Card size="small" title="Việc còn dở của đơn vị kết thúc">
      {saving.isError && <Alert type="error" showIcon title={saving.error.message} className="gap-below" />}
      <Table<OpenWorkSum>
        size="small"
        rowKey="kind"
        pagination={false}
        dataSource={[...it.openWork]}
        columns={[
          {
            title: 'Loại việc',
            key: 'kind',
            render: (_, sum) => (
              <Button type="link" className="plain" onClick={() => setOpened(sum)}>
                {sum.kindName}
              </Button>
            ),
          },
          { title: 'Số việc', key: 'count', width: 90, align: 'right', render: (_, { count }) => printNumber(count) },
          { title: 'Đã quyết', key: 'told', width: 300, render: (_, sum) => <Told sum={sum} /> },
          ...(may
            ? [
                {
                  title: 'Quyết cho cả loại',
                  key: 'all',
                  width: 320,
                  render: (_: unknown, { kind, kindName }: OpenWorkSum) => (
                    <Select<Choice>
                      className="wide"
                      value={null}
                      placeholder="Chọn cách xử lý cho tất cả"
                      aria-label={`Cách xử lý cho tất cả: ${kindName}`}
                      loading={saving.isPending}
                      options={choicesOf(it)}
                      onChange={(choice) => decide(kind, choice, null)}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
      {opened && <Items it={it} sum={opened} onClose={() => setOpened(null)} />}
    </Card>
  );
}

function Told({ sum: { handOver, close, undecided } }: { sum: OpenWorkSum }) {
  return (
    <Space size={4} wrap>
      {handOver > 0 && <Mark tone="good">{printNumber(handOver)} chuyển đi</Mark>}
      {close > 0 && <Mark>{printNumber(close)} kết thúc</Mark>}
      {undecided > 0 && <Mark tone="warn">{printNumber(undecided)} chưa quyết</Mark>}
    </Space>
  );
}

function Items({ it, sum, onClose }: { it: Reorganisation; sum: OpenWorkSum; onClose: () => void }) {
  const list = useOpenWork(it.id, sum.kind);
  const { saving, decide } = useDeciding(it);
  const may = it.may.includes('decide');
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const hidden = list.data?.pages[0]?.hidden ?? 0;
  return (
    <Drawer open size={900} title={sum.kindName} onClose={onClose}>
      {saving.isError && <Alert type="error" showIcon title={saving.error.message} className="gap-below" />}
      {list.isPending && <Loading rows={6} />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <Table<OpenWorkItem>
          size="small"
          rowKey={({ id, unit }) => `${id}-${unit.code}`}
          pagination={false}
          dataSource={rows}
          locale={{ emptyText: <Nothing>Không có việc nào.</Nothing> }}
          columns={[
            {
              title: 'Việc',
              key: 'label',
              render: (_, { label, link, stateName }) => (
                <>
                  <Link to={link}>{label}</Link>
                  <div className="soft">{stateName.toLowerCase()}</div>
                </>
              ),
            },
            { title: 'Của đơn vị', key: 'unit', width: 220, render: (_, { unit }) => unit.name },
            {
              title: 'Cách xử lý',
              key: 'outcome',
              width: 320,
              render: (_, item) => {
                const value = item.outcome && (item.outcome === 'CLOSE' ? 'CLOSE' : `HAND_OVER:${item.to ?? ''}`);
                return may ? (
                  <Select<Choice>
                    className="wide"
                    allowClear
                    value={value}
                    placeholder="chưa quyết"
                    aria-label={`Cách xử lý: ${item.label}`}
                    options={choicesOf(it)}
                    onChange={(choice) => decide(sum.kind, choice ?? null, item)}
                  />
                ) : (
                  (choicesOf(it).find((one) => one.value === value)?.label ?? 'chưa quyết')
                );
              },
            },
          ]}
        />
      )}
      {hidden > 0 && (
        <p className="soft">Và {printNumber(hidden)} việc ngoài phạm vi được xem; chúng theo cách xử lý của cả loại.</p>
      )}
      <More list={list} shown={rows.length} />
    </Drawer>
  );
}
