import { useQueries, useQueryClient } from '@tanstack/react-query';
import { Input, Tree } from 'antd';
import { useMemo, useState, type Key } from 'react';
import type { Day, FoundUnit, UnitNode } from '../contract.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { useDebounced } from '../common/useDebounced.js';
import { fetchUnits, unitKeys, useUnitSearch, useUnits } from './units.api.js';

interface Props {
  on: Day | null;
  selected: string | null;
  onSelect: (code: string) => void;
}

interface Node {
  key: string;
  title: string;
  isLeaf: boolean;
  unit: UnitNode;
  children?: Node[];
}

/** Children are fetched when a branch is opened: a federation may have thousands of unions below it. */
export function UnitTree({ on, selected, onSelect }: Props) {
  const [text, setText] = useState('');
  const q = useDebounced(text.trim());
  return (
    <>
      <Input.Search
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="Tìm đơn vị (không cần dấu)"
        aria-label="Tìm đơn vị"
      />
      <div className="tree-scroll">
        {q ? (
          <Found q={q} on={on} selected={selected} onSelect={onSelect} />
        ) : (
          <Branches on={on} selected={selected} onSelect={onSelect} />
        )}
      </div>
    </>
  );
}

function Branches({ on, selected, onSelect }: Props) {
  const client = useQueryClient();
  const roots = useUnits(null, on);
  const [loaded, setLoaded] = useState<string[]>([]);
  // Watched, not kept: a unit that is added or moved stands in its place at once.
  const opened = useQueries({
    queries: loaded.map((code) => ({ queryKey: unitKeys.children(code, on), queryFn: () => fetchUnits(code, on) })),
    combine: (found) => new Map(loaded.map((code, index) => [code, found[index]?.data])),
  });
  const [expanded, setExpanded] = useState<Key[] | null>(null);

  const nodes = useMemo(() => (roots.data ?? []).map((unit) => nodeOf(unit, opened)), [roots.data, opened]);
  const load = async (code: string) => {
    await client.fetchQuery({ queryKey: unitKeys.children(code, on), queryFn: () => fetchUnits(code, on) });
    setLoaded((now) => (now.includes(code) ? now : [...now, code]));
  };
  if (roots.isPending) return <Loading />;
  if (roots.isError) return <Failed error={roots.error} onRetry={() => void roots.refetch()} />;
  if (!nodes.length)
    return <Nothing>{on ? 'Ngày này chưa có đơn vị nào.' : 'Anh/chị chưa được giao đơn vị nào.'}</Nothing>;
  return (
    <Tree<Node>
      blockNode
      treeData={nodes}
      selectedKeys={selected ? [selected] : []}
      expandedKeys={expanded ?? roots.data.slice(0, 1).map(({ code }) => code)}
      onExpand={(keys) => setExpanded(keys)}
      loadData={(node) => load(String(node.key))}
      onSelect={(_, { node }) => onSelect(node.key)}
      titleRender={renderTitle}
    />
  );
}

function nodeOf(unit: UnitNode, opened: ReadonlyMap<string, UnitNode[] | undefined>): Node {
  const below = opened.get(unit.code);
  return {
    key: unit.code,
    title: unit.name,
    isLeaf: unit.childCount === 0,
    unit,
    ...(below ? { children: below.map((child) => nodeOf(child, opened)) } : {}),
  };
}

function renderTitle({ unit }: { unit: UnitNode }) {
  return (
    <span
      className={unit.suspended ? 'unit-title unit-suspended' : 'unit-title'}
      title={`${unit.levelName} · ${unit.code}`}
    >
      {unit.name}
      {unit.childCount > 0 && <small> {unit.childCount}</small>}
      {unit.suspended && <em> tạm dừng</em>}
    </span>
  );
}

function Found({ q, on, selected, onSelect }: Props & { q: string }) {
  const found = useUnitSearch(q, on);
  if (found.isPending) return <Loading rows={3} />;
  if (found.isError) return <Failed error={found.error} />;
  if (!found.data.length) return <Nothing>Không có đơn vị nào tên như “{q}”.</Nothing>;
  return (
    <ul className="found">
      {found.data.map((unit) => (
        <li key={unit.code}>
          <button type="button" aria-pressed={unit.code === selected} onClick={() => onSelect(unit.code)}>
            {unit.name}
            <small>{pathAbove(unit)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

function pathAbove(unit: FoundUnit): string {
  const above = unit.path.filter(({ code }) => code !== unit.code).map(({ name }) => name);
  return [unit.levelName, ...above.slice(-2)].join(' · ');
}
