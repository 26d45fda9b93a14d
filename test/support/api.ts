import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { hash } from '@node-rs/argon2';
import type { RouteOptions } from 'fastify';
import { SESSION_COOKIE } from '@lib/access';
import { type Role } from '@lib/kernel';
import { Clock, readEnv, type Env } from '@lib/platform';
import { createApi } from '../../apps/api/src/create-api.js';
import { startWorker } from '../../apps/worker/src/start-worker.js';
import { testDatabase, type TestDatabase } from './database.js';

/** Password of every account that {@link TestApi.account} makes. */
export const TEST_PASSWORD = 'mot-mat-khau-dai';

export interface TestAnswer {
  readonly status: number;
  /** Parsed JSON; null when the answer has no body, or one that is no JSON. */
  readonly body: any; // oxlint-disable-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly headers: Record<string, unknown>;
  readonly text: string;
  readonly bytes: Buffer;
}

export interface TestRequest {
  readonly body?: unknown;
  /** Cookie value of {@link TestApi.signIn}. */
  readonly as?: string;
  readonly headers?: Record<string, string>;
  /** Sent as it is, instead of `body`. */
  readonly payload?: string | Buffer;
}

export interface TestApi {
  readonly app: NestFastifyApplication;
  readonly db: TestDatabase;
  readonly clock: Clock;
  readonly routes: readonly { readonly method: string; readonly url: string }[];
  inject(method: string, url: string, given?: TestRequest): Promise<TestAnswer>;
  /** The session token; give it as `as`. */
  signIn(username: string, password?: string): Promise<string>;
  /** An account with {@link TEST_PASSWORD}, written straight into the tables: the unit's code must exist. Returns its id. */
  account(username: string, grants: readonly (readonly [Role, string])[]): Promise<number>;
  close(): Promise<void>;
}

export interface TestApiOptions {
  readonly template: 'empty' | 'demo';
  readonly env?: Partial<Env>;
  readonly webRoot?: string;
  /** With the worker in the same process, on Redis where REDIS_URL is given. Without it, `settle` does the work. */
  readonly worker?: boolean;
}

/** The whole API on a database of its own, asked over a port that the system chooses. */
export async function testApi({ template, env = {}, webRoot, worker = false }: TestApiOptions): Promise<TestApi> {
  const db = await testDatabase({ template });
  const dataDir = await mkdtemp(join(tmpdir(), 'so-vang-api-'));
  const clock = new Clock();
  const routes: { method: string; url: string }[] = [];
  const onRoute = ({ method, url }: RouteOptions) =>
    routes.push(...[method].flat().map((one) => ({ method: one, url })));
  const tidyUp = async () => {
    await db.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const { redisUrl } = readEnv();
  const settings: Env = { ...readEnv({}), dataDir, demo: template === 'demo', ...(worker ? { redisUrl } : {}), ...env };
  const queuePrefix = new URL(db.url).pathname.slice(1);
  const started = createApi({
    env: settings,
    databaseUrl: db.url,
    clock,
    onRoute,
    queuePrefix,
    ...(webRoot ? { webRoot } : {}),
  });
  const app = await started.catch(async (error: unknown) => {
    await tidyUp();
    throw error;
  });
  await app.listen(0, '127.0.0.1');
  if (worker) await startWorker(app);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const inject = (method: string, url: string, given: TestRequest = {}) => ask(port, method, url, given);
  return {
    app,
    db,
    clock,
    routes,
    inject,
    signIn: async (username, password = TEST_PASSWORD) => {
      const answer = await inject('POST', '/api/session', { body: { username, password } });
      const [, token] = new RegExp(`${SESSION_COOKIE}=([^;]+)`).exec(String(answer.headers['set-cookie'])) ?? [];
      if (answer.status !== 200 || !token) throw new Error(`sign-in of ${username}: ${answer.status} ${answer.text}`);
      return token;
    },
    account: (username, grants) => addAccount(db, username, grants),
    close: async () => {
      await app.close();
      await tidyUp();
    },
  };
}

function ask(
  port: number,
  method: string,
  path: string,
  { body, as, headers, payload }: TestRequest,
): Promise<TestAnswer> {
  const sent = payload ?? (body === undefined ? undefined : JSON.stringify(body));
  const given = {
    host: `127.0.0.1:${port}`,
    ...(sent === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) }),
    ...(as ? { cookie: `${SESSION_COOKIE}=${as}` } : {}),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method, path, headers: given }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString('utf8');
        resolve({ status: answer.statusCode ?? 0, body: parsed(text), headers: answer.headers, text, bytes });
      });
    });
    call.on('error', reject);
    call.end(sent);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

let passwordHash: Promise<string> | null = null;

async function addAccount(
  { source }: TestDatabase,
  username: string,
  grants: readonly (readonly [Role, string])[],
): Promise<number> {
  passwordHash ??= hash(TEST_PASSWORD);
  const [{ id }] = await source.query<[{ id: number }]>(
    `INSERT INTO account (username, name, password_hash, created_at) VALUES ($1, $1, $2, now()) RETURNING id`,
    [username, await passwordHash],
  );
  for (const [role, code] of grants) {
    await source.query(
      `INSERT INTO account_grant (account_id, unit_id, role, valid_from) SELECT $1, id, $2, '2000-01-01' FROM unit WHERE code = $3`,
      [id, role, code],
    );
  }
  return id;
}
