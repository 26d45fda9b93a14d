import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '@lib/access';
import { openWorkbook, workbook, type CellGiven } from '../support/tables.js';
import { browserPath, launch, openSite, type Site } from './browser.js';

/** As it comes from a union: titles above, a header of two lines, a date where a year belongs, NFD text, a signature. */
const MESSY: readonly (readonly CellGiven[])[] = [
  ['CÔNG ĐOÀN VIÊN CHỨC TỈNH', null, null, null, null],
  ['DANH SÁCH TUYÊN DƯƠNG THÁNG CÔNG NHÂN', null, null, null, null],
  [],
  ['STT', 'Họ và tên', 'Thông tin cá nhân', null, 'Đơn vị'],
  [null, null, 'Năm sinh', 'Giới tính', null],
  [1, 'Nông Thị Minh Hoạ'.normalize('NFD'), '12/05/1980', 'Nữ', null],
  [2, '  Hoàng   Văn Minh Hoạ ', 1985, 'nam', 'CDVC-CAOBANG'],
  [3, 'Lý Văn Sai', 'tám lăm', 'Nam', null],
  [4, 'Bế Thị Lạc', 1990, 'Nữ', 'Công đoàn Không Có'],
  [null, null, null, 'NGƯỜI LẬP BIỂU', null],
];

const chromium = browserPath();

// A machine without a browser still proves everything else; the CI demands one (browserPath).
(chromium ? describe : describe.skip)('an officer’s messy list comes in, is corrected and undone', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let batch: number;
  const faults: string[] = [];

  beforeAll(async () => {
    site = await openSite('2024-07-16');
    const as = await site.api.signIn('cdvc-caobang', DEMO_PASSWORD);
    const recorded = await site.api.inject('POST', '/api/award-batches', {
      as,
      body: {
        kind: 'RECOGNITION',
        conferring: [{ unit: 'CDVC-CAOBANG' }],
        unit: 'CDVC-CAOBANG',
        when: { from: '2024-05-20', to: '2024-05-20', basis: 'PRESENTATION' },
        reason: 'Tháng Công nhân 2024 (Đơn vị minh hoạ)',
        stated: { individuals: 10 },
      },
    });
    batch = recorded.body.batch.id;
    browser = await launch(chromium ?? '');
    page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(site.url);
    await page.getByRole('button', { name: /^cdvc-caobang/ }).click();
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('heading', { name: 'Trang chủ' }).waitFor();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await site?.api.close();
  });

  const send = async (name: string, content: Buffer): Promise<void> => {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: content });
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByText('Đã kiểm tra, chưa ghi').waitFor();
  };
  const download = async (click: () => Promise<void>): Promise<Buffer> => {
    const coming = page.waitForEvent('download');
    await click();
    const path = join(tmpdir(), `so-vang-browser-${process.pid}.xlsx`);
    await (await coming).saveAs(path);
    return readFile(path);
  };
  let corrected: Buffer;

  it('is sent from the batch it belongs to, and shows its wrong cells before anything is written', async () => {
    const content = await workbook(MESSY, (sheet) => {
      sheet.mergeCells('A1:E1');
      sheet.mergeCells('C4:D4');
    });
    await page.goto(`${site.url}/so-vang/${batch}`);
    await page.getByRole('button', { name: 'Nhập từ Excel' }).click();
    await page.getByRole('heading', { name: 'Nhập từ Excel' }).waitFor();
    await send('danh-sach.xlsx', content);
    expect(await page.getByLabel('Kết quả đọc thử').innerText()).toMatch(/2\s+Sai[^]*2\s+Mới/);
    await page.getByText('“tám lăm” không phải một năm').waitFor();
    await page.getByText('Không có đơn vị “Công đoàn Không Có”').waitFor();
    await page.getByRole('tab', { name: 'Mới (2)' }).click();
    await page.getByText('người mới trong hệ thống').first().waitFor();
  });

  it('gives the officer’s own workbook back, with a comment at each wrong cell', async () => {
    const answer = await download(() => page.getByRole('button', { name: /đã đánh dấu ô sai/ }).click());
    const book = await openWorkbook(answer);
    const sheet = book.worksheets[0]!;
    expect(JSON.stringify(sheet.getCell('C8').note)).toContain('không phải một năm');
    sheet.getCell('C8').value = 1985;
    sheet.getCell('E9').value = null;
    corrected = Buffer.from(await book.xlsx.writeBuffer());
  });

  it('corrected, is accepted at once, and stands in the golden book', async () => {
    await page.goto(`${site.url}/nhap-excel?loai=award-lines&don-vi=CDVC-CAOBANG&dot=${batch}`);
    await send('danh-sach-da-sua.xlsx', corrected);
    await page.getByRole('button', { name: 'Chấp nhận, ghi vào hệ thống' }).click();
    await page.getByRole('button', { name: 'Ghi vào hệ thống', exact: true }).click();
    await page.getByText('Đã ghi 4 dòng mới').waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Xem đợt khen trong sổ vàng' }).click();
    await page.getByText('Lý Văn Sai').waitFor();
    const list = await openWorkbook(await download(() => page.getByRole('button', { name: 'Tải Excel' }).click()));
    expect(list.worksheets[0]!.getRow(6).getCell(3).value).toBe(1980);
  });

  it('is undone with a reason, and the names are gone', async () => {
    await page.goto(`${site.url}/nhap-excel`);
    await page.getByRole('link', { name: 'danh-sach-da-sua.xlsx' }).click();
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await page.getByLabel('Lý do').fill('Nhầm danh sách');
    await page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác' }).click();
    await page.getByText('Đã hoàn tác').first().waitFor();
    await page.goto(`${site.url}/so-vang/${batch}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByText('Lý Văn Sai').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
