import { printDay, printNumber, printQualified } from '@lib/kernel';
import type { AgencyCount, OrganisationSection } from '@lib/results';
import type { UnitChangeCount } from '@lib/units';
import { list, row } from './print-rows.js';

/** Unions founded and ended, agencies without one, members admitted; nothing where nothing is known of any. */
export function printOrganisation(of: OrganisationSection): string[] {
  const { membersAdmitted, agenciesWithoutUnion, agenciesUnionised } = of;
  return list('PHÁT TRIỂN TỔ CHỨC, ĐOÀN VIÊN (không cộng vào khen thưởng)', [
    ...change('Công đoàn thành lập mới', of.founded),
    ...change('Thành lập do sáp nhập, chia tách', of.foundedByReorganisation),
    ...change('Giải thể', of.dissolved),
    ...change('Kết thúc do sáp nhập', of.merged),
    ...change('Kết thúc do chia tách', of.split),
    ...agencies(`Cơ quan chưa có công đoàn (đến ${printDay(agenciesWithoutUnion.asOf)})`, agenciesWithoutUnion),
    ...agencies('Cơ quan đã lập được công đoàn trong kỳ', agenciesUnionised),
    ...(membersAdmitted.figure === null
      ? []
      : [
          row(
            '  Đoàn viên kết nạp mới',
            [
              printQualified(membersAdmitted.figure),
              membersAdmitted.stated && `báo cáo nêu ${printQualified(membersAdmitted.stated)}`,
              membersAdmitted.named > 0 &&
                `có tên ${printNumber(membersAdmitted.named)}, trong đó ${printNumber(membersAdmitted.beyondStated)} ngoài báo cáo`,
            ]
              .filter(Boolean)
              .join('; '),
          ),
        ]),
  ]);
}

function change(label: string, { total, byLevel }: UnitChangeCount): string[] {
  if (total === 0) return [];
  const levels = byLevel.map(({ levelName, count }) => `${printNumber(count)} ${levelName}`).join(', ');
  return [row(`  ${label}`, `${printNumber(total)} (${levels})`)];
}

function agencies(label: string, { count, workers, workersUnknown }: AgencyCount): string[] {
  if (count === 0) return [];
  const unknown = workersUnknown > 0 ? `${printNumber(workersUnknown)} nơi chưa rõ số lao động` : '';
  return [
    row(
      `  ${label}`,
      [printNumber(count), workers && `${printQualified(workers)} lao động`, unknown].filter(Boolean).join('; '),
    ),
  ];
}
