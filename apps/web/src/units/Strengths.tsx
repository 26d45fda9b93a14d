import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, InputNumber, Select, Table } from 'antd';
import { useState } from 'react';
import { LEVEL_NAMES, printDay } from '@lib/kernel';
import type { Day, DeclareStrengthInput, Level, Qualifier, Strength, StrengthKind, UnitDetail } from '../contract.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { Nothing } from '../common/states.js';
import { http } from '../http.js';
import { printAnyDay, printCount } from '../words/format.js';
import { QUALIFIER_NAMES, STRENGTH_NAMES, options, unitLevelOptions } from '../words/labels.js';
import { StrengthChart } from './StrengthChart.js';
import { unitKeys } from './units.api.js';

/** Declared strengths: each as stated, on its day, from its paper. */
export function Strengths({ unit }: { unit: UnitDetail }) {
  const [declaring, setDeclaring] = useState(false);
  return (
    <Card
      size="small"
      title="Số liệu tổ chức đã khai báo"
      extra={
        unit.abilities.declareStrength && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setDeclaring(true)}>
            Khai báo
          </Button>
        )
      }
    >
      <StrengthChart strengths={unit.strengths} />
      <Table<Strength>
        size="small"
        pagination={false}
        rowKey="id"
        dataSource={unit.strengths}
        locale={{ emptyText: <Nothing>Chưa có số liệu nào được khai báo.</Nothing> }}
        columns={[
          {
            title: 'Chỉ tiêu',
            key: 'kind',
            render: (_, { kind, level }) =>
              kind === 'UNITS' && level ? `Số ${LEVEL_NAMES[level]}` : STRENGTH_NAMES[kind],
          },
          {
            title: 'Số lượng',
            key: 'value',
            align: 'right',
            className: 'nowrap',
            render: (_, strength) => printCount(strength),
          },
          { title: 'Tính đến', dataIndex: 'asOf', render: (day: Day) => printDay(day) },
          { title: 'Nguồn', dataIndex: 'source' },
          { title: 'Ghi nhận', dataIndex: 'recordedOn', render: (day: string) => printAnyDay(day) },
        ]}
      />
      {declaring && <DeclareStrength unit={unit} onClose={() => setDeclaring(false)} />}
    </Card>
  );
}

interface Values {
  asOf: Day;
  kind: StrengthKind;
  level?: Level;
  qualifier: Qualifier;
  value: number;
  source: string;
}

function DeclareStrength({ unit, onClose }: { unit: UnitDetail; onClose: () => void }) {
  const client = useQueryClient();
  const save = async (values: Values) => {
    const { level, ...rest } = values;
    const input: DeclareStrengthInput = {
      ...rest,
      ...(values.kind === 'UNITS' && level ? { level: level as DeclareStrengthInput['level'] } : {}),
    };
    await http.post(`/units/${encodeURIComponent(unit.code)}/strengths`, input);
    await client.invalidateQueries({ queryKey: unitKeys.all });
  };
  return (
    <FormDialog<Values>
      title={`Khai báo số liệu của ${unit.name}`}
      okText="Ghi số liệu"
      initial={{ kind: 'MEMBERS', qualifier: 'EXACT' }}
      fields={[['asOf'], ['kind'], ['level'], ['qualifier'], ['value'], ['source']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <div className="fields-2">
        <Form.Item name="kind" label="Chỉ tiêu">
          <Select options={options(STRENGTH_NAMES)} />
        </Form.Item>
        <Form.Item name="asOf" label="Tính đến ngày" rules={[{ required: true, message: 'Mời chọn ngày.' }]}>
          <DayPicker />
        </Form.Item>
        <Form.Item noStyle dependencies={['kind']}>
          {({ getFieldValue }) =>
            getFieldValue('kind') === 'UNITS' && (
              <Form.Item name="level" label="Cấp của các đơn vị" rules={[{ required: true, message: 'Mời chọn cấp.' }]}>
                <Select options={unitLevelOptions} />
              </Form.Item>
            )
          }
        </Form.Item>
      </div>
      <div className="fields-2">
        <Form.Item name="qualifier" label="Văn bản nêu">
          <Select options={options(QUALIFIER_NAMES)} />
        </Form.Item>
        <Form.Item name="value" label="Số lượng" rules={[{ required: true, message: 'Mời nhập số lượng.' }]}>
          <InputNumber<number>
            min={0}
            precision={0}
            className="wide"
            formatter={groupDigits}
            parser={(text) => Number((text ?? '').replace(/\D/g, ''))}
          />
        </Form.Item>
      </div>
      <Form.Item
        name="source"
        label="Nguồn (văn bản, báo cáo)"
        rules={[{ required: true, message: 'Mời ghi nguồn của số liệu.' }]}
      >
        <Input maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}

/** Digits grouped as they are typed: 24000 → 24.000 */
function groupDigits(value: number | undefined): string {
  return value === undefined || value === null ? '' : String(value).replace(/\B(?=(\d{3})+$)/g, '.');
}
