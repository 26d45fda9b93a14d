import { printDay, printNumber, printQualified, type Qualified } from '@lib/kernel';
import type { Counts } from '@lib/figures';
import type { IndicatorRow, TargetRow } from '@lib/results';
import type { ProcessSections } from './body.js';
import { printOrganisation } from './print-organisation.js';
import { list, row } from './print-rows.js';

/** `58,3`: one decimal, as papers print percentages. */
const percents = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });
const OUTCOMES = { EXCEEDED: 'vượt', MET: 'đạt', NOT_MET: 'chưa đạt' } as const;

/** What stands beside the awards: indicators with money and targets, coverage, campaigns. */
export function printProcess(s: ProcessSections): string[] {
  return [
    ...list('KẾT QUẢ, CHĂM LO (không cộng vào khen thưởng)', [
      ...s.indicators.flatMap((one) => [
        row(`  ${one.name}${one.status === 'DELIVERED' ? '' : ` (${one.statusName.toLowerCase()})`}`, figures(one)),
        ...one.targets.map((target) =>
          row(`    chỉ tiêu${target.unit ? ` của ${target.unit.name}` : ''}: ${target.label}`, targetText(target)),
        ),
      ]),
      ...s.moneyGroups.map((group) =>
        row(
          `  Chung: ${group.names.join(' + ')}`,
          money(group.value === null ? null : { value: group.value, qualifier: group.qualifier ?? 'EXACT' }),
        ),
      ),
    ]),
    ...list(
      'MỨC ĐỘ TRIỂN KHAI',
      s.coverage.map((one) =>
        row(
          `  ${one.campaign}, ${one.levelName}${one.unit ? `, ${one.unit.name}` : ''}`,
          [
            `${printNumber(one.deployed)}/${one.expected === null ? '?' : printNumber(one.expected)}`,
            one.percent === null ? '(chưa rõ mẫu số)' : `(${percents.format(one.percent)}%)`,
            one.unknown ? `${printNumber(one.unknown)} đơn vị chưa có danh sách` : '',
            `đến ${printDay(one.asOf)}`,
            one.expectedOn && one.expectedOn !== one.asOf ? `mẫu số theo tổ chức ngày ${printDay(one.expectedOn)}` : '',
          ]
            .filter(Boolean)
            .join(' '),
        ),
      ),
    ),
    ...list('PHONG TRÀO', [
      ...s.campaigns.map((one) =>
        row(
          `  ${one.name}`,
          [
            one.stateName.toLowerCase(),
            `đã triển khai ${printNumber(one.deployment.deployed)}, có kế hoạch ${printNumber(one.deployment.planned)}, chưa ${printNumber(one.deployment.notStarted)}, chưa báo cáo ${printNumber(one.deployment.notReported)}`,
            `khen ${printNumber(one.awards.collectives)} tập thể, ${printNumber(one.awards.individuals)} cá nhân`,
          ].join('; '),
        ),
      ),
      ...(s.furtherCampaigns > 0
        ? [row('  Của các đơn vị cấp dưới nữa', `${printNumber(s.furtherCampaigns)} phong trào`)]
        : []),
    ]),
    ...list('GIAO ƯỚC THI ĐUA', agreements(s)),
    ...printOrganisation(s.organisation),
    ...list(
      'ĐỀ NGHỊ KHEN THƯỞNG (không cộng vào khen thưởng)',
      s.proposals.map((one) =>
        row(
          `  ${one.formName} · ${one.toBody.name}`,
          `đề nghị ${counts(one.proposed)}; được khen ${counts(one.awarded)}`,
        ),
      ),
    ),
  ];
}

function figures({ count, money: sum, unitOfMeasure, asOf, nature, inPeriod }: IndicatorRow): string {
  const counted =
    count === null ? (sum === null ? 'chưa có số liệu' : '') : `${printQualified(count)} ${unitOfMeasure}`;
  const since =
    nature === 'FLOW' || asOf === null ? '' : `${nature === 'STOCK' ? 'tại' : 'luỹ kế đến'} ${printDay(asOf)}`;
  const within = inPeriod?.count ? `trong kỳ ${printQualified(inPeriod.count)}` : '';
  return [counted, sum === null ? '' : money(sum), since, within].filter(Boolean).join('; ');
}

function money(sum: Qualified | null): string {
  return sum === null ? 'chưa có số tiền' : `${printQualified(sum)} đồng`;
}

function targetText({
  total,
  reached,
  percentStated,
  percentDerived,
  outcomeStated,
  outcomeDerived,
}: TargetRow): string {
  const outcome = outcomeStated ?? outcomeDerived;
  const percent = percentDerived ?? percentStated;
  return [
    total === null ? 'không nêu số' : printQualified(total),
    reached === null ? '' : `đạt được ${printQualified(reached)}`,
    percent === null ? '' : `${percents.format(percent)}%`,
    outcome === null ? '' : OUTCOMES[outcome],
  ]
    .filter(Boolean)
    .join('; ');
}

function agreements({ agreements: { signed, members, late, commitments } }: ProcessSections): string[] {
  if (members === 0) return [];
  const { kept, running, overdue, broken, ended } = commitments;
  return [
    row(
      '  Đơn vị ký',
      `${printNumber(signed)}/${printNumber(members)}${late > 0 ? `, ${printNumber(late)} muộn` : ''}`,
    ),
    row(
      '  Cam kết',
      `${printNumber(kept)} đạt, ${printNumber(running)} đang thực hiện, ${printNumber(overdue)} quá hạn, ${printNumber(broken)} không đạt${ended > 0 ? `, ${printNumber(ended)} dừng cùng đơn vị` : ''}`,
    ),
  ];
}

function counts({ collectives, individuals, households }: Counts): string {
  return `${printNumber(collectives)} tập thể, ${printNumber(individuals)} cá nhân${households > 0 ? `, ${printNumber(households)} hộ` : ''}`;
}
