import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import type { Day } from '@lib/kernel';
import { startWorker } from '../../apps/worker/src/start-worker.js';
import { testApi, type TestApi } from '../support/api.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The browser of this machine, or null where there is none: nothing is downloaded. `BROWSER_TESTS=required` (the CI)
 * makes its absence an error.
 */
export function browserPath(): string | null {
  const given = process.env['CHROMIUM'];
  const found = [given, ...PLACES].find((path) => path && existsSync(path));
  if (!found && process.env['BROWSER_TESTS'] === 'required')
    throw new Error('BROWSER_TESTS=required, and no Chromium was found.');
  return found ?? null;
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Site {
  readonly api: TestApi;
  readonly url: string;
}

/**
 * The built page on the demonstration's data, with a worker in the same program, as `npm start` runs it.
 * @param today the server's clock stands on that day, so that what is done has the same dates whenever it is done
 */
export async function openSite(today?: Day): Promise<Site> {
  execFileSync(process.execPath, [join('scripts', 'build.mjs'), 'web'], { stdio: 'ignore' });
  const api = await testApi({ template: 'demo', webRoot: join(process.cwd(), 'dist', 'web') });
  if (today) api.clock.setTo(today);
  await startWorker(api.app);
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  return { api, url: `http://127.0.0.1:${port}` };
}
