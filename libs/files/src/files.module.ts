import { Global, Injectable, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContentStore } from './content-store.js';
import { FileOwners } from './file-owners.js';
import { StoredFile } from './file.entity.js';
import { Files } from './files.service.js';

const SWEEP_EVERY_MS = 3_600_000;

/** Sweeps forgotten uploads each hour; several processes sweeping at once do no harm. */
@Injectable()
class FileSweep implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly files: Files) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.files.sweep().catch((error: unknown) => process.stderr.write(`file sweep: ${String(error)}\n`));
    }, SWEEP_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }
}

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([StoredFile])],
  providers: [ContentStore, FileOwners, Files, FileSweep],
  exports: [FileOwners, Files],
})
export class FilesModule {}
