import { checkContents, checkTimes, cleanAliases, contestRows, printedDiffers, textOrNull } from './campaigns.rules.js';
import { CAMPAIGN_STEPS, campaignWorkflow, permissionsFor } from './campaigns.workflow.js';

const codes = (work: () => void): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return (error as { details: { code: string; field: string }[] }).details.map(
      ({ code, field }) => `${code} ${field}`,
    );
  }
};

describe('campaigns', () => {
  it('name every day that cannot follow another, and take days that are not known', () => {
    const times = { launchDay: '2024-05-01', from: '2024-06-01', to: '2024-04-30', deployBy: '2024-04-01' };
    expect(codes(() => checkTimes(times))).toEqual([
      'campaigns.ends_before_start to',
      'campaigns.ends_before_launch to',
      'campaigns.deployed_before_launch deployBy',
    ]);
    expect(codes(() => checkTimes({ launchDay: null, from: null, to: null, deployBy: null }))).toEqual([]);
  });

  it('are submitted with the five contents of Điều 17', () => {
    const empty = { objective: null, subjects: 'x', content: null, plan: 'x', from: null };
    expect(codes(() => checkContents(empty)).map((line) => line.split(' ')[1])).toEqual([
      'objective',
      'content',
      'from',
    ]);
    expect(codes(() => checkContents({ ...empty, objective: 'x', content: 'x', from: '2024-01-01' }))).toEqual([]);
  });

  it('keep other names once, tidy, and without their own; long texts keep their lines', () => {
    expect(cleanAliases('Giỏi', ['  Hai   chữ', 'Hai chữ', 'Giỏi', ' '])).toEqual(['Hai chữ']);
    expect(textOrNull('một  dòng \n\n hai')).toBe('một dòng\n\nhai');
    expect(textOrNull('  \n ')).toBeNull();
  });

  it('tell prizes once beside all the contests that one number covers, by name or alias', () => {
    const contests = [
      { name: 'Ca khúc', aliases: [] },
      { name: 'Biểu trưng', aliases: ['LOGO'] },
      { name: 'Ảnh', aliases: [] },
    ];
    const prizes = [
      { contests: ['Ca khúc', 'logo'], count: 40 },
      { contests: ['Ca khúc', 'logo'], count: 7 },
      { contests: ['Của người khác'], count: 5 },
    ];
    expect(contestRows(contests, prizes)).toEqual([
      { names: ['Ca khúc', 'logo'], prizes: 47 },
      { names: ['Ảnh'], prizes: null },
    ]);
  });

  it('know what summaries print of them', () => {
    const was = {
      name: 'A',
      category: 'MOVEMENT',
      kind: null,
      special: false,
      launchDay: null,
      from: null,
      to: null,
    } as const;
    expect(printedDiffers(was, { ...was })).toBe(false);
    expect(printedDiffers(was, { ...was, to: '2024-12-31' })).toBe(true);
  });

  it('are drafted by officers and decided by leaders; launching may be either’s', () => {
    expect(permissionsFor('submit', 'DRAFT')).toEqual(['campaign.register']);
    expect(permissionsFor('approve', 'SUBMITTED')).toEqual(['campaign.approve']);
    expect(permissionsFor('launch', 'APPROVED')).toContain('campaign.register');
    expect(permissionsFor('cancel', 'LAUNCHED')).toEqual(['campaign.approve']);
    expect(campaignWorkflow.open('LAUNCHED')).toEqual(['interim_review', 'final_review', 'cancel', 'end_with_unit']);
    // A unit that ends with its campaign is decided by the reorganisation, never by a button.
    expect(CAMPAIGN_STEPS).not.toContain('end_with_unit');
  });
});
