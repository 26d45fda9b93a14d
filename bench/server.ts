import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { connect, readEnv, startEmbeddedPostgres } from '@lib/platform';
import { migrations } from '../migrations/index.js';
import { generate, GENERATOR } from './generate/generate.js';
import type { Say } from './measure.js';
import type { Shape } from './shape.js';

export interface BenchServer {
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

/** The server of DATABASE_URL, else an embedded one with a folder of its own below the data folder. */
export async function openServer(say: Say): Promise<BenchServer> {
  const env = readEnv();
  const embedded = env.databaseUrl
    ? null
    : await startEmbeddedPostgres({ dataDir: join(env.dataDir, 'bench'), durable: true, log: say });
  const url = env.databaseUrl ?? embedded?.url ?? '';
  const source = await connect(url);
  const [row] = await source.query<{ version: string }[]>(`SELECT current_setting('server_version') AS version`);
  await source.destroy();
  return { url, version: row?.version ?? '?', stop: async () => embedded?.stop() };
}

/** The data set's own database: the one of an earlier run where the generator has not changed, else made anew. */
export async function openDataSet(server: BenchServer, shape: Shape, fresh: boolean, say: Say): Promise<string> {
  const name = `sv_bench_${shape.name}`;
  const address = new URL(server.url);
  address.pathname = `/${name}`;
  if (!fresh && (await isMade(server.url, name, address.href, shape))) return address.href;
  say(`making data set ${shape.name} …`);
  await execute(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await execute(server.url, `CREATE DATABASE ${name}`);
  const source = await connect(address.href, migrations);
  try {
    await source.runMigrations();
    await generate(source, shape, say);
  } finally {
    await source.destroy();
  }
  return address.href;
}

/** A migrated database that holds nothing. */
export async function openEmpty(server: BenchServer, name: string): Promise<string> {
  const address = new URL(server.url);
  address.pathname = `/${name}`;
  await execute(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await execute(server.url, `CREATE DATABASE ${name}`);
  const source = await connect(address.href, migrations);
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
  return address.href;
}

async function isMade(serverUrl: string, name: string, url: string, shape: Shape): Promise<boolean> {
  const found = await execute(serverUrl, `SELECT FROM pg_database WHERE datname = '${name}'`);
  if (found.length === 0) return false;
  const source = await connect(url, migrations);
  try {
    const [made] = await source.query<{ what: string | null }[]>(
      `SELECT obj_description(to_regclass('bench_unit')) AS what`,
    );
    return made?.what === `${shape.name} ${GENERATOR}` && !(await source.showMigrations());
  } finally {
    await source.destroy();
  }
}

async function execute(url: string, sql: string): Promise<unknown[]> {
  const source: DataSource = await connect(url);
  try {
    return await source.query<unknown[]>(sql);
  } finally {
    await source.destroy();
  }
}
