/**
 * One server per run: the one of TEST_DATABASE_URL or DATABASE_URL, else an embedded PostgreSQL in a temporary folder.
 * On it two templates, migrated once, which every test file clones (database.ts). Imports the compiled program: Jest
 * would compile TypeScript here to CommonJS, without our aliases.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { loadDemo } from '../../dist/apps/ops/src/demo/load.js';
import { connect, DataFolderBusy, startEmbeddedPostgres } from '../../dist/libs/platform/src/index.js';
import { migrations } from '../../dist/migrations/index.js';

const SLOTS = 20;

export default async function setUp() {
  const given = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startInFreeSlot();
  const prefix = `svt_${process.pid}_${randomBytes(2).toString('hex')}`;
  const stop = async () => {
    try {
      await dropAll(server.url, prefix);
    } finally {
      await server.stop();
    }
  };
  globalThis.soVangTests = { stop };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().finally(() => process.exit(130)));
  try {
    if (!given) await dropAll(server.url, 'svt');
    const demoError = await makeTemplates(server.url, prefix);
    process.env.SO_VANG_TESTS = JSON.stringify({ url: server.url, prefix, demoError });
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A few fixed folders: runs go side by side, and what a killed run left (server, databases) the next one clears away.
 * A power cut may have broken a cluster that runs without fsync: it is then made anew.
 */
async function startInFreeSlot() {
  for (let slot = 1; slot <= SLOTS; slot++) {
    const dataDir = join(tmpdir(), `so-vang-test-${process.getuid?.() ?? 0}-${slot}`);
    const start = () => startEmbeddedPostgres({ dataDir, durable: false, log: () => undefined });
    try {
      const server = await start().catch((error) => {
        if (error instanceof DataFolderBusy) throw error;
        rmSync(dataDir, { recursive: true, force: true });
        return start();
      });
      const clear = () => [server.home, dataDir].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
      return { url: server.url, stop: () => server.stop().then(clear) };
    } catch (error) {
      if (!(error instanceof DataFolderBusy)) throw error;
    }
  }
  throw new Error(`all ${SLOTS} folders for test databases are in use`);
}

/** @returns what went wrong with the demonstration, so that only the tests that need it fail */
async function makeTemplates(url, prefix) {
  const [empty, demo] = [`${prefix}_empty`, `${prefix}_demo`];
  await admin(url, `CREATE DATABASE ${empty}`);
  const source = await connect(databaseUrl(url, empty), migrations);
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
  await admin(url, `CREATE DATABASE ${demo} TEMPLATE ${empty}`);
  const failure = await loadDemo(databaseUrl(url, demo), () => undefined).then(
    () => null,
    (error) => String(error.stack ?? error),
  );
  // A template that somebody is connected to cannot be cloned.
  for (const name of [empty, demo]) await admin(url, `ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
  return failure;
}

async function dropAll(url, prefix) {
  const names = await admin(url, `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefix}_')`);
  for (const { datname } of names) await admin(url, `DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
}

async function admin(url, sql) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function databaseUrl(url, name) {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
