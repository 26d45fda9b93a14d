import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { PDF } from '../support/upload.js';
import { browserPath, launch, openSite, type Site } from './browser.js';

const TODAY = '2026-11-23';
const CAMPAIGN = 'Công đoàn đồng hành cùng nhà giáo (minh hoạ)';
const DOSSIER = 'Khen thưởng phong trào Đồng hành cùng nhà giáo (minh hoạ)';
const DECISION = 'Tặng Bằng khen phong trào Đồng hành cùng nhà giáo (minh hoạ)';
const PERSON = 'Đoàn viên Minh Hoạ 301';
const UNIT = 'CĐCS số 2, ngành Giáo dục (Đơn vị minh hoạ)';
const WHY = 'Nêu rõ kết quả, số liệu cụ thể';
const ACHIEVEMENT = 'Vận động 120 suất quà cho nhà giáo khó khăn (minh hoạ)';

const chromium = browserPath();

// A machine without a browser still proves everything else; the CI demands one (browserPath).
(chromium ? describe : describe.skip)('from a campaign to the leader’s summary, in the browser', () => {
  let site: Site;
  let browser: Browser;
  let before: number[];
  const seats = new Map<string, Page>();
  const faults: string[] = [];

  beforeAll(async () => {
    site = await openSite(TODAY);
    browser = await launch(chromium ?? '');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await site?.api.close();
  });

  /** Somebody's own window, on the home page; signed in the first time. */
  async function at(username: string): Promise<Page> {
    const seated = seats.get(username);
    if (seated) {
      await seated.goto(site.url);
      await heading(seated, 'Trang chủ');
      return seated;
    }
    const context = await newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => faults.push(`${username}: ${error.message}`));
    await page.goto(site.url);
    await page.getByRole('button', { name: new RegExp(`^${username}`) }).click();
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await heading(page, 'Trang chủ');
    seats.set(username, page);
    return page;
  }

  async function newContext(): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
    await context.clock.install({ time: new Date(`${TODAY}T05:00:00Z`) });
    return context;
  }

  it('begins with what the leader reads for the year', async () => {
    const page = await at('mh-bao-cao');
    await place(page, 'Tổng hợp kỳ');
    await page.getByText('Số liệu mới nhất').waitFor();
    before = await totals(page);
    expect(before.every((figure) => figure > 0)).toBe(true);
  });

  it('an officer registers a campaign with its five contents, the leader approves, the officer launches', async () => {
    const officer = await at('mh-can-bo');
    await place(officer, 'Phong trào');
    await press(officer, 'Đăng ký phong trào');
    const form = officer.getByRole('dialog');
    await form.getByLabel('Tên', { exact: true }).fill(CAMPAIGN);
    await form.getByLabel('a) Mục tiêu').fill('Mỗi công đoàn cơ sở giúp ít nhất một nhà giáo khó khăn.');
    await form.getByLabel('b) Phạm vi, đối tượng').fill('Công đoàn các cấp trong tỉnh.');
    await form
      .getByLabel('c) Nội dung và tiêu chí')
      .fill('Nội dung: thăm hỏi, hỗ trợ.\nTiêu chí: số nhà giáo được giúp.');
    await form.getByLabel('d) Kế hoạch, biện pháp').fill('Phát động tháng 11, tổng kết tháng 12.');
    await day(form, 'đ) Thời gian: từ ngày', '01/11/2026');
    await day(form, 'đến ngày', '31/12/2026');
    await form.getByRole('button', { name: 'Lưu dự thảo' }).click();
    await officer.waitForURL(/\/phong-trao\/\d+$/);
    await heading(officer, CAMPAIGN);
    await step(officer, 'Trình duyệt');
    await officer.getByText('Chờ duyệt').first().waitFor();

    const leader = await at('mh-lanh-dao');
    await leader.getByRole('link', { name: `Duyệt phong trào “${CAMPAIGN}”` }).click();
    await heading(leader, CAMPAIGN);
    await step(leader, 'Duyệt');
    await leader.getByText('Đã duyệt').first().waitFor();

    const again = await at('mh-can-bo');
    await again.getByRole('link', { name: `Phát động “${CAMPAIGN}”` }).click();
    await press(again, 'Phát động');
    const launching = again.getByRole('dialog');
    await day(launching, 'Hạn triển khai', '30/11/2026');
    await launching.getByLabel('Số văn bản').fill('15/KH-LĐLĐ');
    await launching.getByRole('button', { name: 'Phát động' }).click();
    await again.getByText(/0\/3 đã triển khai/).waitFor();
  });

  it('the unit below finds it on its home page and reports that it deploys', async () => {
    const page = await at('mh-nganh-gd');
    const tasks = page.getByRole('region', { name: 'Phong trào' });
    expect(plain(await tasks.innerText())).toContain('Hạn 30/11/2026');
    await tasks.getByRole('link', { name: `Triển khai “${CAMPAIGN}”` }).click();
    await heading(page, CAMPAIGN);
    await press(page, 'Báo cáo triển khai');
    const form = page.getByRole('dialog');
    await form.getByLabel('Kế hoạch của đơn vị').fill('Kế hoạch số 03 của ngành (minh hoạ)');
    await form.getByLabel('Số người').fill('240');
    await form.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByText(/1\/3 đã triển khai/).waitFor();
    await at('mh-nganh-gd');
    await page.getByText('Việc chờ tôi').waitFor();
    expect(await page.getByRole('link', { name: `Triển khai “${CAMPAIGN}”` }).count()).toBe(0);
  });

  it('it proposes a person and a collective in one dossier', async () => {
    const page = await at('mh-nganh-gd');
    await place(page, 'Đề nghị');
    await press(page, 'Lập hồ sơ');
    await heading(page, 'Lập hồ sơ đề nghị');
    await choose(page, 'Gửi đến', 'LĐLĐ tỉnh (Đơn vị minh hoạ)');
    await page.getByLabel('Tên hồ sơ').fill(DOSSIER);
    await choose(page, 'Loại hình', 'Khen thưởng phong trào thi đua');
    await page.getByLabel('Phong trào, cuộc vận động').fill(CAMPAIGN);
    await press(page, 'Lập hồ sơ');
    await heading(page, DOSSIER);

    await press(page, 'Thêm người, tập thể');
    let drawer = page.getByRole('dialog');
    await drawer.getByLabel('Năm sinh').fill('1985');
    await drawer.getByLabel('Họ và tên', { exact: true }).fill(PERSON);
    await choose(drawer, 'Đơn vị của đối tượng', 'CĐCS số 1, ngành Giáo dục');
    await choose(drawer, 'Hình thức', 'Bằng khen');
    await drawer.getByLabel('Thành tích').fill('Vận động nhiều suất quà (minh hoạ)');
    await drawer.getByRole('button', { name: 'Lưu' }).click();
    await page.getByRole('row', { name: new RegExp(PERSON) }).waitFor();

    await press(page, 'Thêm người, tập thể');
    drawer = page.getByRole('dialog');
    await pick(drawer, 'Loại đối tượng', 'Tập thể (đơn vị)');
    await choose(drawer, 'Tập thể', 'CĐCS số 2, ngành Giáo dục');
    await choose(drawer, 'Hình thức', 'Cờ thi đua của LĐLĐ tỉnh');
    await drawer.getByLabel('Thành tích').fill('100% nhà giáo khó khăn được thăm hỏi (minh hoạ)');
    await drawer.getByRole('button', { name: 'Lưu' }).click();
    await rowOf(page, /CĐCS số 2/).waitFor();

    await page.getByRole('button', { name: 'Trình', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Trình' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('the appraiser returns one line with a reason at its field; it is corrected and found eligible', async () => {
    const page = await at('mh-tham-dinh');
    await page.getByRole('link', { name: /Công đoàn ngành Giáo dục.* chờ tiếp nhận, thẩm định/ }).click();
    await heading(page, DOSSIER);
    await press(page, 'Tiếp nhận');
    await page.getByText('Đã tiếp nhận, đang thẩm định').first().waitFor();
    await tick(page, /CĐCS số 2/);
    await press(page, 'Đủ điều kiện (1)');
    await rowOf(page, /CĐCS số 2/)
      .getByText('Đủ điều kiện')
      .waitFor();
    await tick(page, new RegExp(PERSON));
    await press(page, 'Trả lại dòng (1)');
    const form = page.getByRole('dialog');
    await form.getByLabel('Lý do 1', { exact: true }).fill(WHY);
    await form.getByRole('button', { name: 'Trả lại' }).click();
    await rowOf(page, new RegExp(PERSON)).getByText(WHY).waitFor();

    const officer = await at('mh-nganh-gd');
    await officer
      .getByRole('region', { name: /Đề nghị/ })
      .getByRole('link')
      .first()
      .click();
    await heading(officer, DOSSIER);
    const line = rowOf(officer, new RegExp(PERSON));
    expect(plain(await line.innerText())).toContain(`Thành tích: ${WHY}`);
    await line.getByRole('button', { name: 'Sửa' }).click();
    const drawer = officer.getByRole('dialog');
    await drawer.getByText(`Lý do trả lại: ${WHY}`).waitFor();
    await drawer.getByLabel('Thành tích').fill(ACHIEVEMENT);
    await drawer.getByRole('button', { name: 'Lưu' }).click();
    await line.getByText('đã sửa').waitFor();
    await tick(officer, new RegExp(PERSON));
    await press(officer, 'Trình lại dòng (1)');
    await officer.getByRole('dialog').getByRole('button', { name: 'Trình lại' }).click();
    await line.getByText('Trả lại').waitFor({ state: 'detached' });

    await at('mh-tham-dinh');
    await page.getByRole('link', { name: `Hồ sơ chờ thẩm định: ${DOSSIER}` }).click();
    await rowOf(page, new RegExp(PERSON)).getByText(ACHIEVEMENT).waitFor();
    await tick(page, new RegExp(PERSON));
    await press(page, 'Đủ điều kiện (1)');
    await rowOf(page, new RegExp(PERSON)).getByText('Đủ điều kiện').waitFor();
    await page.getByText('Đã thẩm định').first().waitFor();
  });

  it('the council passes one and downgrades the other', async () => {
    const page = await at('mh-thu-ky');
    await place(page, 'Hội đồng');
    await press(page, 'Lên lịch phiên họp');
    const plan = page.getByRole('dialog');
    await day(plan, 'Ngày họp', '23/11/2026');
    await plan.getByRole('button', { name: 'Lên lịch' }).click();
    await heading(page, 'Phiên họp ngày 23/11/2026');
    await press(page, 'Đưa đề nghị ra phiên');
    await tick(page.getByRole('dialog'), new RegExp(PERSON));
    await tick(page.getByRole('dialog'), new RegExp(UNIT.slice(0, 9)));
    await page.getByRole('button', { name: 'Đưa 2 dòng' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press(page, 'Khai mạc');
    await press(page, 'Có mặt đủ');
    await page.getByText('Điểm danh: 5 có mặt').waitFor();

    const person = card(page, PERSON);
    await person.getByLabel('Thuận', { exact: true }).fill('5');
    await person.getByText('đủ phiếu thuận').waitFor();
    await person.getByLabel('Đề nghị khen').check();
    await person.getByRole('button', { name: 'Ghi kết quả' }).click();
    await person.getByText('Đề nghị khen').nth(1).waitFor();

    const unit = card(page, 'CĐCS số 2');
    await unit.getByLabel('Thuận', { exact: true }).fill('1');
    await unit.getByLabel('Không thuận', { exact: true }).fill('4');
    await unit.getByText('chưa đủ phiếu thuận').waitFor();
    await unit.getByLabel('Hạ hình thức').check();
    await choose(unit, 'Hình thức thấp hơn', 'Bằng khen');
    await unit.getByLabel('Thuận', { exact: true }).nth(1).fill('5');
    await unit.getByRole('button', { name: 'Ghi kết quả' }).click();
    await unit.getByText('Hạ hình thức').nth(1).waitFor();

    await attach(page, page.getByRole('button', { name: /Chọn tệp/ }), 'bien-ban.pdf');
    await page.getByRole('link', { name: 'bien-ban.pdf' }).waitFor();
    await press(page, 'Kết thúc phiên');
    await page.getByText('Đã kết thúc').waitFor();
  });

  it('it is decided, signed with a number and a scan, prepared by the job, and issued', async () => {
    const decider = await at('mh-quyet-dinh');
    await decider.getByRole('link', { name: /Kết quả phiên họp ngày 23\/11\/2026/ }).click();
    await press(decider, 'Soạn quyết định');
    await decider.getByLabel('Về việc').fill(DECISION);
    await tick(decider, new RegExp(PERSON));
    await tick(decider, /CĐCS số 2/);
    await press(decider, 'Ghi dự thảo (2 dòng)');
    await heading(decider, DECISION);
    await press(decider, 'Duyệt');
    await decider.getByText('Đã duyệt, chờ ký và cấp số').first().waitFor();

    const clerk = await at('mh-van-thu');
    await clerk.getByRole('link', { name: `Quyết định đã duyệt chờ ký và cấp số: ${DECISION}` }).click();
    await press(clerk, 'Ghi số, đính kèm bản ký');
    const form = clerk.getByRole('dialog');
    await form.getByLabel('Số', { exact: true }).fill('215');
    await form.getByLabel('Ký hiệu').fill('QĐ-LĐLĐ');
    await day(form, 'Ngày', '23/11/2026');
    await form.getByLabel('Người ký').fill('Đoàn viên Minh Hoạ 300');
    await form.getByLabel('Thể thức, chức vụ').fill('TM. BAN THƯỜNG VỤ, CHỦ TỊCH');
    await attach(clerk, form.getByRole('button', { name: 'Bản ký (PDF)' }), 'quyet-dinh.pdf');
    await form.getByText(/quyet-dinh\.pdf/).waitFor();
    await form.getByRole('button', { name: 'Ghi', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await press(clerk, 'Ban hành');
    await clerk.getByRole('dialog').getByRole('button', { name: 'Ban hành' }).click();
    await clerk.getByText('Đã ghi sổ vàng').waitFor();
  });

  it('the leader’s summary counts both, opens them down to the decision, and shows the campaign deployed', async () => {
    const page = await at('mh-bao-cao');
    await place(page, 'Tổng hợp kỳ');
    const [collectives = 0, individuals = 0] = before;
    const figure = page.getByRole('region', { name: 'Tổng số' }).getByRole('button', {
      name: `${individuals + 1} lượt cá nhân: mở các bản ghi`,
    });
    await figure.waitFor();
    expect(await totals(page)).toEqual([collectives + 1, individuals + 1]);
    const campaign = page.getByRole('row', { name: new RegExp(escaped(CAMPAIGN)) }).last();
    expect(plain(await campaign.innerText())).toContain('1 đã triển khai');
    await figure.click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('khớp với con số đã in').waitFor();
    const records = rowOf(drawer, /215\/QĐ-LĐLĐ/);
    expect(await records.count()).toBe(2);
    for (const name of [PERSON, UNIT])
      expect(
        await records
          .filter({ hasText: 'Bằng khen' })
          .filter({ has: page.getByText(name, { exact: true }) })
          .count(),
      ).toBe(1);
    await rowOf(drawer, new RegExp(PERSON)).getByRole('link').click();
    await page.waitForURL(/\/so-vang\/\d+$/);
    await heading(page, 'Bằng khen');
    await rowOf(page, new RegExp(PERSON)).first().waitFor();
    expect(plain(await page.getByRole('main').innerText())).toContain('Số 215/QĐ-LĐLĐ ngày 23/11/2026');
    expect(faults).toEqual([]);
  });
});

/** A page is there, and nothing of it lies beyond the right edge of the screen. */
async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
}

function place(page: Page, name: string): Promise<void> {
  return page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
}

function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name: ending(name) }).click();
}

