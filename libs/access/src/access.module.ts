import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.js';
import { Account, AccountGrant, Session } from './account.entity.js';
import { AccountsQueries } from './accounts.queries.js';
import { Accounts } from './accounts.service.js';
import { Delegations } from './delegations.service.js';
import { FollowingGrants } from './following-grants.service.js';
import { ImportActors } from './import-actors.js';
import { OwnMailService } from './own-mail.service.js';
import { Sessions } from './sessions.service.js';
import { SignInThrottle } from './throttle.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Account, AccountGrant, Session])],
  providers: [
    ImportActors,
    SignInThrottle,
    Sessions,
    OwnMailService,
    AccountsQueries,
    Accounts,
    FollowingGrants,
    Delegations,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Sessions, OwnMailService, AccountsQueries, Accounts, FollowingGrants, Delegations],
})
export class AccessModule {}
