import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** How mail leaves: all three are given, or none. */
export interface MailSettings {
  /** `smtp://name:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly smtpUrl: string;
  /** Sender: `so-vang@congdoan.vn`. */
  readonly from: string;
  /** Address under which people reach the web page, without a slash at its end: links in mails begin with it. */
  readonly publicUrl: string;
}

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
  /** Null: notices stay in the app, no mail leaves. */
  readonly mail: MailSettings | null;
}

const ADDRESS = /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+$/;

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
    mail: readMail(source, url, wrong),
  };
  if (wrong.length > 0) throw new Error(`Biến môi trường không hợp lệ: ${[...new Set(wrong)].join(', ')}`);
  return env;
}

function readMail(
  source: NodeJS.ProcessEnv,
  url: (name: string, schemes: readonly string[]) => string | null,
  wrong: string[],
): MailSettings | null {
  const smtpUrl = url('SMTP_URL', ['smtp', 'smtps']);
  const publicUrl = url('PUBLIC_URL', ['http', 'https']);
  const from = source['MAIL_FROM'] ?? '';
  if (from && !ADDRESS.test(from)) wrong.push('MAIL_FROM');
  if (smtpUrl === null) return null;
  if (!URL.canParse(smtpUrl) || !new URL(smtpUrl).hostname) wrong.push('SMTP_URL');
  // A mail without a sender, or whose link leads nowhere, is worse than none.
  if (!from) wrong.push('MAIL_FROM');
  if (!publicUrl || !URL.canParse(publicUrl)) wrong.push('PUBLIC_URL');
  return { smtpUrl, from, publicUrl: (publicUrl ?? '').replace(/\/+$/, '') };
}
