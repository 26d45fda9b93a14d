import { DEMO_PASSWORD } from '@lib/access';
import { testApi, type TestAnswer, type TestApi } from '../support/api.js';

/** The register as lists: by unit, by every filter, page after page. */
describe('the register', () => {
  let api: TestApi;
  let officer: string;

  beforeAll(async () => {
    api = await testApi({ template: 'demo' });
    officer = await api.signIn('mh-can-bo', DEMO_PASSWORD);
  });
  afterAll(() => api.close());

  const get = (url: string): Promise<TestAnswer> => api.inject('GET', `/api/${url}`, { as: officer });

  test('of a unit shows what it received, what it conferred, and decisions of others that name its people', async () => {
    const batches = await get('award-batches?unit=MH-CDN-YT-CS3');
    expect(batches.status).toBe(200);
    const units = batches.body.items.map((item: { unit: { code: string } }) => item.unit.code);
    expect(new Set(units)).toEqual(new Set(['MH-LDLD']));
    const people = await get('awards?unit=MH-CDN-YT-CS3');
    expect(people.status).toBe(200);
    expect(people.body.items.map((item: { unit: { code: string } }) => item.unit.code)).toEqual(
      Array(8).fill('MH-CDN-YT-CS3'),
    );
  });

  const FILTERS = [
    'unit=MH-LDLD',
    'from=2026-01-01&to=2026-06-30',
    'kind=AWARD',
    'form=BANG_KHEN',
    'type=AD_HOC',
    'conferringLevel=STATE_ORGAN',
    'state=LIVE',
    'q=minh+hoa',
    'unit=MH-CDN-GD&from=2025-01-01&to=2026-12-31&kind=AWARD&form=GIAY_KHEN&type=MERIT&conferringLevel=DIRECT_UPPER_UNION&state=LIVE&q=nganh',
  ];

  test.each(FILTERS.flatMap((filter) => ['award-batches', 'awards'].map((list) => [list, filter])))(
    '%s?%s, two at a time, is the whole list',
    async (list, filter) => {
      const whole = await get(`${list}?${filter}&limit=200`);
      expect(whole.status).toBe(200);
      const paged: { id: number }[] = [];
      let after: string | null = '';
      while (after !== null) {
        const page: TestAnswer = await get(`${list}?${filter}&limit=2${after ? `&after=${after}` : ''}`);
        expect(page.status).toBe(200);
        paged.push(...page.body.items);
        after = page.body.next;
      }
      expect(paged.map((item) => item.id)).toEqual(whole.body.items.map((item: { id: number }) => item.id));
    },
  );
});
