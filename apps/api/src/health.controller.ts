import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountsQueries, Public, type DemoAccount } from '@lib/access';
import { ENV, type ApiEnv } from './settings.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(ENV) private readonly env: ApiEnv,
    private readonly accounts: AccountsQueries,
  ) {}

  /** Answers once the database does; names the demo accounts while the program runs as a demonstration. */
  @Get()
  @Public()
  async health(): Promise<{ status: 'ok'; demo: boolean; demoAccounts?: DemoAccount[] }> {
    const exists = await this.accounts.demoExists();
    if (!this.env.demo || !exists) return { status: 'ok', demo: false };
    return { status: 'ok', demo: true, demoAccounts: await this.accounts.demoAccounts() };
  }
}
