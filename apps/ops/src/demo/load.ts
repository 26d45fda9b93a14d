import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Accounts, AccountsQueries } from '@lib/access';
import { Applier } from '@lib/figures';
import { systemActor } from '@lib/kernel';
import { AccountPeople } from '@lib/people';
import { Clock, PlatformModule, type PlatformSettings } from '@lib/platform';
import { ComputeService } from '@lib/summaries';
import { ROOMS } from '../../../api/src/rooms.js';
import { demoAccounts, demoPeople } from './accounts.js';
import { loadBlocCand2022, loadBlocSamples } from './blocs.js';
import { loadCampaignSamples } from './campaign-samples.js';
import {
  loadCampaigns2020,
  loadCampaigns2023,
  loadCampaigns2024,
  loadCampaignsJuly2022,
  loadCampaignsMarch2022,
} from './campaigns.js';
import {
  loadCaoBang2020,
  loadCand2022,
  loadCand2023,
  loadCand2024,
  loadCand2025,
  loadProvince2022,
} from './documents.js';
import { loadCouncilSamples } from './councils.js';
import { loadNominationSamples } from './nominations.js';
import { loadResults2022, loadResults2024 } from './results.js';
import { foundSamples, loadSamples } from './samples.js';

@Module({})
class DemoModule {
  static with(settings: PlatformSettings): DynamicModule {
    return { module: DemoModule, imports: [PlatformModule.with(settings), ...ROOMS] };
  }
}

/**
 * Loads the demonstration into an empty, migrated database, through the same services that officers use: the facts of
 * five published documents, and the later strengths of one, each under the clock of its day; with the samples ("Đơn vị minh hoạ") with accounts of every role.
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
    await foundSamples(app, clock);
    // Before whatever opens tasks: who is to do them is told then.
    await loadAccounts(app);
    clock.setTo('2025-04-24');
    await loadCand2025(app);
    await loadSamples(app, clock);
    await loadCampaignSamples(app, clock);
    await loadBlocSamples(app, clock);
    await loadNominationSamples(app, clock);
    await linkPeople(app);
    await loadCouncilSamples(app, clock);
    await app.get(Applier).run();
    await app.get(ComputeService).run();
  } finally {
    await app.close();
  }
}

const DOCUMENTS = [
  { day: '2020-08-13', what: 'CĐVC tỉnh Cao Bằng, 7 tháng đầu năm 2020', load: loadCaoBang2020 },
  { day: '2020-08-13', what: 'Phong trào của CĐVC tỉnh Cao Bằng', load: loadCampaigns2020 },
  { day: '2022-03-25', what: 'Công đoàn CAND, tháng 3 năm 2022', load: loadCand2022 },
  { day: '2022-03-25', what: 'Phong trào của Công đoàn CAND năm 2022', load: loadCampaignsMarch2022 },
  { day: '2022-03-25', what: 'Khối thi đua số 4, Công đoàn CAND, giao ước năm 2022', load: loadBlocCand2022 },
  { day: '2022-07-20', what: 'CĐVC tỉnh (không nêu tên), 6 tháng đầu năm 2022', load: loadProvince2022 },
  { day: '2022-07-20', what: 'Chương trình 1 triệu sáng kiến', load: loadCampaignsJuly2022 },
  { day: '2022-07-20', what: 'Kết quả và chỉ tiêu, 6 tháng đầu năm 2022', load: loadResults2022 },
  { day: '2023-12-06', what: 'Công đoàn CAND, tổng kết phong trào thi đua đặc biệt 2023', load: loadCand2023 },
  { day: '2023-12-06', what: 'Phong trào thi đua đặc biệt và các cuộc thi', load: loadCampaigns2023 },
  { day: '2024-07-16', what: 'Công đoàn CAND, 6 tháng đầu năm 2024', load: loadCand2024 },
  { day: '2024-07-16', what: 'Chương trình của Công đoàn CAND', load: loadCampaigns2024 },
  { day: '2024-07-16', what: 'Kết quả an sinh, 6 tháng đầu năm 2024', load: loadResults2024 },
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

/** Two accounts of the samples are people of the samples, so that "one's own line" can be shown. */
async function linkPeople(app: INestApplicationContext): Promise<void> {
  const loader = systemActor('Nạp dữ liệu minh hoạ');
  for (const { username, person } of demoPeople) {
    const { items } = await app.get(AccountsQueries).list(loader, { q: username });
    const account = items.find((one) => one.username === username);
    if (account) await app.get(AccountPeople).set(loader, account.id, person);
  }
}
