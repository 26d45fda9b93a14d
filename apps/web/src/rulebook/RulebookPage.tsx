import { PlusOutlined } from '@ant-design/icons';
import { Button, Table, Tabs, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { Day, FormRow, RuleRow, VoteRuleRow } from '../contract.js';
import { useForms, useTypes } from '../awards/rulebook.api.js';
import { DayPicker } from '../common/DayPicker.js';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import { useSession } from '../session/session.js';
import { printValidity, today } from '../words/format.js';
import { KIND_NAMES, LEVEL_NAMES, RECIPIENT_NAMES } from '../words/labels.js';
import { CloseRule, NewForm, NewType, type RuleKind } from './dialogs.js';
import { BODY_NAMES, MODE_NAMES, printThreshold, STATISTICAL_NAMES } from './words.js';
import { useVoteRules } from './rulebook.api.js';
import './rulebook.css';

type Dated = Pick<FormRow, 'id' | 'code' | 'name' | 'validFrom' | 'validTo' | 'source' | 'verified'>;
type Doing = { what: 'form' | 'type' } | { what: 'close'; kind: RuleKind; row: Dated };

/** Law as dated data: what is in force on a day, by which text, and whether somebody has read that text. */
export function RulebookPage() {
  const { may } = useSession();
  const [on, setOn] = useState<Day | null>(today());
  const [tab, setTab] = useState<RuleKind>('forms');
  const [doing, setDoing] = useState<Doing | null>(null);
  const lists = { forms: useForms(on), types: useTypes(on), votes: useVoteRules(on) };
  if (!may('rulebook.read')) return <NotAllowed what="xem quy định" />;
  const maintain = may('rulebook.change');
  const close = (kind: RuleKind) => (row: Dated) => setDoing({ what: 'close', kind, row });
  const list = lists[tab];
  const table = () => {
    if (list.isPending) return <Loading rows={8} />;
    if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
    switch (tab) {
      case 'forms':
        return <Rows rows={lists.forms.data ?? []} columns={FORMS} onClose={maintain ? close('forms') : null} />;
      case 'types':
        return <Rows rows={lists.types.data ?? []} columns={TYPES} onClose={maintain ? close('types') : null} />;
      case 'votes':
        return <Rows rows={lists.votes.data ?? []} columns={VOTES} onClose={maintain ? close('votes') : null} />;
    }
  };
  return (
    <>
      <PageHead
        title="Quy định"
        sub="Hồ sơ được xét theo quy định của ngày nhận hồ sơ; dòng chưa đối chiếu chỉ cảnh báo."
        actions={
          maintain &&
          tab !== 'votes' && (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => setDoing({ what: tab === 'forms' ? 'form' : 'type' })}
            >
              {tab === 'forms' ? 'Thêm hình thức, danh hiệu' : 'Thêm loại khen thưởng'}
            </Button>
          )
        }
      />
      <div className="filters rule-day">
        <label className="soft" htmlFor="on">
          Hiệu lực vào ngày
        </label>
        <DayPicker id="on" value={on} onChange={(day) => setOn(day ?? today())} allowClear={false} />
      </div>
      <Tabs
        activeKey={tab}
        onChange={(key) => setTab(key as RuleKind)}
        items={[
          { key: 'forms', label: 'Hình thức, danh hiệu' },
          { key: 'types', label: 'Loại khen thưởng' },
          { key: 'votes', label: 'Quy tắc biểu quyết' },
        ]}
      />
      {table()}
      {doing?.what === 'form' && <NewForm onClose={() => setDoing(null)} />}
      {doing?.what === 'type' && <NewType onClose={() => setDoing(null)} />}
      {doing?.what === 'close' && <CloseRule kind={doing.kind} row={doing.row} onClose={() => setDoing(null)} />}
    </>
  );
}

interface RowsProps<Row extends Dated> {
  rows: readonly Row[];
  columns: TableColumnsType<Row>;
  onClose: ((row: Row) => void) | null;
}

function Rows<Row extends Dated>({ rows, columns, onClose }: RowsProps<Row>) {
  const all: TableColumnsType<Row> = [
    {
      title: 'Tên',
      key: 'name',
      width: 300,
      render: (_, { name, code }) => (
        <>
          <span className="strong">{name}</span>
          <div className="soft">{code}</div>
        </>
      ),
    },
    ...columns,
    {
      title: 'Hiệu lực',
      key: 'valid',
      width: 170,
      render: (_, { validFrom, validTo }) => printValidity(validFrom, validTo),
    },
    {
      title: 'Văn bản',
      key: 'source',
      width: 260,
      render: (_, { source, verified }) => (
        <>
          {source}
          <div>{verified ? <Mark tone="good">đã đối chiếu</Mark> : <Mark tone="warn">chưa đối chiếu</Mark>}</div>
        </>
      ),
    },
    ...(onClose
      ? [
          {
            title: '',
            key: 'close',
            width: 110,
            render: (_: unknown, row: Row) =>
              row.validTo === null && (
                <Button size="small" aria-label={`Kết thúc hiệu lực: ${row.name}`} onClick={() => onClose(row)}>
                  Hết hiệu lực
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <Table<Row>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={[...rows]}
      columns={all}
      locale={{ emptyText: <Nothing>Không có dòng nào có hiệu lực vào ngày này.</Nothing> }}
    />
  );
}

const FORMS: TableColumnsType<FormRow> = [
  {
    title: 'Thuộc nhóm',
    key: 'kind',
    width: 150,
    render: (_, { kind, oncePerLife }) => (
      <>
        {KIND_NAMES[kind]}
        {oncePerLife && <div className="soft">một lần trong đời</div>}
      </>
    ),
  },
  {
    title: 'Cho ai, cấp nào quyết định',
    key: 'who',
    render: (_, { recipientClasses, conferringLevels }) => (
      <>
        {recipientClasses.map((one) => RECIPIENT_NAMES[one]).join(', ') || '—'}
        <div className="soft">{conferringLevels.map((level) => LEVEL_NAMES[level]).join(', ')}</div>
      </>
    ),
  },
];

const TYPES: TableColumnsType<RuleRow> = [
  { title: 'Nhóm thống kê', key: 'statistical', render: (_, { statistical }) => STATISTICAL_NAMES[statistical] },
];

const VOTES: TableColumnsType<VoteRuleRow> = [
  {
    title: 'Ai biểu quyết, cách nào',
    key: 'how',
    width: 220,
    render: (_, { body, mode, secret }) => (
      <>
        {BODY_NAMES[body]}
        {body !== 'NONE' && (
          <div className="soft">
            {MODE_NAMES[mode]}
            {secret && ', bỏ phiếu kín'}
          </div>
        )}
      </>
    ),
  },
  { title: 'Tỷ lệ phải đạt', key: 'threshold', render: (_, rule) => printThreshold(rule) },
];
