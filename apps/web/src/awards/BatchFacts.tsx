import { PaperClipOutlined } from '@ant-design/icons';
import { Descriptions, type DescriptionsProps } from 'antd';
import type { BatchView } from '../contract.js';
import { Mark } from '../common/Mark.js';
import { printAnyDay, printWhen } from '../words/format.js';
import { BASIS_NAMES, CLASSIFICATION_NAMES, KIND_NAMES, POSITION_BANDS } from '../words/labels.js';
import { titleOf } from './BatchTable.js';
import { useRuleNames } from './rulebook.api.js';
import { printBodies, printDecision } from './words.js';

type Items = NonNullable<DescriptionsProps['items']>;

export function BatchFacts({ batch }: { batch: BatchView }) {
  const names = useRuleNames(batch.when.to);
  const shown: [string, React.ReactNode][] = [
    ['Loại', KIND_NAMES[batch.kind]],
    ['Hình thức', <FormWords key="form" batch={batch} />],
    ['Cơ quan quyết định', <Givers key="givers" batch={batch} />],
    ['Quyết định', <Paper key="paper" batch={batch} />],
    ['Thời gian', `${printWhen(batch.when)} (${BASIS_NAMES[batch.when.basis].toLowerCase()})`],
    [
      'Đơn vị',
      <span key="unit" title={batch.unitPath}>
        {batch.unitPath || batch.unit?.name}
      </span>,
    ],
    ...optional('Loại hình', batch.type && names.type(batch.type)),
    ...optional('Phong trào', batch.campaign),
    ...optional('Thành tích, lý do', batch.reason),
    ...optional('Cuộc thi, hội thi', batch.contests.join('; ')),
    ...optional('Hạng giải', batch.tier),
    ...optional('Đơn vị đề nghị', batch.proposing?.name),
    ...optional('Cơ quan trao tặng', batch.presenting?.name),
    ...optional('Đơn vị báo cáo', batch.reporting?.name),
    ...optional('Nhóm đối tượng', batch.positionBand && POSITION_BANDS[batch.positionBand]),
    ...optional('Nguồn', batch.source),
    ['Ghi vào sổ', `${printAnyDay(batch.recordedOn)}, ${batch.recordedBy}${batch.enteredFor ? ' (nhập thay)' : ''}`],
    ['Mức phổ biến', CLASSIFICATION_NAMES[batch.classification]],
  ];
  const items: Items = shown.map(([label, children]) => ({ key: label, label, children }));
  return <Descriptions size="small" bordered column={2} items={items} />;
}

function optional(label: string, value: string | null | undefined): [string, React.ReactNode][] {
  return value ? [[label, value]] : [];
}

function FormWords({ batch }: { batch: BatchView }) {
  if (!batch.form) return <>không có hình thức theo luật</>;
  return (
    <>
      {titleOf(batch)} {batch.formCertainty === 'INFERRED' && <Mark tone="warn">suy ra từ văn bản</Mark>}
    </>
  );
}

function Givers({ batch }: { batch: BatchView }) {
  return (
    <>
      {printBodies(batch.conferringBodies)} {!batch.conferringVerified && <Mark tone="warn">chưa kiểm chứng</Mark>}
    </>
  );
}

function Paper({ batch }: { batch: BatchView }) {
  return (
    <>
      {printDecision(batch.decision)}
      {batch.fileId !== null && (
        <>
          {' · '}
          <a href={`/api/files/${batch.fileId}`} download>
            <PaperClipOutlined aria-hidden /> Tải tệp quyết định
          </a>
        </>
      )}
    </>
  );
}
