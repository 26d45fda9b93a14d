import ExcelJS from 'exceljs';
import { DEMO_PASSWORD } from '@lib/access';
import { settle } from '../support/settle.js';
import { testApi, type TestApi } from '../support/api.js';

type Cells = Record<string, unknown>;

/** The published figures again, read back from the cells of the workbook that an officer prints. */
describe('golden figures in a workbook', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    officer = await api.signIn('tld', DEMO_PASSWORD);
  });
  afterAll(() => api?.close());

  async function book(unit: string, from: string, to: string): Promise<(sheet: string) => Cells[]> {
    const question = `?unit=${unit}&from=${from}&to=${to}`;
    await api.inject('GET', `/api/summaries${question}`, { as: officer });
    await settle(api.app);
    const answer = await api.inject('GET', `/api/summaries/xlsx${question}`, { as: officer });
    expect(answer.status).toBe(200);
    const out = new ExcelJS.Workbook();
    await out.xlsx.load(answer.bytes as unknown as ArrayBuffer);
    return (name) => {
      const sheet = out.getWorksheet(name);
      if (!sheet) throw new Error(`no sheet ${name} in ${out.worksheets.map((one) => one.name).join(', ')}`);
      const values = sheet.getSheetValues() as unknown[][];
      const header = values[6]!;
      return values
        .slice(7)
        .map((row) => Object.fromEntries(header.slice(1).map((title, place) => [String(title), row[place + 1]])));
    };
  }
  const figure = (rows: Cells[], what: string): unknown => rows.find((row) => row['Nội dung'] === what)?.['Số'];

  test('G1: 10/19 of the police union in 2023, and 47 prizes beside them', async () => {
    const sheet = await book('CDCAND', '2023-01-01', '2023-12-31');
    const all = sheet('Tổng số');
    expect([figure(all, 'Khen thưởng: tập thể'), figure(all, 'Khen thưởng: cá nhân')]).toEqual([10, 19]);
    expect(figure(all, 'Giải thưởng cuộc thi')).toBe(47);
    const lines = sheet('Khen thưởng từng dòng').map((row) => [row['Tập thể'], row['Cá nhân']]);
    expect(lines).toEqual([
      [8, 6],
      [0, 11],
      [2, 2],
    ]);
    expect(sheet('Khen thưởng từng dòng')[0]!['Từ ngày']).toEqual(new Date('2023-12-06T00:00:00Z'));
  });

  test('G2: 29/51 of the province’s officials in seven months of 2020, by level and by form', async () => {
    const sheet = await book('CDVC-CAOBANG', '2020-01-01', '2020-07-31');
    const all = sheet('Tổng số');
    const pairs = (name: string): unknown[] => sheet(name).map((row) => [row['Tập thể'], row['Cá nhân']]);
    expect([figure(all, 'Khen thưởng: tập thể'), figure(all, 'Khen thưởng: cá nhân')]).toEqual([29, 51]);
    expect(pairs('Khen thưởng theo cấp')).toEqual([
      [0, 2],
      [3, 6],
      [16, 28],
      [10, 15],
    ]);
    expect(pairs('Khen thưởng theo hình thức')).toEqual([
      [0, 2],
      [16, 28],
      [13, 21],
    ]);
  });

  test('G5: “hơn 2.400 suất quà, gần 1,4 tỷ” and 14/24 keep their words, their numbers and their percentage', async () => {
    const sheet = await book('CDCAND', '2024-01-01', '2024-06-30');
    const gifts = sheet('Kết quả, chăm lo').find((row) => row['Số lượng'] === 2400)!;
    expect([gifts['Số lượng (hơn, gần…)'], gifts['Số tiền (đồng) (hơn, gần…)'], gifts['Số tiền (đồng)']]).toEqual([
      'hơn',
      'gần',
      1_400_000_000,
    ]);
    const [covered] = sheet('Độ phủ').filter((row) => row['Đã triển khai'] === 14);
    expect([covered!['Tổng số'], covered!['Tỷ lệ']]).toEqual([24, 0.583]);
  });
});
