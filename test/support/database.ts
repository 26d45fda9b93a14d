import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import { databaseOptions } from '@lib/platform';

/** A database of the test file's own. */
export interface TestDatabase {
  readonly url: string;
  /** Connected; knows the entities it was asked for. */
  readonly source: DataSource;
  /** Closes `source` and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** `empty` is migrated and holds nothing; `demo` holds the demonstration. */
  readonly template: 'empty' | 'demo';
  readonly entities?: readonly (Function | string | EntitySchema)[];
}

interface Server {
  readonly url: string;
  readonly prefix: string;
  readonly demoError: string | null;
}

/** Clones a template that the global setup made, in about 50 ms. */
export async function testDatabase({ template, entities = [] }: TestDatabaseOptions): Promise<TestDatabase> {
  const { url: serverUrl, prefix, demoError } = testServer();
  if (template === 'demo' && demoError) throw new Error(`the demonstration could not be loaded: ${demoError}`);
  const name = `${prefix}_${randomBytes(5).toString('hex')}`;
  await execute(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${prefix}_${template}`);
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  const source = await new DataSource({ ...databaseOptions(address.href), entities: [...entities] }).initialize();
  const drop = async () => {
    if (source.isInitialized) await source.destroy();
    await execute(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { url: address.href, source, drop };
}

function testServer(): Server {
  const settings = process.env['SO_VANG_TESTS'];
  if (!settings) throw new Error('the global setup of the tests has not run');
  return JSON.parse(settings) as Server;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
