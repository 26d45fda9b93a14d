import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Day, Page, UnitNode, UnitRef } from '../contract.js';
import { fetchUnits, unitKeys } from './units.api.js';

/** A row of the tree: a unit, or a word in the place of units that are not there yet. */
export interface Row {
  key: string;
  title: string;
  isLeaf: boolean;
  unit: Pick<UnitNode, 'code' | 'name'> & Partial<UnitNode>;
  /** MORE: the next page; RETRY: the page did not come; WAIT: it is on its way. */
  word: 'MORE' | 'RETRY' | 'WAIT' | null;
  children?: Row[];
}

interface Asked {
  code: string;
  after: string | null;
}

type State = { data: Page<UnitNode> | undefined; failed: boolean; retry: () => void };
const keyOf = ({ code, after }: Asked): string => `${code}/${after ?? ''}`;

/**
 * Branches of the tree, each read a page at a time when it is opened. Watched, not kept: a unit that is added or moved stands in
 * its place at once. Units of `path` are shown below their parents even before their page is read.
 * @param unfolded codes of the branches that stand open; the first page below each of them is read
 */
export function useBranches(
  roots: readonly UnitNode[],
  path: readonly UnitRef[],
  on: Day | null,
  unfolded: readonly string[],
) {
  const [more, setMore] = useState<Asked[]>([]);
  const asked = useMemo(() => [...unfolded.map((code) => ({ code, after: null })), ...more], [unfolded, more]);
  const pages = useQueries({
    queries: asked.map(({ code, after }) => ({
      queryKey: unitKeys.children(code, on, after),
      queryFn: () => fetchUnits(code, on, after),
    })),
    combine: (found) =>
      new Map<string, State>(
        asked.map((one, index) => [
          keyOf(one),
          {
            data: found[index]?.data,
            failed: found[index]?.isError ?? false,
            retry: () => void found[index]?.refetch(),
          },
        ]),
      ),
  });
  const rows = useMemo(() => roots.map((unit) => rowOf(unit, pages, path)), [roots, pages, path]);
  const ask = (one: Asked) => setMore((now) => (now.some((held) => keyOf(held) === keyOf(one)) ? now : [...now, one]));
  return {
    rows,
    /** What a row in the place of units asks for. */
    follow: (row: Row) => {
      const [code = '', after = ''] = row.key.slice(row.key.indexOf(':') + 1).split('/');
      if (row.word === 'MORE') ask({ code, after });
      if (row.word === 'RETRY') pages.get(`${code}/${after}`)?.retry();
    },
  };
}

function rowOf(unit: Row['unit'], pages: ReadonlyMap<string, State>, path: readonly UnitRef[]): Row {
  const row: Row = { key: unit.code, title: unit.name, isLeaf: unit.childCount === 0, unit, word: null };
  return pages.has(keyOf({ code: unit.code, after: null })) && !row.isLeaf
    ? { ...row, children: childrenOf(unit.code, pages, path) }
    : row;
}

function childrenOf(code: string, pages: ReadonlyMap<string, State>, path: readonly UnitRef[]): Row[] {
  const found: UnitNode[] = [];
  const step = path.findIndex((unit) => unit.code === code);
  const below = step < 0 ? undefined : path[step + 1];
  let end: Row | null = null;
  for (let after: string | null = null; ;) {
    const at = keyOf({ code, after });
    const page = pages.get(at);
    if (!page) {
      end = wordRow('MORE', `more:${at}`, 'Xem thêm đơn vị');
      break;
    }
    if (!page.data) {
      end = page.failed
        ? wordRow('RETRY', `retry:${at}`, 'Chưa tải được; bấm để thử lại')
        : wordRow('WAIT', `wait:${at}`, 'Đang tải…');
      break;
    }
    found.push(...page.data.items);
    after = page.data.next;
    if (after === null) break;
  }
  const rows = found.map((unit) => rowOf(unit, pages, path));
  // What is looked for stands here before its page is read.
  if (below && end && !found.some((unit) => unit.code === below.code)) rows.push(rowOf(below, pages, path));
  return end ? [...rows, end] : rows;
}

function wordRow(word: Row['word'], key: string, title: string): Row {
  return { key, title, isLeaf: true, unit: { code: key, name: title }, word };
}
