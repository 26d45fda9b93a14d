import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileOwners } from '@lib/files';
import { Addressing } from './addressing.service.js';
import { CampaignBlock } from './campaign.block.js';
import { CampaignLineage } from './campaign.lineage.js';
import { CampaignParts } from './campaign-parts.service.js';
import { CampaignScope } from './campaign-scope.js';
import { CampaignSteps } from './campaign-steps.service.js';
import { CampaignViews } from './campaign-view.queries.js';
import { Campaign, CampaignDeployment, CampaignPhase, Contest, Occasion, UnionEvent } from './campaigns.entity.js';
import { CampaignQueries } from './campaigns.queries.js';
import { CampaignsService } from './campaigns.service.js';
import { Campaigns } from './campaigns.js';
import { DeploymentQueries } from './deployment.queries.js';
import { DeploymentService } from './deployment.service.js';
import { DeploymentTables } from './deployment-table.queries.js';
import { EventQueries } from './events.queries.js';
import { Events } from './events.service.js';
import { CampaignOpenWork, DeploymentOpenWork } from './open-work.service.js';

const DOOR = [
  Campaigns,
  CampaignsService,
  CampaignSteps,
  CampaignParts,
  CampaignQueries,
  CampaignViews,
  DeploymentService,
  DeploymentQueries,
  DeploymentTables,
  Events,
  EventQueries,
  CampaignBlock,
  CampaignLineage,
  CampaignOpenWork,
  DeploymentOpenWork,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Campaign, CampaignDeployment, CampaignPhase, Contest, Occasion, UnionEvent])],
  providers: [...DOOR, CampaignScope, Addressing],
  exports: DOOR,
})
export class CampaignsModule implements OnModuleInit {
  constructor(
    private readonly owners: FileOwners,
    private readonly views: CampaignViews,
  ) {}

  /** The paper of a launch, or of a unit's deployment, is read by whoever may see the record it belongs to. */
  onModuleInit(): void {
    this.owners.register('campaigns', (q, actor, fileId) => this.views.holdsFile(q, actor, fileId));
  }
}
