import { App, Button, Card, Descriptions, Table } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { AgreementList } from '../agreements/AgreementList.js';
import { NewAgreementDialog } from '../agreements/NewAgreementDialog.js';
import { ExcelButton } from '../common/ExcelButton.js';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotFound } from '../common/states.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { printAnyDay } from '../words/format.js';
import { BlocCampaigns } from './BlocCampaigns.js';
import { BlocDialog } from './BlocDialog.js';
import { BLOC_ROLE_NAMES, useBloc, useBlocSaving } from './blocs.api.js';
import type { Bloc, BlocMember } from './blocs.contract.js';

/** One bloc of one year: who heads it, who belongs to it, its theme, and what it has agreed. */
export function BlocPage() {
  const { id: asked } = useParams();
  const id = Number(asked);
  const bloc = useBloc(Number.isInteger(id) ? id : null);
  if (!Number.isInteger(id)) return <NotFound />;
  if (bloc.isPending) return <Loading rows={8} />;
  if (bloc.isError) return <Failed error={bloc.error} onRetry={() => void bloc.refetch()} />;
  return <OneBloc key={id} bloc={bloc.data} />;
}

function OneBloc({ bloc }: { bloc: Bloc }) {
  const { may } = useSession();
  const [dialog, setDialog] = useState<'edit' | 'agreement' | null>(null);
  const copy = useCopy(bloc);
  return (
    <div className="stack">
      <PageHead
        title={bloc.name}
        back={{ to: '/khoi-thi-dua', label: 'Khối, cụm thi đua' }}
        sub={bloc.ownName ?? (bloc.organiser ? `Do ${bloc.organiser.name} tổ chức` : null)}
        actions={
          <>
            <ExcelButton path={`/blocs/${bloc.id}`} />
            {may('agreement.draft') && (
              <Button type="primary" onClick={() => setDialog('agreement')}>
                Soạn chương trình, giao ước
              </Button>
            )}
            {bloc.may.includes('edit') && <Button onClick={() => setDialog('edit')}>Sửa</Button>}
            {bloc.may.includes('copy') && <Button onClick={copy}>Lập cho năm {bloc.year + 1}</Button>}
          </>
        }
      />
      <Card size="small">
        <Descriptions size="small" column={1} items={factsOf(bloc)} />
      </Card>
      <Card size="small" title={`Đơn vị thành viên (${bloc.members})`}>
        <Table<BlocMember>
          size="small"
          rowKey={({ unit }) => unit?.code ?? 'hidden'}
          pagination={false}
          dataSource={[...bloc.memberUnits]}
          locale={{ emptyText: 'Chưa có đơn vị thành viên.' }}
          columns={[
            { title: 'Đơn vị', render: (_, { unit }) => unit?.name ?? <em>Đơn vị hạn chế người xem</em> },
            {
              title: 'Vai trò',
              width: 160,
              render: (_, { role }) => <Mark tone={role === 'MEMBER' ? 'plain' : 'gold'}>{BLOC_ROLE_NAMES[role]}</Mark>,
            },
            {
              title: 'Thời gian',
              width: 260,
              render: (_, { joined, leftOn }) =>
                [joined && `từ ${printAnyDay(joined)}`, leftOn && `rời ${printAnyDay(leftOn)}`]
                  .filter(Boolean)
                  .join(', ') || 'cả năm',
            },
          ]}
        />
      </Card>
      <Card size="small" title="Chương trình công tác, giao ước thi đua">
        <AgreementList year={null} bloc={bloc.id} />
      </Card>
      {may('campaign.read') && (
        <Card size="small" title="Phong trào của khối, cụm">
          <BlocCampaigns bloc={bloc.id} />
        </Card>
      )}
      {dialog === 'edit' && <BlocDialog bloc={bloc} onSaved={() => undefined} onClose={() => setDialog(null)} />}
      {dialog === 'agreement' && <NewAgreementDialog bloc={bloc} onClose={() => setDialog(null)} />}
    </div>
  );
}

function useCopy(bloc: Bloc): () => void {
  const { modal, message } = App.useApp();
  const keep = useBlocSaving();
  const go = useNavigate();
  return () =>
    void modal.confirm({
      title: `Lập khối, cụm này cho năm ${bloc.year + 1}?`,
      content: 'Các đơn vị thành viên được chuyển sang; đơn vị trưởng, phó do các đơn vị bầu lại.',
      okText: 'Lập',
      cancelText: 'Thôi',
      onOk: async () => {
        try {
          const next = await keep(http.post<Bloc>(`/blocs/${bloc.id}/copies`));
          void go(`/khoi-thi-dua/${next.id}`);
        } catch (error) {
          void message.error(error instanceof Error ? error.message : 'Có lỗi xảy ra.');
        }
      },
    });
}

function factsOf({ theme, head, representative, organiser, note, source, recordedBy, recordedOn }: Bloc) {
  const person = representative
    ? [representative.rank, representative.name].filter(Boolean).join(' ') +
      (representative.post ? `, ${representative.post}` : '')
    : null;
  const facts: [string, string | null | undefined][] = [
    ['Chủ đề', theme],
    ['Đơn vị tổ chức', organiser?.name],
    ['Đơn vị trưởng', head?.name ?? 'chưa bầu'],
    ['Người đại diện', person],
    ['Ghi chú', note],
    ['Nguồn', source],
    ['Người lập', `${recordedBy}, ${printAnyDay(recordedOn)}`],
  ];
  return facts.flatMap(([label, children]) => (children ? [{ key: label, label, children }] : []));
}
