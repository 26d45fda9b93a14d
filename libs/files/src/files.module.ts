import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContentStore } from './content-store.js';
import { FileOwners } from './file-owners.js';
import { StoredFile } from './file.entity.js';
import { Files } from './files.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([StoredFile])],
  providers: [ContentStore, FileOwners, Files],
  exports: [FileOwners, Files],
})
export class FilesModule {}
