import { useQueries } from '@tanstack/react-query';
import { Form, Select, Table, type FormInstance } from 'antd';
import type { UnitNode, UnitRef } from '../contract.js';
import { foldedSearch } from '../common/pick.js';
import { Failed, Loading } from '../common/states.js';
import { fetchAllUnits, useUnit } from '../units/units.api.js';
import type { Draft } from './draft.js';
import type { ReorganisationKind } from './reorganisations.contract.js';

interface Props {
  form: FormInstance<Draft>;
  kind: ReorganisationKind;
  units: readonly string[];
  partial: boolean;
}

interface Row extends UnitNode {
  of: string;
}

/** Where the direct sub-units of an ending unit go. Left out, they follow the rule of the kind. */
export function SubUnitsField({ form, kind, units, partial }: Props) {
  const lists = useQueries({
    queries: units.map((code) => ({
      queryKey: ['units', 'every-below', code],
      queryFn: () => fetchAllUnits(code, null),
      staleTime: 60_000,
    })),
  });
  const first = useUnit(units[0]);
  const successors = Form.useWatch('successors', form) ?? [];
  if (lists.some((list) => list.isPending)) return <Loading rows={3} />;
  const failed = lists.find((list) => list.isError);
  if (failed) return <Failed error={failed.error} onRetry={() => void failed.refetch()} />;
  const rows = lists.flatMap((list, index): Row[] =>
    (list.data ?? []).filter(({ code }) => !units.includes(code)).map((unit) => ({ ...unit, of: units[index] ?? '' })),
  );
  const above = first.data?.path.at(-2);
  const choices = [
    ...successors.flatMap(({ mode, code, found }): UnitRef[] => {
      if (mode === 'FOUNDED')
        return found?.code
          ? [{ code: found.code, name: `${found.name || found.code} (lập mới)`, level: 'UNKNOWN' }]
          : [];
      return code ? [{ code, name: code, level: 'UNKNOWN' }] : [];
    }),
    ...(above ? [{ ...above, name: `${above.name} (cấp trên)` }] : []),
  ];
  const required = (kind === 'SPLIT' || kind === 'DISSOLVE') && !partial;
  return (
    <section className="gap-above" aria-label="Đơn vị trực thuộc">
      <p className="label">Đơn vị trực thuộc đi đâu ({rows.length})</p>
      <p className="hint">{hintOf(kind, partial)}</p>
      {rows.length > 0 && (
        <>
          <Select
            className="w-unit gap-below"
            placeholder="Đặt cho tất cả…"
            aria-label="Nơi đến của tất cả đơn vị trực thuộc"
            value={null}
            options={choices.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(to: string | null) =>
              form.setFieldValue('goes', Object.fromEntries(rows.map(({ code }) => [code, to])))
            }
          />
          <Table<Row>
            size="small"
            rowKey="code"
            dataSource={rows}
            pagination={rows.length > 10 ? { pageSize: 10, showSizeChanger: false, size: 'small' } : false}
            columns={[
              { title: 'Đơn vị trực thuộc', dataIndex: 'name' },
              { title: 'Cấp', dataIndex: 'levelName', width: 220 },
              {
                title: 'Chuyển đến',
                key: 'to',
                width: 360,
                render: (_, { code, name }) => (
                  <Form.Item
                    name={['goes', code]}
                    className="tight"
                    rules={required ? [{ required: true, message: 'Mời chọn nơi chuyển đến.' }] : []}
                  >
                    <Select
                      allowClear={!required}
                      showSearch={foldedSearch}
                      placeholder={required ? 'Chọn nơi chuyển đến' : 'theo quy tắc trên'}
                      aria-label={`${name} chuyển đến`}
                      options={choices.map((one) => ({ value: one.code, label: one.name }))}
                    />
                  </Form.Item>
                ),
              },
            ]}
          />
        </>
      )}
    </section>
  );
}

function hintOf(kind: ReorganisationKind, partial: boolean): string {
  if (partial) return 'Chỉ những đơn vị được chọn nơi đến mới chuyển.';
  if (kind === 'MERGE') return 'Nếu không chọn nơi khác, tất cả chuyển về đơn vị tiếp nhận.';
  if (kind === 'SPLIT') return 'Chia tách phải nêu từng đơn vị trực thuộc về đâu.';
  return 'Giải thể phải nêu từng đơn vị trực thuộc về đâu.';
}
