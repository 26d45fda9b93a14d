import { Button, Card, Form, Input, InputNumber, Select, Space, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { fold, type Qualified } from '@lib/kernel';
import { FormDialog } from '../common/FormDialog.js';
import { Nothing } from '../common/states.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { printCount, printWhen } from '../words/format.js';
import { printCounts } from '../awards/words.js';
import { options, QUALIFIER_NAMES } from '../words/labels.js';
import { usePrizes, useSaving } from './campaigns.api.js';
import type { Campaign, Contest, ContestInput, PrizeRow } from './campaigns.contract.js';
import { countOf } from './words.js';

/** Contests with their prizes out of the register; one number of prizes may cover several contests. */
export function ContestsCard({ campaign }: { campaign: Campaign }) {
  const { may } = useSession();
  const [editing, setEditing] = useState<Contest | 'new' | null>(null);
  const saving = useSaving();
  const prizes = usePrizes(campaign.id, campaign.contests.length > 0 && may('award.read'));
  const arranges = campaign.may.includes('arrange');
  const path = `/campaigns/${campaign.id}/contests`;
  return (
    <Card
      size="small"
      title="Cuộc thi"
      extra={
        <Space>
          {campaign.contests.length > 0 && may('award.record') && campaign.mine && (
            <Link to={recordPrizes(campaign)}>
              <Button size="small">Ghi giải</Button>
            </Link>
          )}
          {arranges && (
            <Button size="small" onClick={() => setEditing('new')}>
              Thêm cuộc thi
            </Button>
          )}
        </Space>
      }
    >
      <Table<Contest>
        className="book-list"
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...campaign.contests]}
        locale={{ emptyText: <Nothing>Chưa có cuộc thi.</Nothing> }}
        columns={[
          {
            title: 'Cuộc thi',
            key: 'name',
            render: (_, { name, objects }) => (
              <>
                {name}
                <div className="soft">{objects.join('; ')}</div>
              </>
            ),
          },
          { title: 'Tổ chức', dataIndex: 'organiser', width: 170 },
          { title: 'Bài dự thi', key: 'entries', width: 100, render: (_, { entries }) => printCount(entries, '–') },
          {
            title: 'Người dự',
            key: 'people',
            width: 100,
            render: (_, { participants }) => printCount(participants, '–'),
          },
          {
            title: 'Giải',
            key: 'prizes',
            width: 230,
            render: (_, contest) => <Prizes of={contest} all={prizes.data ?? []} />,
          },
          {
            title: '',
            key: 'actions',
            width: 120,
            render: (_, contest) =>
              arranges && (
                <Space>
                  <Button type="link" size="small" onClick={() => setEditing(contest)}>
                    Sửa
                  </Button>
                  <Button
                    type="link"
                    size="small"
                    danger
                    onClick={() => saving.mutate(() => http.remove(`${path}/${contest.id}`))}
                  >
                    Gỡ
                  </Button>
                </Space>
              ),
          },
        ]}
      />
      {editing && (
        <ContestDialog
          contest={editing === 'new' ? null : editing}
          save={(input) =>
            saving.mutateAsync(() =>
              editing === 'new' ? http.post(path, input) : http.put(`${path}/${editing.id}`, input),
            )
          }
          onClose={() => setEditing(null)}
        />
      )}
    </Card>
  );
}

/** The page that records decisions, with these contests filled in. */
function recordPrizes(campaign: Campaign): string {
  const search = new URLSearchParams({ loai: 'PRIZE', 'phong-trao': campaign.name });
  for (const { name } of campaign.contests) search.append('cuoc-thi', name);
  if (campaign.launcher.code) search.set('don-vi', campaign.launcher.code);
  return `/ghi-quyet-dinh?${search}`;
}

function Prizes({ of, all }: { of: Contest; all: readonly PrizeRow[] }) {
  const names = new Set([of.name, ...of.aliases].map(fold));
  const mine = all.filter(({ contests }) => contests.some((name) => names.has(fold(name))));
  if (mine.length === 0) return <span className="soft">chưa ghi giải</span>;
  return (
    <>
      {mine.map(({ batch, contests }) => (
        <div key={batch.id}>
          <Link to={`/so-vang/${batch.id}`}>{printCounts(batch.figure, 'PRIZE')}</Link>
          <span className="soft">
            {' '}
            {printWhen(batch.when)}
            {contests.length > 1 && `, chung cho ${contests.length} cuộc thi`}
          </span>
        </div>
      ))}
    </>
  );
}

interface Values extends Omit<ContestInput, 'entries' | 'participants'> {
  entries?: Partial<Qualified>;
  participants?: Partial<Qualified>;
}

function ContestDialog({
  contest,
  save,
  onClose,
}: {
  contest: Contest | null;
  save: (input: ContestInput) => Promise<unknown>;
  onClose: () => void;
}) {
  const initial: Partial<Values> = contest
    ? {
        name: contest.name,
        aliases: [...contest.aliases],
        objects: [...contest.objects],
        organiser: contest.organiser,
        entries: contest.entries ?? { qualifier: 'EXACT' },
        participants: contest.participants ?? { qualifier: 'EXACT' },
      }
    : { aliases: [], objects: [], entries: { qualifier: 'EXACT' }, participants: { qualifier: 'EXACT' } };
  const counted = (name: 'entries' | 'participants', label: string) => (
    <>
      <Form.Item name={[name, 'qualifier']} label={label}>
        <Select options={options(QUALIFIER_NAMES)} />
      </Form.Item>
      <Form.Item name={[name, 'value']} label=" " colon={false}>
        <InputNumber min={0} precision={0} className="wide" placeholder="chưa có số" aria-label={label} />
      </Form.Item>
    </>
  );
  return (
    <FormDialog<Values>
      title={contest ? 'Sửa cuộc thi' : 'Thêm cuộc thi'}
      okText="Lưu"
      initial={initial}
      fields={[['name'], ['aliases'], ['objects'], ['organiser'], ['entries', 'value'], ['participants', 'value']]}
      save={({ entries, participants, organiser, ...rest }) =>
        save({
          ...rest,
          organiser: organiser?.trim() || null,
          entries: countOf(entries),
          participants: countOf(participants),
        })
      }
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="name" label="Tên" rules={[{ required: true, min: 2, message: 'Mời nhập tên.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="aliases" label="Tên gọi khác" extra="Giải ghi theo tên này cũng thuộc cuộc thi; gõ rồi Enter.">
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[';']} />
      </Form.Item>
      <Form.Item name="objects" label="Nội dung, thể loại thi">
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[';']} />
      </Form.Item>
      <Form.Item name="organiser" label="Đơn vị tổ chức">
        <Input maxLength={300} />
      </Form.Item>
      <div className="fields-2">
        {counted('entries', 'Số bài dự thi')}
        {counted('participants', 'Số người dự thi')}
      </div>
    </FormDialog>
  );
}
