import { DataSource } from 'typeorm';
import { Desk, DeskDaily } from '@lib/desk';
import { Outbox, transact, Undeliverable } from '@lib/platform';
import { testApi, type TestApi } from '../support/api.js';
import { MailServer } from '../support/smtp.js';
import { smallTree } from '../support/tree.js';

/** What leaves by mail, with a real mail server; the clock of the program is set, so nobody waits. */
describe('mail through the outbox', () => {
  let server: MailServer;
  let api: TestApi;
  let unit: number;
  let tasks = 0;

  beforeAll(async () => {
    server = await MailServer.start();
    api = await testApi({ template: 'empty', env: { mail: server.settings } });
    await smallTree(api.app);
    for (const [name, role] of [
      ['lan', 'UNIT_LEADER'],
      ['binh', 'UNIT_LEADER'],
      ['khoa', 'UNIT_LEADER'],
    ] as const)
      await api.account(name, [[role, 'CS-A1']]);
    const as = await api.signIn('lan');
    const set = await api.inject('PUT', '/api/session/mail', {
      as,
      body: { email: 'lan@congdoan.test', notices: true },
    });
    expect(set.body).toEqual({ email: 'lan@congdoan.test', notices: true, available: true });
    await api.db.source.query(
      `UPDATE account SET email = 'khoa@congdoan.test', disabled = true WHERE username = 'khoa'`,
    );
    [{ id: unit }] = await api.db.source.query(`SELECT id FROM unit WHERE code = 'CS-A1'`);
  });
  afterAll(async () => {
    await api?.close();
    await server?.stop();
  });
  beforeEach(() => {
    api.clock.setTo('2026-11-02');
    server.says = 'ok';
    server.refusedRecipients.clear();
    server.mails.length = 0;
  });

  const open = (more: object = {}): Promise<string> => {
    const key = `nomination.submit:${(tasks += 1)}`;
    const task = {
      key,
      unitId: unit,
      permission: 'nomination.submit' as const,
      title: `Hồ sơ số ${tasks} chờ trình`,
      why: 'Cán bộ đã lập xong hồ sơ.',
      link: `/de-nghi/${tasks}`,
      due: null,
      ...more,
    };
    return transact(api.app.get(DataSource), (tx) => api.app.get(Desk).open(tx, task)).then(() => key);
  };
  const deliver = (): Promise<number> => api.app.get(Outbox).deliver();
  const later = (minutes: number): void => {
    const at = new Date(api.clock.now().getTime() + minutes * 60_000);
    api.clock.now = () => at;
  };
  afterEach(() => {
    // The clock of the class again, not the moment that a test moved it to.
    delete (api.clock as { now?: unknown }).now;
  });
  const state = () => api.app.get(Outbox).state('mail');

  test('a task opened brings one mail to whoever wants it, with the link and an id of its own', async () => {
    await open({ due: '2026-11-20' });
    expect(await deliver()).toBe(1);
    expect(await deliver()).toBe(0);
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect(mail!.to).toEqual(['lan@congdoan.test']);
    expect(mail!.header('Message-ID')).toMatch(/^<[0-9a-f-]{36}@congdoan\.test>$/);
    expect(mail!.header('Auto-Submitted')).toBe('auto-generated');
    const text = textOf(mail!.raw);
    expect(text).toContain(`Hồ sơ số ${tasks} chờ trình\nCán bộ đã lập xong hồ sơ.\nHạn: 20/11/2026\n`);
    expect(text).toContain(`https://so-vang.test/de-nghi/${tasks}\n`);
    expect(text).toContain('INTERNAL');
    expect(decoded(mail!.header('Subject') ?? '')).toBe('[Sổ Vàng] có việc mới chờ anh/chị');
  });

  test('a rolled-back command tells nobody', async () => {
    const failing = transact(api.app.get(DataSource), async (tx) => {
      await api.app.get(Desk).open(tx, {
        key: 'x.y:1',
        unitId: unit,
        permission: 'nomination.submit',
        title: 't',
        why: 'w',
        link: '/',
        due: null,
      });
      throw new Error('the command failed');
    });
    await expect(failing).rejects.toThrow('the command failed');
    expect([await deliver(), server.mails.length]).toEqual([0, 0]);
  });

  test('what the server cannot take now is taken later, as the same message', async () => {
    server.says = 451;
    await open();
    expect(await deliver()).toBe(0);
    server.says = 'ok';
    expect(await deliver()).toBe(0);
    later(1);
    expect(await deliver()).toBe(1);
    expect(server.mails).toHaveLength(1);
    const [row] = await api.db.source.query(
      `SELECT message_id, attempts, last_error FROM outbox ORDER BY id DESC LIMIT 1`,
    );
    expect(server.mails[0]!.header('Message-ID')).toBe(`<${row.message_id.slice(5)}@congdoan.test>`);
    expect([row.attempts, row.last_error]).toEqual([2, null]);
  });

  test('a recipient that does not exist is given up at once, is shown, holds nobody up, and can be tried again', async () => {
    server.refusedRecipients.set('lan@congdoan.test', 550);
    await open();
    server.refusedRecipients.set('lan@congdoan.test', 450);
    await deliver();
    later(1);
    server.refusedRecipients.set('lan@congdoan.test', 550);
    await deliver();
    expect(await state()).toMatchObject({ waiting: 0, givenUp: 1, lastError: 'EENVELOPE RCPT TO 550' });
    server.refusedRecipients.clear();
    await open();
    expect(await deliver()).toBe(1);
    expect(await api.app.get(Outbox).retry('mail')).toBe(1);
    expect(await deliver()).toBe(1);
    expect(await state()).toEqual({ waiting: 0, givenUp: 0, lastError: null });
  });

  test('while the server is away nothing is lost, and only one message a round finds out', async () => {
    const { port } = server;
    await server.stop();
    await open();
    await open();
    expect(await deliver()).toBe(0);
    const tried = await api.db.source.query(`SELECT attempts FROM outbox WHERE done_at IS NULL ORDER BY id`);
    expect(tried).toEqual([{ attempts: 1 }, { attempts: 0 }]);
    server = await MailServer.start(port);
    later(1);
    expect(await deliver()).toBe(2);
    expect(server.mails.map((mail) => mail.header('Message-ID')).length).toBe(2);
  });

  test('two workers at once send each message once', async () => {
    for (let i = 0; i < 8; i += 1) await open();
    const counts = await Promise.all([deliver(), deliver(), deliver()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(8);
    expect(new Set(server.mails.map((mail) => mail.header('Message-ID'))).size).toBe(8);
    expect(server.mails).toHaveLength(8);
  });

  test('a message whose worker ended without a word comes up again after its time, and is not tried for ever', async () => {
    const outbox = api.app.get(Outbox);
    const begun: string[] = [];
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    outbox.deliverBy('hanging', ({ messageId }) => {
      begun.push(messageId);
      return released;
    });
    await transact(api.app.get(DataSource), (tx) => outbox.put(tx, 'hanging', 'one', {}));
    // Nobody waits for this one: it stands for a worker that was killed while it delivered.
    const first = outbox.deliver();
    while (begun.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await deliver()).toBe(0);
    expect(begun).toHaveLength(1);
    later(1);
    const second = outbox.deliver();
    while (begun.length === 1) await new Promise((resolve) => setImmediate(resolve));
    release();
    await Promise.all([first, second]);
    expect(begun).toEqual(['hanging:one', 'hanging:one']);
  });

  test('a poisoned message gives up after its attempts; those behind it leave', async () => {
    const outbox = api.app.get(Outbox);
    const left: unknown[] = [];
    outbox.deliverBy('poison', async ({ payload }) => {
      if ((payload as { bad: boolean }).bad) throw new Error('never');
      left.push(payload);
    });
    outbox.deliverBy('hopeless', async () => {
      throw new Undeliverable('no');
    });
    await transact(api.app.get(DataSource), async (tx) => {
      await outbox.put(tx, 'poison', 'bad', { bad: true });
      await outbox.put(tx, 'poison', 'good', { bad: false });
      await outbox.put(tx, 'poison', 'good', { bad: false });
      await outbox.put(tx, 'hopeless', 'a', {});
    });
    await deliver();
    expect(left).toHaveLength(1);
    for (let attempt = 2; attempt <= 100; attempt += 1) {
      later(60);
      await deliver();
    }
    expect(await outbox.state('poison')).toEqual({ waiting: 0, givenUp: 1, lastError: 'never' });
    expect(await outbox.state('hopeless')).toEqual({ waiting: 0, givenUp: 1, lastError: 'no' });
    later(6000);
    expect(await deliver()).toBe(0);
    expect(left).toHaveLength(1);
  });

  test('what was read in the app, closed, restricted or unwanted does not leave', async () => {
    const key = await open();
    await transact(api.app.get(DataSource), (tx) =>
      api.app.get(Desk).close(tx, { accountId: null, name: 'x', grants: [], everywhere: true }, key),
    );
    await open({ classification: 'RESTRICTED' });
    const as = await api.signIn('lan');
    await open();
    await api.inject('PUT', '/api/session/mail', { as, body: { email: 'lan@congdoan.test', notices: false } });
    await deliver();
    await open();
    await deliver();
    expect(server.mails).toEqual([]);
    await api.inject('PUT', '/api/session/mail', { as, body: { email: 'lan@congdoan.test', notices: true } });
  });

  test('reminders leave once for each stage', async () => {
    await api.db.source.query(`UPDATE desk_task SET closed_at = opened_at`);
    await open({ due: '2026-11-20' });
    await deliver();
    server.mails.length = 0;
    const daily = async (day: string): Promise<string[]> => {
      api.clock.setTo(day);
      await api.app.get(DeskDaily).run();
      await deliver();
      return server.mails.splice(0).map((mail) => decoded(mail.header('Subject') ?? ''));
    };
    expect(await daily('2026-11-16')).toEqual([]);
    expect(await daily('2026-11-17')).toEqual(['[Sổ Vàng] có việc sắp đến hạn']);
    expect(await daily('2026-11-18')).toEqual([]);
    expect(await daily('2026-11-20')).toEqual([]);
    expect(await daily('2026-11-21')).toEqual(['[Sổ Vàng] có việc đã quá hạn']);
    expect(await daily('2026-11-22')).toEqual([]);
  });
});

/** The text of a mail that was sent as one part, quoted-printable or base64. */
function textOf(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}

/** `=?UTF-8?Q?…?=` words of a header. */
function decoded(header: string): string {
  return header
    .replace(/\?= +=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, text: string) => {
      if (how.toUpperCase() === 'B') return Buffer.from(text, 'base64').toString('latin1');
      return text
        .replaceAll('_', ' ')
        .replace(/=([0-9A-F]{2})/g, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    })
    .replace(/[\u0080-\u00ff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
}
