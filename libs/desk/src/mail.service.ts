import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { createTransport, type NodemailerError } from 'nodemailer';
import { DataSource } from 'typeorm';
import {
  DELIVERY_MS,
  Outbox,
  PLATFORM_SETTINGS,
  reader,
  Undeliverable,
  Unreachable,
  type MailSettings,
  type Outgoing,
  type PlatformSettings,
} from '@lib/platform';
import { letterOf, type MailedNotice } from './mail.rules.js';

/** Each wait for the server; together they stay below what the outbox allows one delivery. */
const WAIT_MS = DELIVERY_MS / 3;

/**
 * Takes notices out of the outbox to the mail server. The `Message-ID` is that of the outbox row: where a process dies
 * between the server's "accepted" and ours, the second copy is known as the same message.
 */
@Injectable()
export class Mail implements OnModuleInit, OnApplicationShutdown {
  private transport: ReturnType<typeof pooled> | null = null;

  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    @Inject(PLATFORM_SETTINGS) private readonly settings: PlatformSettings,
  ) {}

  onModuleInit(): void {
    const { mail } = this.settings;
    if (mail) this.outbox.deliverBy('mail', (message) => this.deliver(mail, message));
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  private async deliver(settings: MailSettings, { messageId, payload }: Outgoing): Promise<void> {
    const notice = await this.find((payload as { notice: number }).notice);
    // Read in the app meanwhile, the account disabled, the address taken away: nothing is left to be said.
    if (!notice) return;
    this.transport ??= pooled(settings);
    const { subject, text } = letterOf(notice, settings.publicUrl);
    try {
      await this.transport.sendMail({
        from: { name: 'Sổ Vàng', address: settings.from },
        to: notice.email,
        subject,
        text,
        messageId: `<${messageId.slice('mail:'.length)}@${settings.from.slice(settings.from.lastIndexOf('@') + 1)}>`,
        // RFC 3834: no "out of office" comes back.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        disableFileAccess: true,
        disableUrlAccess: true,
        // What the outbox counts as failed must not arrive after all while the next attempt runs.
        signal: AbortSignal.timeout(DELIVERY_MS - 1_000),
      });
    } catch (error) {
      throw told(error as NodemailerError);
    }
  }

  private async find(id: number): Promise<MailedNotice | null> {
    const [notice] = await reader(this.db).query<MailedNotice>(
      `SELECT n.occasion, n.title, n.why, n.link, n.due, a.email
         FROM desk_notice n JOIN account a ON a.id = n.account_id
        WHERE n.id = $1 AND n.read_at IS NULL AND NOT a.disabled AND a.mail_notices AND a.email IS NOT NULL`,
      [id],
    );
    return notice ?? null;
  }
}

/** One connection per process, kept while there is mail. The pool's own repeating is off: the outbox repeats. */
function pooled({ smtpUrl }: MailSettings) {
  return createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 1,
    maxRequeues: 0,
    idleTimeout: 30_000,
    dnsTimeout: WAIT_MS,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
  });
}

const REFUSED_HERE = new Set(['RCPT TO', 'DATA']);

/** What the server's "no" means for the message. The server's own words may hold the address and are not kept. */
function told({ code, command, responseCode, permanent }: NodemailerError): Error {
  const what = [code, command, responseCode].filter((part) => part !== undefined).join(' ');
  if (permanent && REFUSED_HERE.has(command ?? '')) return new Undeliverable(what);
  const nobodyFaresBetter =
    responseCode === undefined || responseCode === 421 || command === 'CONN' || code === 'EAUTH';
  return nobodyFaresBetter ? new Unreachable(what) : new Error(what);
}
