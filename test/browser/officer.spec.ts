import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { browserPath, launch, openSite, type Site } from './browser.js';

let site: Site;

beforeAll(async () => {
  site = await openSite();
}, 60_000);

afterAll(() => site?.api.close());

describe('the first screen', () => {
  it('asks for at most 200 kB compressed before somebody signs in', async () => {
    const { text: html } = await site.api.inject('GET', '/');
    const assets = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets.length).toBeGreaterThan(1);
    const answers = await Promise.all(['/', ...assets].map((path) => site.api.inject('GET', path)));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    const bytes = answers.reduce((sum, answer) => sum + gzipSync(answer.bytes).length, 0);
    expect(bytes).toBeLessThan(200_000);
  });
});

const chromium = browserPath();

// A machine without a browser still proves everything else; the CI demands one (browserPath).
if (chromium) {
  describe('an officer of CĐVC Cao Bằng in the browser', () => {
    let browser: Browser;
    let page: Page;
    const faults: string[] = [];

    beforeAll(async () => {
      browser = await launch(chromium);
      page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => faults.push(error.message));
    });

    afterAll(() => browser?.close());

    it('signs in with a demo account that one click fills in', async () => {
      await page.goto(site.url);
      await page.getByRole('button', { name: /^cdvc-caobang/ }).click();
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await page.getByRole('heading', { name: 'Trang chủ' }).waitFor();
      expect(await page.getByText('Không đưa tài liệu mật vào hệ thống.').isVisible()).toBe(true);
    });

    it('reads G2, 29 collectives and 51 individuals, from the page', async () => {
      await page.goto(`${site.url}/tong-hop?don-vi=CDVC-CAOBANG&tu=2020-01-01&den=2020-07-31`);
      await page.getByText('Số liệu mới nhất').waitFor();
      expect(await totals(page)).toEqual(['29', '51']);
      expect(await rows(page, 'Theo cấp quyết định')).toEqual([
        ['Tổng Liên đoàn', '0', '2'],
        ['LĐLĐ tỉnh, thành phố', '3', '6'],
        ['Công đoàn cấp trên trực tiếp cơ sở', '16', '28'],
        ['Công đoàn cơ sở', '10', '15'],
        ['Cộng', '29', '51'],
      ]);
      expect(await overflow(page)).toBe(0);
    });

    it('opens a figure down to the records that make it, and from there the decision', async () => {
      await page
        .getByRole('button', { name: /^28 lượt cá nhân/ })
        .first()
        .click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('khớp với con số đã in').waitFor();
      expect(plain(await drawer.getByRole('status').innerText())).toContain('Cộng 2 bản ghi: 16 tập thể, 28 cá nhân');
      await drawer.getByRole('link', { name: /Điển hình tiên tiến/ }).click();
      await page.getByRole('heading', { name: 'Giấy khen' }).waitFor();
      expect(plain(await page.getByRole('main').innerText())).toContain('tháng 5/2020');
    });

    it('records a decision with a pasted list in one step, and sees what is wrong beside its field first', async () => {
      await page.getByRole('menuitem', { name: 'Ghi quyết định' }).click();
      await page.getByRole('button', { name: 'Ghi vào sổ vàng' }).click();
      await page.getByText('Mời chọn cơ quan quyết định.').waitFor();

      await page.getByLabel('Số quyết định').fill('45');
      await page.getByLabel('Ký hiệu').fill('QĐ-CĐVC');
      await typeDay(page, 'Ngày quyết định', '15/06/2020');
      await choose(page, 'Hình thức', 'Giấy khen');
      await choose(page, 'Cơ quan quyết định', 'Công đoàn Viên chức tỉnh Cao Bằng');
      await page.getByLabel('Tập thể', { exact: true }).fill('1');
      await page.getByLabel('Cá nhân', { exact: true }).fill('2');
      await page.getByRole('button', { name: 'Dán từ Excel' }).click();
      const pasted = 'STT\tHọ và tên\tNăm sinh\tĐơn vị\n1\tNông Thị Kiểm Thử\t1984\tCĐCS Sở Nội vụ tỉnh Cao Bằng';
      await page.getByLabel(/Chép các cột/).fill(pasted);
      await page.getByRole('button', { name: 'Đưa vào danh sách' }).click();
      expect(await page.getByLabel('Dòng 1: họ và tên').inputValue()).toBe('Nông Thị Kiểm Thử');
      await page.getByRole('button', { name: 'Ghi vào sổ vàng' }).dblclick();

      await page.waitForURL(/\/so-vang\/\d+$/);
      await page.getByRole('heading', { name: 'Giấy khen' }).waitFor();
      const text = plain(await page.getByRole('main').innerText());
      expect(text).toContain('Số 45/QĐ-CĐVC ngày 15/06/2020');
      expect(text).toContain('Nông Thị Kiểm Thử');
    });

    it('finds it once in the register without typing accents, and in the summary of its period', async () => {
      await page.goto(`${site.url}/so-vang?xem=nguoi&tim=nong thi kiem`);
      await page.getByText('Nông Thị Kiểm Thử').waitFor();
      expect(await page.getByText('Nông Thị Kiểm Thử').count()).toBe(1);
      await page.goto(`${site.url}/tong-hop?don-vi=CDVC-CAOBANG&tu=2020-01-01&den=2020-07-31`);
      await page
        .getByRole('button', { name: /^53 lượt cá nhân/ })
        .first()
        .waitFor();
      expect(await totals(page)).toEqual(['30', '53']);
    });

    it('revokes the one person asked for, and nobody else in the decision', async () => {
      await page.goto(`${site.url}/so-vang?xem=nguoi&tim=nong thi kiem`);
      await page.getByRole('link', { name: 'Giấy khen' }).click();
      await page
        .getByRole('row', { name: /Nông Thị Kiểm Thử/ })
        .getByRole('button', { name: 'Huỷ' })
        .click();
      await page.getByLabel('Lý do huỷ').fill('Kê khai chưa đúng');
      await page.getByRole('button', { name: 'Ghi việc huỷ' }).click();
      await page.getByText(/Đã huỷ Nông Thị Kiểm Thử/).waitFor();
      const counted = page.getByRole('row', { name: /Đang tính vào tổng hợp/ }).locator('td');
      expect((await counted.allInnerTexts()).slice(1, 3)).toEqual(['1', '1']);
    });

    it('comes back to the same page, entries and all, when the session ends under way', async () => {
      await page.goto(`${site.url}/ghi-quyet-dinh`);
      await page.getByLabel('Số quyết định').fill('99');
      await page.context().clearCookies();
      await page.getByRole('button', { name: 'Thêm cá nhân' }).click();
      await page.getByLabel('Dòng 1: họ và tên').fill('Nông Thị');
      await page.getByText('Phiên làm việc đã hết.').waitFor();
      await page.getByLabel('Mật khẩu').fill('so-vang-minh-hoa');
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await page.getByText('Phiên làm việc đã hết.').waitFor({ state: 'detached' });
      expect(await page.getByLabel('Số quyết định').inputValue()).toBe('99');
      expect(faults).toEqual([]);
    });
  });
}

/** The two big figures of "Khen thưởng". */
function totals(page: Page): Promise<string[]> {
  return page.locator('.total').first().locator('.figure').allInnerTexts();
}

/** Text of the cells of a card's table. */
async function rows(page: Page, title: string): Promise<string[][]> {
  const card = page
    .locator('.ant-card')
    .filter({ has: page.getByText(title, { exact: true }) })
    .first();
  const found = await card.locator('tbody tr').all();
  return Promise.all(found.map((row) => row.locator('td').allInnerTexts()));
}

async function typeDay(page: Page, label: string, day: string): Promise<void> {
  await page.getByLabel(label).fill(day);
  await page.keyboard.press('Enter');
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.getByLabel(label, { exact: true }).fill(name);
  await page.locator('.ant-select-item-option').filter({ hasText: name }).first().click();
}

function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}

/** Numbers are kept on one line with what they count by unbreakable spaces. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
