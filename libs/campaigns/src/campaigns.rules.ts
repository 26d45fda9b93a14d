import { fold, Refused, tidy, type Day, type RefusalDetail } from '@lib/kernel';
import type { Campaign } from './campaigns.entity.js';
import type { CampaignContestRow, PrizeFigure } from './campaign.block.js';

interface Times {
  readonly launchDay: Day | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly deployBy: Day | null;
}

/** @throws Refused for days that cannot follow one another; a named period is free text and is not compared (DR-68) */
export function checkTimes({ launchDay, from, to, deployBy }: Times): void {
  const wrong: RefusalDetail[] = [];
  if (from && to && to < from)
    wrong.push({
      code: 'campaigns.ends_before_start',
      field: 'to',
      message: 'Ngày kết thúc không được trước ngày bắt đầu.',
    });
  if (launchDay && to && to < launchDay)
    wrong.push({
      code: 'campaigns.ends_before_launch',
      field: 'to',
      message: 'Ngày kết thúc không được trước ngày phát động.',
    });
  if (launchDay && deployBy && deployBy < launchDay)
    wrong.push({
      code: 'campaigns.deployed_before_launch',
      field: 'deployBy',
      message: 'Hạn triển khai không được trước ngày phát động.',
    });
  if (wrong.length > 0) throw Refused.all(wrong);
}

/** The five contents of Điều 17 (Luật TĐKT 2022) that a draft must have before it is submitted, with their field and name. */
const CONTENTS = [
  ['objective', 'mục tiêu'],
  ['subjects', 'phạm vi, đối tượng'],
  ['content', 'nội dung và tiêu chí'],
  ['plan', 'kế hoạch, biện pháp'],
] as const;

/** @throws Refused, naming every content that is missing */
export function checkContents(
  facts: Readonly<Record<(typeof CONTENTS)[number][0], string | null>> & Pick<Times, 'from'>,
): void {
  const missing: RefusalDetail[] = CONTENTS.filter(([field]) => !facts[field]).map(([field, name]) => ({
    code: 'campaigns.content_missing',
    field,
    message: `Còn thiếu ${name} (Điều 17).`,
  }));
  if (!facts.from)
    missing.push({ code: 'campaigns.content_missing', field: 'from', message: 'Còn thiếu thời gian (Điều 17).' });
  if (missing.length > 0) throw Refused.all(missing);
}

/** Folded words by which the list finds a campaign. */
export function campaignWords(code: string, name: string, aliases: readonly string[]): string {
  return fold([code, name, ...aliases].join(' '));
}

/** Names as they are stored: tidy, each once, not the name itself. */
export function cleanAliases(name: string, aliases: readonly string[]): string[] {
  const seen = new Set([tidy(name)]);
  return aliases.map(tidy).filter((alias) => alias !== '' && !seen.has(alias) && seen.add(alias));
}

export function textOrNull(text: string | null | undefined): string | null {
  return text && tidyLines(text) ? tidyLines(text) : null;
}

/** Long texts keep their lines. */
function tidyLines(text: string): string {
  return text.split('\n').map(tidy).join('\n').trim();
}

/** Contests with their prizes: a number that covers several contests stands once, beside all of them. */
export function contestRows(
  contests: readonly { readonly name: string; readonly aliases: readonly string[] }[],
  prizes: readonly PrizeFigure[],
): CampaignContestRow[] {
  const names = contests.map(({ name, aliases }) => new Set([name, ...aliases].map(fold)));
  const isOf = (prize: PrizeFigure, at: number): boolean => prize.contests.some((name) => names[at]?.has(fold(name)));
  const sums = new Map<string, { names: readonly string[]; prizes: number }>();
  for (const prize of prizes.filter((one) => names.some((_, at) => isOf(one, at)))) {
    const key = prize.contests.join('\n');
    sums.set(key, { names: prize.contests, prizes: (sums.get(key)?.prizes ?? 0) + prize.count });
  }
  const without = contests.filter((_, at) => !prizes.some((prize) => isOf(prize, at)));
  return [...sums.values(), ...without.map(({ name }) => ({ names: [name], prizes: null }))];
}

/** Whether summaries print something else now. */
export function printedDiffers(before: Printed, after: Printed): boolean {
  return PRINTED.some((field) => before[field] !== after[field]);
}

const PRINTED = ['name', 'category', 'kind', 'special', 'launchDay', 'from', 'to'] as const;
type Printed = Pick<Campaign, (typeof PRINTED)[number]>;

/** @throws Refused where the last day lies before the first */
export function checkOrder({ from, to }: { readonly from?: Day | null; readonly to?: Day | null }): void {
  if (from && to && to < from)
    throw new Refused('campaigns.ends_before_start', 'Ngày kết thúc không được trước ngày bắt đầu.', 'to');
}
