import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.js';
import { Account, AccountGrant, Session } from './account.entity.js';
import { AccountsQueries } from './accounts.queries.js';
import { Accounts } from './accounts.service.js';
import { Sessions } from './sessions.service.js';
import { SignInThrottle } from './throttle.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Account, AccountGrant, Session])],
  providers: [SignInThrottle, Sessions, AccountsQueries, Accounts, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [Sessions, AccountsQueries, Accounts],
})
export class AccessModule {}
