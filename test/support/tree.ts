import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { systemActor, type Level } from '@lib/kernel';
import { UnitsService } from '@lib/units';

/** A small tree with two branches that must not see each other: TLD over TINH-A (CS-A1, CS-A2) and TINH-B (CS-B1). */
export async function smallTree(app: NestFastifyApplication): Promise<void> {
  const units = app.get(UnitsService);
  const plant = (code: string, name: string, level: Level, parent: string | null) =>
    units.create(systemActor('test'), { code, name, level, parent });
  await plant('TLD', 'Tổng Liên đoàn', 'CONFEDERATION', null);
  await plant('TINH-A', 'Liên đoàn Lao động tỉnh A', 'PROVINCIAL_FEDERATION', 'TLD');
  await plant('TINH-B', 'Liên đoàn Lao động tỉnh B', 'PROVINCIAL_FEDERATION', 'TLD');
  await plant('CS-A1', 'Công đoàn cơ sở A1', 'GRASSROOTS_UNION', 'TINH-A');
  await plant('CS-A2', 'Công đoàn cơ sở A2', 'GRASSROOTS_UNION', 'TINH-A');
  await plant('CS-B1', 'Công đoàn cơ sở B1', 'GRASSROOTS_UNION', 'TINH-B');
}
