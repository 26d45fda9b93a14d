import { readEnv } from '@lib/platform';
import { createApi } from './create-api.js';

/** One API process of several behind a load balancer. `npm start` runs the whole program in one process instead. */
async function main(): Promise<void> {
  const env = readEnv();
  if (!env.databaseUrl) throw new Error('Hãy đặt DATABASE_URL. (Chạy tất cả trong một: npm start.)');
  const app = await createApi({ env, databaseUrl: env.databaseUrl });
  app.enableShutdownHooks();
  await app.listen(env.port, env.host);
  process.stdout.write(`API: ${await app.getUrl()}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
