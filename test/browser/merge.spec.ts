import type { Browser, Page } from 'playwright-core';
import { browserPath, launch, openSite, type Site } from './browser.js';

const TODAY = '2026-12-07';
const EDUCATION = 'Công đoàn ngành Giáo dục (Đơn vị minh hoạ)';
const HEALTH = 'Công đoàn ngành Y tế (Đơn vị minh hoạ)';
const UNION = 'Công đoàn ngành Giáo dục và Y tế (Đơn vị minh hoạ)';
const TITLE = 'Sáp nhập công đoàn ngành Giáo dục và Y tế (minh hoạ)';

const chromium = browserPath();

// A machine without a browser still proves everything else; the CI demands one (browserPath).
(chromium ? describe : describe.skip)('a province’s unions are merged, in the browser', () => {
  let site: Site;
  let browser: Browser;
  let officer: Page;
  let leader: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    site = await openSite(TODAY);
    browser = await launch(chromium ?? '');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await site?.api.close();
  });

  async function at(username: string): Promise<Page> {
    // As on an old machine set to show no animations: menus and choices open there too.
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'vi-VN',
      reducedMotion: 'reduce',
    });
    await context.clock.install({ time: new Date(`${TODAY}T05:00:00Z`) });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => faults.push(`${username}: ${error.message}`));
    await page.goto(site.url);
    await page.getByRole('button', { name: new RegExp(`^${username}`) }).click();
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('heading', { name: 'Trang chủ' }).waitFor();
    return page;
  }

  it('an officer begins at the page of a union and prepares the merger step by step', async () => {
    officer = await at('mh-can-bo');
    await officer.goto(`${site.url}/don-vi/MH-CDN-GD`);
    await officer.getByRole('heading', { name: EDUCATION }).waitFor();
    await officer.getByRole('button', { name: 'Sắp xếp' }).click();
    await officer.getByRole('link', { name: 'Sáp nhập' }).click();
    await officer.getByRole('heading', { name: 'Chuẩn bị sắp xếp tổ chức' }).waitFor();
    await day(officer, 'Có hiệu lực từ ngày', '01/12/2026');
    await choose(officer, 'Các đơn vị sáp nhập (kết thúc) 2', HEALTH);
    await officer.getByRole('button', { name: 'Tiếp tục' }).click();

    await officer.getByText('Lập đơn vị mới theo quyết định này').click();
    await officer.getByLabel('Tên đơn vị mới').fill(UNION);
    await officer.getByLabel('Mã đơn vị mới').fill('mh-cdn-gdyt');
    await choose(officer, 'Trực thuộc', 'LĐLĐ tỉnh (Đơn vị minh hoạ)');
    await choose(officer, 'Cấp', 'Công đoàn cấp trên trực tiếp cơ sở');
    await officer.getByRole('button', { name: 'Tiếp tục' }).click();

    await officer.getByLabel('Tên việc').fill(TITLE);
    await officer.getByLabel('Số quyết định').fill('45/QĐ-LĐLĐ');
    await day(officer, 'Ngày quyết định', '28/11/2026');
    await officer.getByRole('button', { name: 'Lưu và sang diễn tập' }).click();
    await officer.waitForURL(/\/sap-xep\/\d+$/);
    await officer.getByRole('heading', { name: TITLE }).waitFor();
    expect(await overflow(officer)).toBe(0);
  });

  it('rehearses it, says what becomes of open work, and asks the leader', async () => {
    await officer.getByRole('button', { name: /Diễn tập$/ }).click();
    await officer.getByRole('tab', { name: /^Đơn vị đổi chỗ/ }).waitFor();
    const placements = officer.getByRole('tabpanel').filter({ hasText: 'Thay đổi' });
    await placements.getByText(UNION).first().waitFor();
    expect(await placements.getByText('kết thúc').count()).toBe(2);
    await officer.getByRole('tab', { name: /^Tổng hợp kỳ/ }).click();
    await officer.getByText('Quy về tổ chức hiện nay').waitFor();

    const kinds = officer.getByLabel(/^Cách xử lý cho tất cả/);
    const left = officer.locator('.mark').filter({ hasText: 'chưa quyết' });
    for (let index = 0, count = await kinds.count(); index < count; index += 1) {
      await kinds.nth(index).click();
      await officer
        .locator('.ant-select-item-option:visible')
        .filter({ hasText: `Chuyển ${UNION}` })
        .click();
      await left.nth(count - index - 1).waitFor({ state: 'detached' });
    }
    expect(await left.count()).toBe(0);
    await confirm(officer, 'Trình duyệt');
  });

  it('the leader finds it on the desk, applies it, and the tree has changed', async () => {
    leader = await at('mh-lanh-dao');
    await leader.getByRole('link', { name: new RegExp(escaped(TITLE)) }).click();
    await leader.getByRole('heading', { name: TITLE }).waitFor();
    await confirm(leader, 'Thực hiện');
    await leader.getByText('Đã thực hiện').first().waitFor();

    await leader.goto(`${site.url}/don-vi/MH-CDN-GDYT?muc=lich-su`);
    await leader.getByRole('heading', { name: UNION }).waitFor();
    await leader.getByText('Số 45/QĐ-LĐLĐ').waitFor();
    await leader.getByRole('link', { name: EDUCATION }).waitFor();
    await leader.getByRole('tab', { name: 'Đơn vị trực thuộc' }).click();
    await leader.getByRole('link', { name: /CĐCS số 1, ngành Giáo dục/ }).waitFor();
    await leader.getByRole('link', { name: /CĐCS số 1, ngành Y tế/ }).waitFor();
  });

  it('the summary counts the merger, and the old union keeps its page and its history', async () => {
    await leader.goto(`${site.url}/tong-hop?don-vi=MH-LDLD&tu=2026-12-01&den=2026-12-31`);
    await leader.getByText('Số liệu mới nhất').waitFor({ timeout: 20_000 });
    await leader.getByRole('button', { name: /^2 công đoàn/ }).click();
    const drawer = leader.getByRole('dialog');
    await drawer.getByRole('link', { name: EDUCATION }).click();
    await leader.getByRole('heading', { name: EDUCATION }).waitFor();
    await leader.getByText(`Sáp nhập thành ${UNION}`).waitFor();
    await leader.getByRole('tabpanel').getByRole('link', { name: UNION }).waitFor();
    expect(faults).toEqual([]);
  });
});

/** Presses the page's button, and the same in the dialog that asks for confirmation. */
async function confirm(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function day(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel(label, { exact: true }).press('Enter');
}

/** Chooses by typing, again where a list that was still opening took no notice. */
async function choose(page: Page, label: string, name: string): Promise<void> {
  const box = page.getByLabel(label, { exact: true });
  const chosen = box
    .locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " ant-select ")][1]')
    .filter({ hasText: name });
  for (let attempt = 1; ; attempt += 1) {
    if ((await box.getAttribute('readonly')) === null) await box.fill(name);
    else await box.click();
    await page.locator('.ant-select-item-option:visible').filter({ hasText: name }).first().click();
    const seen = await chosen.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (seen) return;
    if (attempt === 3) throw new Error(`${name} was not chosen`);
  }
}

function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

function escaped(text: string): string {
  return text.replace(/[()]/g, '\\$&');
}
