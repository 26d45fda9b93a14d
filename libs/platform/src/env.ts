import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** Every setting of the program. This file alone reads `process.env`; nothing else in the house does. */
export interface Env {
  /** A given PostgreSQL (15–18); null starts the embedded one. */
  readonly databaseUrl: string | null;
  /** BullMQ on Redis when given; otherwise on PostgreSQL. */
  readonly redisUrl: string | null;
  /** Direct connection for LISTEN where `databaseUrl` goes through a pooler. */
  readonly queueDatabaseUrl: string | null;
  readonly port: number;
  readonly host: string;
  /** Holds the embedded database, the stored files and the keys. */
  readonly dataDir: string;
  /** Loads the demonstration into an empty database and prints its accounts. */
  readonly demo: boolean;
  /** Host header values answered beside the loopback names. */
  readonly allowedHosts: readonly string[];
  /** True behind HTTPS: the session cookie is then `Secure`. */
  readonly https: boolean;
}

/** @throws Error naming the wrong variables, never their values, before anything is started. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const wrong: string[] = [];
  const url = (name: string, schemes: readonly string[]): string | null => {
    const value = source[name];
    if (!value) return null;
    const scheme = /^([a-z]+):\/\//.exec(value)?.[1];
    if (!scheme || !schemes.includes(scheme)) wrong.push(name);
    return value;
  };
  const given = source['PORT'] || '3000';
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (!(port <= 65_535)) wrong.push('PORT');
  const env: Env = {
    databaseUrl: url('DATABASE_URL', ['postgres', 'postgresql']),
    redisUrl: url('REDIS_URL', ['redis', 'rediss']),
    queueDatabaseUrl: url('QUEUE_DATABASE_URL', ['postgres', 'postgresql']),
    port,
    host: source['HOST'] ?? '127.0.0.1',
    dataDir: resolve((source['SO_VANG_DATA'] ?? 'data').replace(/^~(?=\/|$)/, homedir())),
    demo: source['SO_VANG_DEMO'] !== '0',
    allowedHosts: (source['ALLOWED_HOSTS'] ?? '')
      .split(',')
      .map((host) => host.trim())
      .filter(Boolean),
    https: source['SO_VANG_HTTPS'] === '1',
  };
  if (wrong.length > 0) throw new Error(`Biến môi trường không hợp lệ: ${wrong.join(', ')}`);
  return env;
}
