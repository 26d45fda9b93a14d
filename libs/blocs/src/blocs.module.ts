import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Bloc, BlocMember } from './bloc.entity.js';
import { BlocScope } from './bloc-scope.js';
import { Blocs } from './blocs.queries.js';
import { BlocOpenWork } from './open-work.service.js';
import { BlocsService } from './blocs.service.js';

const DOOR = [BlocScope, Blocs, BlocsService, BlocOpenWork];

@Global()
@Module({ imports: [TypeOrmModule.forFeature([Bloc, BlocMember])], providers: DOOR, exports: DOOR })
export class BlocsModule {}
