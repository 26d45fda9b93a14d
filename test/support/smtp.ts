import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as the server took it. */
export interface Mailed {
  readonly to: string[];
  readonly raw: string;
  header(name: string): string | null;
}

/** What the server says to the next mail: takes it, refuses it with a code, or keeps silent in the middle of it. */
export type Says = 'ok' | number | 'silence';

/** A real mail server on a port that the system chooses. */
export class MailServer {
  readonly mails: Mailed[] = [];
  /** Every time a mail's text began to arrive, taken or not. */
  begun = 0;
  says: Says = 'ok';
  /** Asked before the text, by address: a code refuses the recipient. */
  refusedRecipients = new Map<string, number>();

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  static async start(port = 0): Promise<MailServer> {
    let mine: MailServer | null = null;
    const server = new SMTPServer({
      authOptional: true,
      // A connection that a client keeps open must not keep the server from going away.
      closeTimeout: 50,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _, done) => done(refusal(mine?.refusedRecipients.get(address))),
      onData: (stream, { envelope }, done) => {
        if (!mine) return;
        mine.begun += 1;
        const says = mine.says;
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (says === 'silence') return;
          if (says === 'ok') mine?.mails.push(mailed(envelope.rcptTo, Buffer.concat(chunks).toString('utf8')));
          done(refusal(says));
        });
      },
    });
    // A client that is killed breaks its connection: that is what some tests are about.
    server.on('error', () => undefined);
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    mine = new MailServer(server, (server.server.address() as AddressInfo).port);
    return mine;
  }

  get settings(): { readonly smtpUrl: string; readonly from: string; readonly publicUrl: string } {
    return {
      smtpUrl: `smtp://127.0.0.1:${this.port}`,
      from: 'so-vang@congdoan.test',
      publicUrl: 'https://so-vang.test',
    };
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function refusal(code: Says | undefined): Error | null {
  if (typeof code !== 'number') return null;
  return Object.assign(new Error(`refused with ${code}`), { responseCode: code });
}

function mailed(to: readonly { address: string }[] | undefined, raw: string): Mailed {
  const [head = ''] = raw.split('\r\n\r\n');
  const header = (name: string): string | null =>
    new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im').exec(head)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? null;
  return { to: (to ?? []).map(({ address }) => address), raw, header };
}
