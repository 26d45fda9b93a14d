import { Refused, type Day } from '@lib/kernel';

/** A dated state of a unit; `vfrom` is -infinity where the beginning is unknown, `vto` the first day after. */
export interface Version {
  readonly vfrom: Day | '-infinity';
  readonly vto: Day | 'infinity';
  readonly parentId: number | null;
  readonly level: string;
  readonly kind: string | null;
  readonly name: string;
  readonly suspended: boolean;
}

export type VersionChange = Partial<Pick<Version, 'parentId' | 'level' | 'kind' | 'name' | 'suspended'>>;

/** Order of days with both infinities. */
export function before(a: string, b: string): boolean {
  if (a === b || a === 'infinity' || b === '-infinity') return false;
  return a === '-infinity' || b === 'infinity' || a < b;
}

/** @throws Refused `units.empty_validity` or `units.overlapping_versions`; the field names the later of the two. */
export function checkVersions(versions: readonly Version[]): void {
  versions.forEach((version, index) => {
    if (!before(version.vfrom, version.vto))
      throw new Refused(
        'units.empty_validity',
        'Ngày kết thúc phải sau ngày bắt đầu hiệu lực.',
        `versions[${index}].validTo`,
      );
    const clash = versions.findIndex(
      (other, i) => i < index && before(other.vfrom, version.vto) && before(version.vfrom, other.vto),
    );
    if (clash >= 0)
      throw new Refused(
        'units.overlapping_versions',
        'Hai giai đoạn hiệu lực của đơn vị chồng lên nhau.',
        `versions[${index}].validFrom`,
      );
  });
}

/**
 * The versions that a change from `from` until `until` leaves: what lies before and after stays as it was.
 * Returns null when the unit has no validity in those days.
 */
export function cut(
  versions: readonly Version[],
  from: Day,
  until: Day | 'infinity',
  change: VersionChange,
): Version[] | null {
  const result: Version[] = [];
  let touched = false;
  for (const version of versions) {
    if (!before(version.vfrom, until) || !before(from, version.vto)) {
      result.push(version);
      continue;
    }
    touched = true;
    if (before(version.vfrom, from)) result.push({ ...version, vto: from });
    result.push({
      ...version,
      ...change,
      vfrom: before(version.vfrom, from) ? from : version.vfrom,
      vto: before(until, version.vto) ? until : version.vto,
    });
    if (before(until, version.vto)) result.push({ ...version, vfrom: until });
  }
  return touched ? result : null;
}

/** Neighbours that say the same become one. */
export function joined(versions: readonly Version[]): Version[] {
  const result: Version[] = [];
  for (const v of versions.toSorted((a, b) => (before(a.vfrom, b.vfrom) ? -1 : 1))) {
    const last = result.at(-1);
    const same =
      last?.vto === v.vfrom &&
      last.parentId === v.parentId &&
      last.level === v.level &&
      last.kind === v.kind &&
      last.name === v.name &&
      last.suspended === v.suspended;
    if (same) result[result.length - 1] = { ...last, vto: v.vto };
    else result.push(v);
  }
  return result;
}

export function cycle(field = 'parent'): Refused {
  return new Refused('units.cycle', 'Đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.', field);
}
