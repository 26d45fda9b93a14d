import { PaperClipOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Timeline } from 'antd';
import { useState } from 'react';
import { FormDialog } from '../common/FormDialog.js';
import { Mark } from '../common/Mark.js';
import { Failed, Loading } from '../common/states.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { printAnyDay, printCount } from '../words/format.js';
import { useSaving } from './campaigns.api.js';
import type { Campaign, DeploymentEntry } from './campaigns.contract.js';
import { STATUS_NAMES, statusTone } from './words.js';

/** Everything a unit has reported; a mistake is taken back with its reason, and stays readable. */
export function EntriesDialog({ campaign, unit, onClose }: { campaign: Campaign; unit: string; onClose: () => void }) {
  const { may } = useSession();
  const [removing, setRemoving] = useState<DeploymentEntry | null>(null);
  const saving = useSaving();
  const path = `/campaigns/${campaign.id}/deployments`;
  const entries = useQuery({
    queryKey: ['campaigns', 'entries', campaign.id, unit],
    queryFn: async () => (await http.get<{ items: DeploymentEntry[] }>(`${path}/${unit}`)).items,
  });
  return (
    <Modal open title="Các lần báo cáo" footer={null} width={640} onCancel={onClose}>
      {entries.isPending && <Loading />}
      {entries.isError && <Failed error={entries.error} onRetry={() => void entries.refetch()} />}
      <Timeline
        className="gap-above"
        items={(entries.data ?? []).map((entry) => ({
          key: entry.id,
          content: (
            <div className={entry.removedOn ? 'struck' : ''}>
              <Mark tone={statusTone(entry.status)}>{STATUS_NAMES[entry.status]}</Mark>{' '}
              <span className="strikable">từ {printAnyDay(entry.since)}</span>{' '}
              {entry.enteredFor && <Mark>nhập thay</Mark>}
              {entry.participants && ` · ${printCount(entry.participants)} người`}
              {entry.fileId && (
                <>
                  {' · '}
                  <a href={`/api/files/${entry.fileId}`} download>
                    <PaperClipOutlined aria-hidden /> minh chứng
                  </a>
                </>
              )}
              <div className="soft">
                {[entry.plan, entry.target && `Chỉ tiêu: ${entry.target}`, entry.source].filter(Boolean).join(' · ')}
              </div>
              <div className="soft">
                Ghi ngày {printAnyDay(entry.recordedOn)}, {entry.recordedBy}
                {entry.removedOn && ` · đã rút ngày ${printAnyDay(entry.removedOn)}: ${entry.removedReason}`}
                {!entry.removedOn && may('campaign.deploy') && (
                  <Button type="link" size="small" onClick={() => setRemoving(entry)}>
                    Rút lại, ghi nhầm
                  </Button>
                )}
              </div>
            </div>
          ),
        }))}
      />
      {removing && (
        <FormDialog<{ reason: string }>
          title="Rút lại lần báo cáo"
          okText="Rút lại"
          danger
          fields={[['reason']]}
          save={(values) => saving.mutateAsync(() => http.post(`${path}/${removing.id}/removal`, values))}
          onDone={() => setRemoving(null)}
          onClose={() => setRemoving(null)}
        >
          <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 3, message: 'Mời ghi lý do.' }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </FormDialog>
      )}
    </Modal>
  );
}
