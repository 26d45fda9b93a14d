import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AwardForm, CommendationType } from './rulebook.entity.js';
import { Rulebook } from './rulebook.queries.js';
import { RulebookService } from './rulebook.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AwardForm, CommendationType])],
  providers: [Rulebook, RulebookService],
  exports: [Rulebook, RulebookService],
})
export class RulebookModule {}
