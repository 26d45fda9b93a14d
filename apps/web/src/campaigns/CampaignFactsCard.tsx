import { PaperClipOutlined } from '@ant-design/icons';
import { Card, Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { printAnyDay } from '../words/format.js';
import type { Campaign } from './campaigns.contract.js';
import { OCCASION_NAMES, REACH_NAMES, printTime } from './words.js';

/** The facts, with the contents that Điều 17 asks for. */
export function CampaignFactsCard({ campaign }: { campaign: Campaign }) {
  const { documentNumber, documentDay, fileId } = campaign;
  const together = campaign.launchers.map(({ name }) => name).join('; ');
  const shown: [string, ReactNode][] = [
    ['Mã', campaign.code],
    ['Phạm vi tổ chức', campaign.scope && REACH_NAMES[campaign.scope]],
    ['Phát động', together ? `${campaign.launcher.name}; cùng: ${together}` : campaign.launcher.name],
    ['Ngày phát động', campaign.launchDay && printAnyDay(campaign.launchDay)],
    [
      'Thời gian',
      [printTime(campaign), campaign.namedPeriod].filter((one, i, all) => one && all.indexOf(one) === i).join(' · '),
    ],
    ['Hạn cấp dưới triển khai', campaign.deployBy && printAnyDay(campaign.deployBy)],
    [
      'Văn bản',
      (documentNumber || documentDay || fileId) && (
        <>
          {[documentNumber && `số ${documentNumber}`, documentDay && `ngày ${printAnyDay(documentDay)}`]
            .filter(Boolean)
            .join(', ')}
          {fileId && (
            <>
              {' · '}
              <a href={`/api/files/${fileId}`} download>
                <PaperClipOutlined aria-hidden /> Tải tệp
              </a>
            </>
          )}
        </>
      ),
    ],
    ['Tên gọi khác', campaign.aliases.join('; ')],
    ['Dịp', campaign.occasions.map(({ kind, name }) => `${name} (${OCCASION_NAMES[kind].toLowerCase()})`).join('; ')],
    ['Nguồn', campaign.source],
  ];
  const contents: [string, string | null][] = [
    ['Mục tiêu', campaign.objective],
    ['Phạm vi, đối tượng', campaign.subjects],
    ['Nội dung và tiêu chí', campaign.content],
    ['Kế hoạch, biện pháp', campaign.plan],
  ];
  return (
    <Card size="small">
      <Descriptions
        size="small"
        bordered
        column={2}
        items={[
          ...shown.filter(([, value]) => value).map(([label, children]) => ({ key: label, label, children })),
          ...contents
            .filter(([, text]) => text)
            .map(([label, text]) => ({
              key: label,
              label,
              span: 2,
              children: <div className="text-body">{text}</div>,
            })),
        ]}
      />
    </Card>
  );
}
