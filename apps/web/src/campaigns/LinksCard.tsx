import { Button, Card, Form } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { FormDialog } from '../common/FormDialog.js';
import { http } from '../http.js';
import { CampaignPicker } from './CampaignPicker.js';
import { useSaving } from './campaigns.api.js';
import type { Campaign, CampaignLine } from './campaigns.contract.js';

/** The campaign that this one carries out, those that carry it out, and those it goes together with. */
export function LinksCard({ campaign }: { campaign: Campaign }) {
  const [linking, setLinking] = useState(false);
  const saving = useSaving();
  const arranges = campaign.may.includes('arrange');
  const path = `/campaigns/${campaign.id}/links`;
  const lists: [string, readonly CampaignLine[]][] = [
    ['Thực hiện', campaign.parent ? [campaign.parent] : []],
    ['Được cụ thể hoá bởi', campaign.parts],
  ];
  return (
    <Card
      size="small"
      title="Phong trào liên quan"
      extra={
        arranges && (
          <Button size="small" onClick={() => setLinking(true)}>
            Gắn với phong trào khác
          </Button>
        )
      }
    >
      {lists.map(([label, lines]) => lines.length > 0 && <Lines key={label} label={label} lines={lines} />)}
      {campaign.links.map((line) => (
        <div key={line.id}>
          <span className="soft">Gắn với: </span>
          <Link to={`/phong-trao/${line.id}`}>{line.name}</Link> <span className="soft">{line.launcher.name}</span>
          {arranges && (
            <Button
              type="link"
              size="small"
              danger
              onClick={() => saving.mutate(() => http.remove(`${path}/${line.id}`))}
            >
              Bỏ
            </Button>
          )}
        </div>
      ))}
      {linking && <LinkDialog campaign={campaign} onClose={() => setLinking(false)} />}
    </Card>
  );
}

function Lines({ label, lines }: { label: string; lines: readonly CampaignLine[] }) {
  return (
    <div>
      <span className="soft">{label}: </span>
      {lines.map(({ id, name }, i) => (
        <span key={id}>
          {i > 0 && '; '}
          <Link to={`/phong-trao/${id}`}>{name}</Link>
        </span>
      ))}
    </div>
  );
}

function LinkDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const saving = useSaving();
  return (
    <FormDialog<{ campaign: number }>
      title="Gắn với phong trào khác"
      okText="Gắn"
      fields={[['campaign']]}
      save={(values) => saving.mutateAsync(() => http.post(`/campaigns/${campaign.id}/links`, values))}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="campaign" label="Phong trào" rules={[{ required: true, message: 'Mời chọn phong trào.' }]}>
        <CampaignPicker except={campaign.id} />
      </Form.Item>
    </FormDialog>
  );
}
