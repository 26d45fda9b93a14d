import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AwardForm, CommendationType, VoteRule } from './rulebook.entity.js';
import { Rulebook } from './rulebook.queries.js';
import { RulebookService } from './rulebook.service.js';
import { ServiceRules } from './service-rules.queries.js';
import { VoteRules } from './vote-rules.queries.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AwardForm, CommendationType, VoteRule])],
  providers: [Rulebook, RulebookService, ServiceRules, VoteRules],
  exports: [Rulebook, RulebookService, ServiceRules, VoteRules],
})
export class RulebookModule {}
