import type { INestApplicationContext } from '@nestjs/common';
import { CorrectService, RecordService, RevokeService, type LineInput } from '@lib/awards';
import { systemActor, type Day } from '@lib/kernel';
import type { Clock } from '@lib/platform';
import { StrengthsService, UnitsService } from '@lib/units';

const loader = systemActor('Nạp dữ liệu minh hoạ');
const MARK = '(Đơn vị minh hoạ)';
const SOURCE = 'Số liệu minh hoạ, không có thật';
const BRANCHES = [
  ['MH-CDN-GD', 'Công đoàn ngành Giáo dục'],
  ['MH-CDN-YT', 'Công đoàn ngành Y tế'],
  ['MH-CD-KCN', 'Công đoàn các khu công nghiệp'],
] as const;
const GRASSROOTS_EACH = 4;

/** Invented units, people and decisions, each marked as such: they show every screen with something in it. */
export async function foundSamples(app: INestApplicationContext, clock: Clock): Promise<void> {
  clock.setTo('2025-01-06');
  await foundUnits(app);
  await declareStrengths(app);
}

/** Two years of decisions of the samples. */
export async function loadSamples(app: INestApplicationContext, clock: Clock): Promise<void> {
  await yearOfAwards(app, clock, '2025');
  await yearOfAwards(app, clock, '2026');
  await laterChanges(app, clock);
}

async function foundUnits(app: INestApplicationContext): Promise<void> {
  const units = app.get(UnitsService);
  const validFrom = '2010-01-01';
  await units.create(loader, { code: 'MH-LDLD', name: `LĐLĐ tỉnh ${MARK}`, level: 'PROVINCIAL_FEDERATION', validFrom });
  await units.addOffice(loader, 'MH-LDLD', { code: 'MH-LDLD-VP', name: `Văn phòng LĐLĐ tỉnh ${MARK}` });
  for (const [code, name] of BRANCHES) {
    await units.create(loader, {
      code,
      name: `${name} ${MARK}`,
      level: 'DIRECT_UPPER_UNION',
      parent: 'MH-LDLD',
      validFrom,
    });
    for (let i = 1; i <= GRASSROOTS_EACH; i += 1)
      await units.create(loader, {
        code: `${code}-CS${i}`,
        name: `CĐCS số ${i}, ${name.replace('Công đoàn ', '')} ${MARK}`,
        level: 'GRASSROOTS_UNION',
        parent: code,
        validFrom,
      });
  }
  await units.addOutsideBody(loader, { code: 'MH-UBND', name: `UBND tỉnh ${MARK}`, level: 'STATE_ORGAN' });
}

async function declareStrengths(app: INestApplicationContext): Promise<void> {
  const strengths = app.get(StrengthsService);
  const stated = { asOf: '2025-01-01', source: SOURCE, qualifier: 'EXACT' } as const;
  await strengths.declare(loader, 'MH-LDLD', { ...stated, kind: 'MEMBERS', value: 12_400, qualifier: 'OVER' });
  await strengths.declare(loader, 'MH-LDLD', { ...stated, kind: 'WORKERS', value: 14_150 });
  await strengths.declare(loader, 'MH-LDLD', { ...stated, kind: 'UNITS', level: 'GRASSROOTS_UNION', value: 13 });
}

/** People of the samples carry the mark in their names: nobody real is meant. */
function people(seed: number, count: number, unit: string): LineInput[] {
  return Array.from({ length: count }, (_, i) => ({
    recipient: {
      personName: `Đoàn viên Minh Hoạ ${seed * 10 + i}`,
      birthYear: 1970 + ((seed * 7 + i * 5) % 30),
      gender: (seed + i) % 2 === 0 ? ('FEMALE' as const) : ('MALE' as const),
    },
    unit,
    registerNumber: 'auto',
  }));
}

