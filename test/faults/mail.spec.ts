import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Desk } from '@lib/desk';
import { Jobs, transact } from '@lib/platform';
import { testApi, type TestApi } from '../support/api.js';
import { MailServer } from '../support/smtp.js';
import { smallTree } from '../support/tree.js';

const WORKER = join(import.meta.dirname, '..', '..', 'dist', 'apps', 'worker', 'src', 'main.js');

/** Worker processes of the built program are killed, not asked to stop: what they were doing is neither lost nor doubled. */
describe('a worker killed in the middle of a mail', () => {
  let server: MailServer;
  let api: TestApi;
  let jobs: Jobs;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    server = await MailServer.start();
    api = await testApi({ template: 'empty', env: { mail: server.settings } });
    await smallTree(api.app);
    await api.account('lan', [['UNIT_LEADER', 'CS-A1']]);
    await api.db.source.query(`UPDATE account SET email = 'lan@congdoan.test'`);
    // The worker processes listen where the program's own queue is; the api of the test has one of its own.
    jobs = await Jobs.connect({ databaseUrl: api.db.url, redisUrl: null });
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await jobs?.close();
    await api?.close();
    await server?.stop();
  });

  const startWorker = async (): Promise<ChildProcess> => {
    const { smtpUrl, from, publicUrl } = server.settings;
    const child = spawn(process.execPath, [WORKER], {
      env: {
        PATH: '/usr/bin:/bin',
        DATABASE_URL: api.db.url,
        SMTP_URL: smtpUrl,
        MAIL_FROM: from,
        PUBLIC_URL: publicUrl,
      },
    });
    children.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => {
      if (child.exitCode !== null) throw new Error(`the worker ended:\n${said}`);
      return said.includes('đang chạy');
    });
    return child;
  };
  const outbox = () =>
    api.db.source.query<{ id: number; message_id: string; done: boolean; attempts: number }[]>(
      `SELECT id, message_id, done_at IS NOT NULL AS done, attempts FROM outbox ORDER BY id`,
    );
  const kill = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'close');
  };

  test('the mail arrives after the restart, once, as the same message', async () => {
    const [{ id: unitId }] = await api.db.source.query(`SELECT id FROM unit WHERE code = 'CS-A1'`);
    await transact(api.app.get(DataSource), (tx) =>
      api.app.get(Desk).open(tx, {
        key: 'nomination.submit:1',
        unitId,
        permission: 'nomination.submit',
        title: 'Hồ sơ số 1 chờ trình',
        why: 'Cán bộ đã lập xong hồ sơ.',
        link: '/de-nghi/1',
        due: null,
      }),
    );
    server.says = 'silence';
    const first = await startWorker();
    await jobs.wake('outbox.deliver');
    await until(() => server.begun === 1);
    await kill(first);
    expect(await outbox()).toMatchObject([{ done: false, attempts: 1 }]);

    server.says = 'ok';
    const second = await startWorker();
    // The minute for which the first worker had it to itself has passed.
    await api.db.source.query(`UPDATE outbox SET due_at = created_at`);
    await jobs.wake('outbox.deliver');
    await until(async () => (await outbox()).every(({ done }) => done));
    const [row] = await outbox();
    expect(server.mails.map((mail) => mail.header('Message-ID'))).toEqual([
      `<${row!.message_id.slice(5)}@congdoan.test>`,
    ]);

    // Sent, and the worker killed before it could say so: the second copy carries the same id.
    await api.db.source.query(`UPDATE outbox SET done_at = NULL, due_at = created_at`);
    await jobs.wake('outbox.deliver');
    await until(async () => (await outbox()).every(({ done }) => done));
    const ids = server.mails.map((mail) => mail.header('Message-ID'));
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    await kill(second);
  });
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 45_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
