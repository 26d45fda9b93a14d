import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Accounts } from '@lib/access';
import { Applier } from '@lib/figures';
import { systemActor } from '@lib/kernel';
import { Clock, PlatformModule, type PlatformSettings } from '@lib/platform';
import { ComputeService } from '@lib/summaries';
import { ROOMS } from '../../../api/src/rooms.js';
import { demoAccounts } from './accounts.js';
import { loadCaoBang2020, loadCand2022, loadCand2023, loadCand2024, loadProvince2022 } from './documents.js';
import { loadSamples } from './samples.js';

@Module({})
class DemoModule {
  static with(settings: PlatformSettings): DynamicModule {
    return { module: DemoModule, imports: [PlatformModule.with(settings), ...ROOMS] };
  }
}

/**
 * Loads the demonstration into an empty, migrated database, through the same services that officers use: the facts of
 * five published documents, each under the clock of its day, then the samples ("Đơn vị minh hoạ") with accounts of every role.
 */
export async function loadDemo(url: string, log: (line: string) => void): Promise<void> {
  const clock = new Clock();
  const settings: PlatformSettings = { databaseUrl: url, redisUrl: null, queueDatabaseUrl: null, dataDir: '.', clock };
  const app = await NestFactory.createApplicationContext(DemoModule.with(settings), {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    for (const { day, what, load } of DOCUMENTS) {
      log(`  ${what}`);
      clock.setTo(day);
      await load(app);
    }
    log('  Đơn vị minh hoạ và tài khoản');
    await loadSamples(app, clock);
    await loadAccounts(app);
    await app.get(Applier).run();
    await app.get(ComputeService).run();
  } finally {
    await app.close();
  }
}

const DOCUMENTS = [
  { day: '2020-08-13', what: 'CĐVC tỉnh Cao Bằng, 7 tháng đầu năm 2020', load: loadCaoBang2020 },
  { day: '2022-03-25', what: 'Công đoàn CAND, tháng 3 năm 2022', load: loadCand2022 },
  { day: '2022-07-20', what: 'CĐVC tỉnh (không nêu tên), 6 tháng đầu năm 2022', load: loadProvince2022 },
  { day: '2023-12-06', what: 'Công đoàn CAND, tổng kết phong trào thi đua đặc biệt 2023', load: loadCand2023 },
  { day: '2024-07-16', what: 'Công đoàn CAND, 6 tháng đầu năm 2024', load: loadCand2024 },
] as const;

async function loadAccounts(app: INestApplicationContext): Promise<void> {
  const accounts = app.get(Accounts);
  const loader = systemActor('Nạp dữ liệu minh hoạ');
  for (const { username, name, roles, unit } of demoAccounts)
    await accounts.createDemo(loader, {
      username,
      name,
      grants: roles.map((role) => ({ role, unit, validFrom: '2020-01-01' })),
    });
}