/** An icon before the words is part of the name. */
function ending(name: string): RegExp {
  return new RegExp(`(^| )${escaped(name)}$`);
}

/** A step whose dialog asks for nothing. */
async function step(page: Page, name: string): Promise<void> {
  await press(page, name);
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

function rowOf(within: Page | Locator, text: RegExp): Locator {
  return within.getByRole('row').filter({ hasText: text });
}

function tick(within: Page | Locator, text: RegExp): Promise<void> {
  return rowOf(within, text).getByRole('checkbox').check();
}

/** The card of one line before the council. */
function card(page: Page, title: string): Locator {
  return page.locator('.ant-card').filter({ has: page.locator('.ant-card-head').filter({ hasText: title }) });
}

async function day(form: Locator, label: string, value: string): Promise<void> {
  await form.getByLabel(label, { exact: true }).fill(value);
  await form.getByLabel(label, { exact: true }).press('Enter');
}

/** Chooses by typing. */
async function choose(within: Page | Locator, label: string, name: string): Promise<void> {
  const box = within.getByLabel(label, { exact: true });
  await until(chosen(box, name), async () => {
    await box.fill(name);
    // While a search is under way the list may change below a click; the key takes what then stands first.
    await options(within).first().filter({ hasText: name }).waitFor();
    await box.press('Enter');
  });
}

/** Chooses from a list that cannot be typed into. */
async function pick(within: Page | Locator, label: string, name: string): Promise<void> {
  const box = within.getByLabel(label, { exact: true });
  await until(chosen(box, name), async () => {
    if ((await options(within).count()) === 0) await box.click();
    await options(within).filter({ hasText: name }).first().click();
  });
}

/** The select around a box, once it shows the name. */
function chosen(box: Locator, name: string): Locator {
  return box
    .locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " ant-select ")][1]')
    .filter({ hasText: name });
}

/** Does something, again where a list that was still opening took no notice, until it shows. */
async function until(shown: Locator, action: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await action();
    const seen = await shown.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (seen) return;
    if (attempt === 3) throw new Error(`Not chosen after ${attempt} attempts: ${shown.toString()}`);
  }
}

function options(within: Page | Locator): Locator {
  const page = 'page' in within ? within.page() : within;
  return page.locator('.ant-select-item-option:visible');
}

async function attach(page: Page, button: Locator, name: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles({ name, mimeType: 'application/pdf', buffer: PDF });
}

/** The two big figures of "Khen thưởng". */
async function totals(page: Page): Promise<number[]> {
  const texts = await page.locator('.total').first().locator('.figure').allInnerTexts();
  return texts.map((text) => Number(text.replaceAll('.', '')));
}

/** Numbers are kept on one line with what they count by unbreakable spaces. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function escaped(text: string): string {
  return text.replace(/[()]/g, '\\$&');
}