async function yearOfAwards(app: INestApplicationContext, clock: Clock, year: string): Promise<void> {
  const records = app.get(RecordService);
  const on = (monthDay: string): { day: Day; when: { from: Day; to: Day; basis: 'DECISION' } } => {
    const day = `${year}-${monthDay}`;
    clock.setTo(day);
    return { day, when: { from: day, to: day, basis: 'DECISION' } };
  };
  for (const [index, [code]] of BRANCHES.entries()) {
    const { day, when } = on(`03-${10 + index}`);
    await records.record(loader, {
      kind: 'AWARD',
      form: 'GIAY_KHEN',
      type: 'MERIT',
      unit: code,
      source: SOURCE,
      when,
      conferring: [{ unit: code }],
      decision: { number: `${12 + index}`, symbol: 'QĐ-CĐ', date: day },
      lines: [
        { recipient: { unit: `${code}-CS1` }, registerNumber: 'auto' },
        ...people(index + 1, 3, `${code}-CS1`),
        ...people(index + 4, 2, `${code}-CS2`),
      ],
    });
  }
  const spring = on('05-15');
  await records.record(loader, {
    kind: 'AWARD',
    form: 'BANG_KHEN',
    type: 'CAMPAIGN',
    campaign: 'Lao động giỏi, lao động sáng tạo',
    unit: 'MH-LDLD',
    source: SOURCE,
    when: spring.when,
    conferring: [{ unit: 'MH-LDLD' }],
    decision: { number: '87', symbol: 'QĐ-LĐLĐ', date: spring.day },
    stated: { collectives: 6, individuals: 14, women: 8 },
    lines: [
      { recipient: { unit: 'MH-CDN-YT' } },
      { recipient: { unit: 'MH-CD-KCN-CS2' } },
      ...people(7, 4, 'MH-CDN-YT-CS3'),
    ],
  });
  const june = on('06-20');
  await records.record(loader, {
    kind: 'AWARD',
    form: 'BANG_KHEN',
    type: 'AD_HOC',
    reason: 'Khắc phục hậu quả thiên tai',
    unit: 'MH-CD-KCN',
    source: SOURCE,
    when: june.when,
    conferring: [{ outside: 'MH-UBND' }],
    stated: { collectives: 2, individuals: 3 },
  });
  await records.record(loader, {
    kind: 'TITLE',
    form: 'LDTT',
    unit: 'MH-CDN-GD',
    source: SOURCE,
    when: { from: `${year}-01-01`, to: june.day, basis: 'PERIOD' },
    conferring: [{ level: 'GRASSROOTS_UNION', within: 'MH-CDN-GD' }],
    stated: { individuals: 120, women: 85 },
  });
  await records.record(loader, {
    kind: 'RECOGNITION',
    unit: 'MH-LDLD',
    source: SOURCE,
    when: { from: `${year}-05-01`, to: `${year}-05-31`, basis: 'PERIOD' },
    conferring: [{ unit: 'MH-LDLD' }],
    reason: 'Đoàn viên tiêu biểu Tháng Công nhân',
    stated: { individuals: 60 },
  });
  await records.record(loader, {
    kind: 'PRIZE',
    unit: 'MH-LDLD',
    source: SOURCE,
    when: june.when,
    conferring: [{ unit: 'MH-LDLD' }],
    contests: ['Tìm hiểu Điều lệ Công đoàn Việt Nam'],
    tier: 'Giải A',
    stated: { collectives: 1, individuals: 2 },
  });
}

/** A backdated move, a revocation and a part-of link, so that these too have something to show. */
async function laterChanges(app: INestApplicationContext, clock: Clock): Promise<void> {
  clock.setTo('2026-07-10');
  await app.get(UnitsService).change(loader, 'MH-CDN-YT-CS4', { from: '2026-07-01', parent: 'MH-CD-KCN' });
  const declared = await app.get(RecordService).record(loader, {
    kind: 'AWARD',
    unit: 'MH-CDN-YT',
    source: SOURCE,
    when: { from: '2026-01-01', to: '2026-06-30', basis: 'PERIOD' },
    conferring: [{ level: 'GRASSROOTS_UNION', within: 'MH-CDN-YT' }],
    reason: 'Các CĐCS khen thưởng 6 tháng đầu năm',
    stated: { collectives: 5, individuals: 18 },
  });
  const part = await app.get(RecordService).record(loader, {
    kind: 'AWARD',
    unit: 'MH-CDN-YT-CS1',
    source: SOURCE,
    when: { from: '2026-04-30', to: '2026-04-30', basis: 'DECISION' },
    conferring: [{ unit: 'MH-CDN-YT-CS1' }],
    stated: { collectives: 1, individuals: 4 },
  });
  await app.get(CorrectService).setPartOf(loader, part.id, declared.id);
  clock.setTo('2026-09-03');
  await app.get(RevokeService).revoke(loader, declared.id, {
    reason: 'Kê khai nhầm thành tích (minh hoạ)',
    ground: 'VIOLATION_IN_PERIOD',
    counts: { individuals: 1 },
  });
}
