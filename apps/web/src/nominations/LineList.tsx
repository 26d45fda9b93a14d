import { Button, Space, Table, Tooltip, type TableProps } from 'antd';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { Nothing } from '../common/states.js';
import { RECIPIENT_NAMES } from '../words/labels.js';
import type { Dossier, DossierLine, NominationWarning } from './nominations.contract.js';
import { FIELD_NAMES, toneOf } from './words.js';

interface Props {
  dossier: Dossier;
  /** The line that a task led to. */
  marked: number | null;
  selection: TableProps<DossierLine>['rowSelection'];
  onEdit: (line: DossierLine) => void;
  onWithdraw: (line: DossierLine) => void;
  onConfirm: (line: DossierLine, warning: NominationWarning) => void;
}

/** Who is nominated for what, where each line stands, and what is worth a second look. */
export function LineList({ dossier, marked, selection, onEdit, onWithdraw, onConfirm }: Props) {
  return (
    <Table<DossierLine>
      className="book-list"
      size="small"
      rowKey="id"
      pagination={dossier.dossierLines.length > 50 ? { pageSize: 50 } : false}
      dataSource={[...dossier.dossierLines]}
      rowClassName={(line) => (line.id === marked ? 'ant-table-row-selected' : '')}
      {...(selection ? { rowSelection: selection } : {})}
      locale={{ emptyText: <Nothing>Hồ sơ chưa có người, tập thể nào.</Nothing> }}
      columns={[
        {
          title: 'Người, tập thể',
          key: 'name',
          render: (_, line) => (
            <>
              <span className="strong">{line.name}</span> {line.birthYear && <small>sinh {line.birthYear}</small>}
              <div className="soft">
                {RECIPIENT_NAMES[line.recipientClass]} · {line.unit?.name ?? '—'}
                {!line.own && <> · do {line.proposingUnit?.name ?? 'đơn vị khác'} đề nghị</>}
              </div>
            </>
          ),
        },
        {
          title: 'Đề nghị',
          key: 'form',
          render: (_, line) => (
            <>
              {line.formName}
              {line.toFormName && <div>→ {line.toFormName}</div>}
              {line.reason && <div className="soft">{line.reason}</div>}
            </>
          ),
        },
        {
          title: 'Tình trạng',
          key: 'state',
          width: 220,
          render: (_, line) => <Standing dossier={dossier} line={line} />,
        },
        {
          title: 'Cần xem lại',
          key: 'warnings',
          width: 300,
          render: (_, line) =>
            line.warnings.map((warning) => (
              <WarningNote key={warning.code} line={line} warning={warning} onConfirm={onConfirm} />
            )),
        },
        {
          title: '',
          key: 'do',
          width: 110,
          render: (_, line) => (
            <Space size={0}>
              {line.may.includes('edit') && (
                <Button type="link" size="small" onClick={() => onEdit(line)}>
                  Sửa
                </Button>
              )}
              {line.may.includes('withdraw') && (
                <Button type="link" size="small" danger onClick={() => onWithdraw(line)}>
                  Rút
                </Button>
              )}
            </Space>
          ),
        },
      ]}
    />
  );
}

function Standing({ dossier, line }: { dossier: Dossier; line: DossierLine }) {
  const reasons = dossier.reasons.filter((reason) => reason.lineId === line.id && !reason.settled);
  return (
    <>
      <Mark tone={toneOf(line.state)}>{line.stateName}</Mark>
      {!line.here && <div className="soft">Đã trình {line.asked?.name ?? 'cấp trên'}</div>}
      {line.state !== 'RETURNED' && line.stateReason && <div className="soft">{line.stateReason}</div>}
      {line.award && <Link to={`/so-vang/${line.award.batchId}`}>Xem trong sổ vàng</Link>}
      {line.here && line.state === 'RETURNED' && (
        <ul className="plain">
          {reasons.map((reason) => (
            <li key={reason.id}>
              <strong>{FIELD_NAMES[reason.field as keyof typeof FIELD_NAMES] ?? reason.field}:</strong> {reason.reason}{' '}
              {reason.touched && <Mark tone="good">đã sửa</Mark>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function WarningNote({
  line,
  warning,
  onConfirm,
}: {
  line: DossierLine;
  warning: NominationWarning;
  onConfirm: Props['onConfirm'];
}) {
  const { confirmed } = warning;
  if (confirmed)
    return (
      <Tooltip title={warning.message}>
        <div className="soft">
          Đã xem lại: {confirmed.why} ({confirmed.by})
        </div>
      </Tooltip>
    );
  return (
    <div>
      {warning.message}{' '}
      {line.may.includes('confirm') && (
        <Button type="link" size="small" onClick={() => onConfirm(line, warning)}>
          Giải trình
        </Button>
      )}
    </div>
  );
}
