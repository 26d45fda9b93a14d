import { Button, Form, Input, InputNumber, Select, Space, Table } from 'antd';
import { useState } from 'react';
import type { CoverageView, StateCoverageInput } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { More } from '../common/More.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { printDay, printNumber } from '../words/format.js';
import { unitLevelOptions } from '../words/labels.js';
import { EndDialog } from './EndDialog.js';
import { useSaving, useStatements, type Filters } from './results.api.js';

type Asked = { do: 'state' } | { do: 'correct' | 'remove'; coverage: CoverageView } | null;
type Values = StateCoverageInput & { reason: string };

/** How many units of a level have deployed something, as stated: 14 of 24. */
export function CoverageList({ filters, onFilter }: { filters: Filters; onFilter: (change: Filters) => void }) {
  const { may } = useSession();
  const unit = filters['unit'] ?? null;
  const list = useStatements<CoverageView>('/coverage-statements', { unit });
  const [asked, setAsked] = useState<Asked>(null);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const close = () => setAsked(null);
  return (
    <>
      <search className="filters" aria-label="Lọc độ phủ">
        <UnitPicker
          className="w-unit"
          allowClear
          value={unit}
          placeholder="Mọi đơn vị"
          aria-label="Đơn vị"
          onChange={(code) => onFilter({ unit: code })}
        />
        {may('result.enter') && (
          <Button type="primary" onClick={() => setAsked({ do: 'state' })}>
            Ghi độ phủ
          </Button>
        )}
      </search>
      {list.isPending ? (
        <Loading rows={6} />
      ) : list.isError ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <>
          <Table<CoverageView>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            locale={{ emptyText: <Nothing>Chưa có số liệu độ phủ nào.</Nothing> }}
            columns={[
              { title: 'Tính đến', key: 'asOf', width: 110, render: (_, { asOf }) => printDay(asOf) },
              { title: 'Phong trào, chương trình', dataIndex: 'campaign' },
              { title: 'Đơn vị', key: 'unit', width: 220, render: (_, row) => row.unit.name },
              { title: 'Cấp triển khai', dataIndex: 'levelName', width: 230 },
              { title: 'Đã triển khai', key: 'deployed', width: 200, render: (_, row) => shareOf(row) },
              { title: 'Nguồn', dataIndex: 'source', width: 190 },
              {
                key: 'do',
                width: 120,
                render: (_, coverage) =>
                  coverage.may.length > 0 && (
                    <Space size={0}>
                      <Button type="link" size="small" onClick={() => setAsked({ do: 'correct', coverage })}>
                        Sửa
                      </Button>
                      <Button type="link" size="small" danger onClick={() => setAsked({ do: 'remove', coverage })}>
                        Xoá
                      </Button>
                    </Space>
                  ),
              },
            ]}
          />
          <More list={list} shown={rows.length} />
        </>
      )}
      {(asked?.do === 'state' || asked?.do === 'correct') && (
        <CoverageDialog coverage={asked.do === 'correct' ? asked.coverage : null} unit={unit} onClose={close} />
      )}
      {asked?.do === 'remove' && (
        <EndDialog
          path={`/coverage-statements/${asked.coverage.id}`}
          title={`Xoá số liệu độ phủ “${asked.coverage.campaign}”`}
          onClose={close}
        />
      )}
    </>
  );
}

/** "14/24, 10 chưa có danh sách"; without a total only what is known. */
function shareOf({ deployed, expected, notDeployed }: CoverageView): string {
  const not = notDeployed === null ? [] : [`${printNumber(notDeployed)} chưa triển khai`];
  if (expected === null) return [`${printNumber(deployed)} (chưa rõ tổng số)`, ...not].join(', ');
  const unknown = expected - deployed - (notDeployed ?? 0);
  const rest = unknown > 0 ? [`${printNumber(unknown)} chưa có danh sách`] : [];
  return [`${printNumber(deployed)}/${printNumber(expected)}`, ...not, ...rest].join(', ');
}

const FIELDS = ['unit', 'campaign', 'level', 'asOf', 'deployed', 'notDeployed', 'expected', 'source', 'reason'].map(
  (name) => [name],
);

function CoverageDialog({
  coverage,
  unit,
  onClose,
}: {
  coverage: CoverageView | null;
  unit: string | null;
  onClose: () => void;
}) {
  const saving = useSaving();
  const save = ({ reason, unit: of, ...values }: Values) =>
    saving.mutateAsync(() => {
      const facts = {
        ...values,
        notDeployed: values.notDeployed ?? null,
        expected: values.expected ?? null,
        source: values.source || null,
        fileId: coverage?.fileId ?? null,
      };
      return coverage
        ? http.post(`/coverage-statements/${coverage.id}/corrections`, { ...facts, reason })
        : http.post('/coverage-statements', { ...facts, unit: of });
    });
  const number = <InputNumber className="wide" min={0} precision={0} controls={false} />;
  return (
    <FormDialog<Values>
      title={coverage ? `Sửa số liệu độ phủ của ${coverage.unit.name}` : 'Ghi độ phủ'}
      okText="Ghi số liệu"
      width={640}
      fields={FIELDS}
      initial={initialOf(coverage, unit)}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      {!coverage && (
        <Form.Item name="unit" label="Đơn vị" rules={[{ required: true, message: 'Mời chọn đơn vị.' }]}>
          <UnitPicker className="wide" />
        </Form.Item>
      )}
      <Form.Item name="campaign" label="Phong trào, chương trình" rules={[{ required: true, message: 'Mời ghi tên.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name="level" label="Cấp triển khai" rules={[{ required: true, message: 'Mời chọn cấp.' }]}>
          <Select options={unitLevelOptions} />
        </Form.Item>
        <Form.Item name="asOf" label="Tính đến ngày" rules={[{ required: true, message: 'Mời ghi ngày.' }]}>
          <DayPicker className="wide" />
        </Form.Item>
        <Form.Item name="deployed" label="Đã triển khai" rules={[{ required: true, message: 'Mời ghi số đơn vị.' }]}>
          {number}
        </Form.Item>
        <Form.Item name="expected" label="Trên tổng số" tooltip="Để trống nếu văn bản không nêu.">
          {number}
        </Form.Item>
        <Form.Item name="notDeployed" label="Nêu rõ là chưa triển khai">
          {number}
        </Form.Item>
        <Form.Item name="source" label="Nguồn" rules={[{ required: true, message: 'Mời ghi nguồn.' }]}>
          <Input maxLength={300} />
        </Form.Item>
      </div>
      {coverage && (
        <Form.Item name="reason" label="Lý do sửa" rules={[{ required: true, min: 3, message: 'Mời ghi lý do sửa.' }]}>
          <Input maxLength={500} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

function initialOf(coverage: CoverageView | null, unit: string | null): Partial<Values> {
  if (!coverage) return unit ? { unit } : {};
  const { campaign, level, asOf, deployed, notDeployed, expected, source } = coverage;
  return { campaign, level, asOf, deployed, notDeployed, expected, source };
}
