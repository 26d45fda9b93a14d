import { Global, Module } from '@nestjs/common';
import { DeskDaily } from './daily.service.js';
import { Desk } from './desk.service.js';
import { Handovers } from './handover.service.js';
import { Mail } from './mail.service.js';
import { Notices } from './notices.service.js';
import { TaskQueries } from './tasks.queries.js';

@Global()
@Module({
  providers: [Desk, DeskDaily, Mail, Notices, TaskQueries, Handovers],
  exports: [Desk, DeskDaily, Notices, TaskQueries, Handovers],
})
export class DeskModule {}
