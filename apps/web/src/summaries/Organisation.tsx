import { Card, Table } from 'antd';
import { printDay, printNumber } from '@lib/kernel';
import { printCount, type CountLike } from '../words/format.js';
import { Figure } from './Figure.js';
import type { BesideFigure, OrganisationSection, Summary } from './summary.contract.js';

interface Props {
  summary: Summary;
  onOpen: (figure: BesideFigure) => void;
}

interface Row {
  key: keyof OrganisationSection;
  name: string;
  of: string;
  value: CountLike;
  detail: string;
}

const CHANGES = [
  ['founded', 'Công đoàn thành lập mới'],
  ['foundedByReorganisation', 'Thành lập do sáp nhập, chia tách'],
  ['dissolved', 'Công đoàn giải thể'],
  ['merged', 'Kết thúc do sáp nhập'],
  ['split', 'Kết thúc do chia tách'],
] as const;

/** Unions founded and ended, agencies without one, members admitted. Left out where nothing is known of any. */
export function Organisation({ summary: { organisation }, onOpen }: Props) {
  const rows = rowsOf(organisation);
  if (rows.length === 0) return null;
  return (
    <Card size="small" title="Phát triển tổ chức, đoàn viên">
      <Table<Row>
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={rows}
        columns={[
          { title: 'Nội dung', dataIndex: 'name', width: 340 },
          {
            title: 'Số lượng',
            key: 'value',
            align: 'right',
            width: 150,
            render: (_, { key, name, value, of }) => (
              <Figure value={value} of={of} onOpen={() => onOpen({ block: 'organisation', key, title: name })} />
            ),
          },
          { title: 'Trong đó', dataIndex: 'detail' },
        ]}
      />
    </Card>
  );
}

function rowsOf(of: OrganisationSection): Row[] {
  const { agenciesWithoutUnion, agenciesUnionised, membersAdmitted } = of;
  const rows: Row[] = CHANGES.flatMap(([key, name]): Row[] => {
    const { total, byLevel } = of[key];
    const detail = byLevel.map(({ levelName, count }) => `${printNumber(count)} ${levelName}`).join(', ');
    return total === 0 ? [] : [{ key, name, of: 'công đoàn', value: total, detail }];
  });
  if (agenciesWithoutUnion.count > 0)
    rows.push({
      key: 'agenciesWithoutUnion',
      name: `Cơ quan chưa có công đoàn đến ${printDay(agenciesWithoutUnion.asOf)}`,
      of: 'cơ quan',
      value: agenciesWithoutUnion.count,
      detail: workersOf(agenciesWithoutUnion),
    });
  if (agenciesUnionised.count > 0)
    rows.push({
      key: 'agenciesUnionised',
      name: 'Cơ quan đã lập được công đoàn trong kỳ',
      of: 'cơ quan',
      value: agenciesUnionised.count,
      detail: workersOf(agenciesUnionised),
    });
  if (membersAdmitted.figure)
    rows.push({
      key: 'membersAdmitted',
      name: 'Đoàn viên kết nạp mới',
      of: 'đoàn viên',
      value: membersAdmitted.figure,
      detail: admittedDetail(membersAdmitted),
    });
  return rows;
}

function workersOf({ workers, workersUnknown }: OrganisationSection['agenciesUnionised']): string {
  return [
    workers && `${printCount(workers)} người lao động`,
    workersUnknown > 0 && `${printNumber(workersUnknown)} nơi chưa rõ số lao động`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** How the figure comes about: what was stated contains named people. */
function admittedDetail({ stated, named, beyondStated }: OrganisationSection['membersAdmitted']): string {
  return [
    stated && `báo cáo nêu ${printCount(stated)}`,
    named > 0 &&
      `có tên ${printNumber(named)}${stated ? `, trong đó ${printNumber(beyondStated)} ngoài số báo cáo` : ''}`,
  ]
    .filter(Boolean)
    .join('; ');
}
