/**
 * What `npm start` runs: the whole program in one process on one machine. Database (embedded unless given), migrations,
 * demonstration, API with the web page, worker. Says in Vietnamese what it is doing, and stops all it started.
 */
import { isIP } from 'node:net';
import { readEnv, startEmbeddedPostgres, type Env } from '@lib/platform';
import { createApi } from '../../api/src/create-api.js';
import { startWorker } from '../../worker/src/start-worker.js';
import { demoAccounts } from './demo/accounts.js';
import { checkPort, portRefusal } from './start/port.js';
import { prepareDatabase } from './start/prepare.js';
import { describe, Shutdown } from './start/shutdown.js';

const say = (line: string): void => console.log(line);
const shutdown = new Shutdown(say);

try {
  const env = readEnv();
  refuseOpenDemo(env);
  await checkPort(env.port, env.host);
  const databaseUrl = env.databaseUrl ?? (await startDatabase(env));
  const demo = await prepareDatabase(databaseUrl, env.demo, say);
  const address = await startProgram(env, databaseUrl);
  greet(address, demo);
} catch (error) {
  // Once a signal has begun the closing, what is half started fails for want of its database: no news.
  if (!shutdown.isUnderWay) {
    console.error(describe(error));
    await shutdown.run(1);
  }
}

/** Everybody knows the passwords of the demonstration. */
function refuseOpenDemo({ demo, host }: Env): void {
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  if (demo && !loopback) {
    throw new Error(
      `Dữ liệu minh hoạ chỉ chạy trên chính máy này, không chạy ở địa chỉ ${host}. Hãy bỏ biến HOST, hoặc đặt SO_VANG_DEMO=0 để chạy không có dữ liệu minh hoạ.`,
    );
  }
}

async function startDatabase({ dataDir }: Env): Promise<string> {
  say(`Khởi động cơ sở dữ liệu PostgreSQL kèm theo (thư mục dữ liệu: ${dataDir}) …`);
  const starting = startEmbeddedPostgres({ dataDir, durable: true, log: say });
  // A Ctrl-C while it starts waits for it, and then stops it. One that fails to start is told by the caller.
  let abort = (): void => undefined;
  shutdown.add(
    'Dừng cơ sở dữ liệu',
    () =>
      starting.then(
        (database) => database.stop(),
        () => undefined,
      ),
    () => abort(),
  );
  const database = await starting;
  abort = database.abort;
  return database.url;
}

async function startProgram(env: Env, databaseUrl: string): Promise<string> {
  say('Khởi động máy chủ và bộ xử lý việc nền …');
  const app = await createApi({ env, databaseUrl });
  shutdown.add('Dừng máy chủ', () => app.close());
  await startWorker(app);
  try {
    await app.listen(env.port, env.host);
  } catch (error) {
    throw portRefusal(error as NodeJS.ErrnoException, env.port, env.host);
  }
  return app.getUrl();
}

function greet(address: string, demo: boolean): void {
  say(`\nSổ Vàng đang chạy: ${address}\n`);
  if (demo) {
    say('Tài khoản minh hoạ (tên đăng nhập / mật khẩu — vai trò, đơn vị):');
    for (const { username, password, roleName, unitName } of demoAccounts)
      say(`  ${username} / ${password} — ${roleName}, ${unitName}`);
    say('');
  }
  say('Nhấn Ctrl-C để dừng.');
}
