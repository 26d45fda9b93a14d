import { Button, Card, Timeline } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Mark } from '../common/Mark.js';
import { PageHead } from '../common/PageHead.js';
import { Failed, Loading, NotFound } from '../common/states.js';
import { printAnyDay, printInstant } from '../words/format.js';
import { CampaignFactsCard } from './CampaignFactsCard.js';
import { useCampaign } from './campaigns.api.js';
import type { Campaign, StepOffer } from './campaigns.contract.js';
import { ChangeDialog } from './ChangeDialog.js';
import { ContestsCard } from './ContestsCard.js';
import { DeploymentCard } from './DeploymentCard.js';
import { EventsCard } from './EventsCard.js';
import { LinksCard } from './LinksCard.js';
import { PhasesCard } from './PhasesCard.js';
import { StepDialog } from './StepDialog.js';
import { printKind, printTime, toneOf } from './words.js';

/** One campaign: what it says, where it stands, how it is deployed, and what belongs to it. */
export function CampaignPage() {
  const { id: asked } = useParams();
  const id = Number(asked);
  const campaign = useCampaign(Number.isInteger(id) ? id : null);
  if (!Number.isInteger(id)) return <NotFound />;
  if (campaign.isPending) return <Loading rows={10} />;
  if (campaign.isError) return <Failed error={campaign.error} onRetry={() => void campaign.refetch()} />;
  return <OneCampaign key={id} campaign={campaign.data} />;
}

const LAUNCHED: readonly Campaign['state'][] = ['LAUNCHED', 'INTERIM_REVIEWED', 'FINAL_REVIEWED', 'CLOSED'];

function OneCampaign({ campaign }: { campaign: Campaign }) {
  const [taking, setTaking] = useState<StepOffer | null>(null);
  const [changing, setChanging] = useState(false);
  const isDeployed = LAUNCHED.includes(campaign.state) && campaign.launcher.level !== 'STATE_ORGAN';
  const forward = campaign.steps.find(({ step }) => step !== 'return' && step !== 'cancel');
  const arranges = campaign.may.includes('arrange');
  return (
    <div className="stack">
      <PageHead
        title={campaign.name}
        back={{ to: '/phong-trao', label: 'Phong trào' }}
        sub={
          <>
            {printKind(campaign)} · {campaign.launcher.name} · {printTime(campaign)}{' '}
            <Mark tone={toneOf(campaign.state)}>{campaign.stateName}</Mark>
          </>
        }
        actions={
          <>
            {campaign.steps.map((offer) => (
              <Button
                key={offer.step}
                type={offer === forward ? 'primary' : 'default'}
                danger={offer.step === 'cancel'}
                onClick={() => setTaking(offer)}
              >
                {offer.name}
              </Button>
            ))}
            {campaign.may.includes('change') && (
              <Button onClick={() => setChanging(true)}>
                {campaign.state === 'DRAFT' ? 'Sửa dự thảo' : 'Đính chính'}
              </Button>
            )}
          </>
        }
      />
      <CampaignFactsCard campaign={campaign} />
      {isDeployed && <DeploymentCard campaign={campaign} />}
      {(arranges || campaign.phases.length > 0) && <PhasesCard campaign={campaign} />}
      {(arranges || campaign.contests.length > 0) && <ContestsCard campaign={campaign} />}
      {(arranges || campaign.events.length > 0) && <EventsCard campaign={campaign} />}
      {(arranges || campaign.links.length > 0 || campaign.parent || campaign.parts.length > 0) && (
        <LinksCard campaign={campaign} />
      )}
      <History campaign={campaign} />
      {taking && <StepDialog campaign={campaign} offer={taking} onClose={() => setTaking(null)} />}
      {changing && <ChangeDialog campaign={campaign} onClose={() => setChanging(false)} />}
    </div>
  );
}

function History({ campaign }: { campaign: Campaign }) {
  return (
    <Card size="small" title="Các bước">
      <Timeline
        items={[
          { content: `Đăng ký · ${printAnyDay(campaign.recordedOn)} · ${campaign.recordedBy}` },
          ...campaign.history.map(({ name, toName, at, by, reason }) => ({
            content: (
              <>
                <strong>{name}</strong> → {toName} · {printInstant(at)}
                {by && ` · ${by}`}
                {reason && <div className="soft">{reason}</div>}
              </>
            ),
          })),
          ...campaign.corrections.map(({ on, by, reason, name }) => ({
            content: (
              <>
                <strong>Đính chính</strong> · {printAnyDay(on)} · {by}
                <div className="soft">
                  {reason} Trước đó: “{name}”.
                </div>
              </>
            ),
          })),
        ]}
      />
    </Card>
  );
}
