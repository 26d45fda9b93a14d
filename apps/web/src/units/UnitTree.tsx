import { Input, Tree } from 'antd';
import { useEffect, useMemo, useRef, useState, type Key } from 'react';
import { printNumber } from '@lib/kernel';
import type { Day, FoundUnit, UnitRef } from '../contract.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import { useDebounced } from '../common/useDebounced.js';
import { useBranches, type Row } from './branches.js';
import { useRoots, useUnit, useUnitSearch } from './units.api.js';

interface Props {
  on: Day | null;
  selected: string | null;
  onSelect: (code: string) => void;
}

/** Branches are read page by page when they are opened, and only what is in sight is drawn: a country has 121.000 units. */
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
          <Found
            q={q}
            on={on}
            selected={selected}
            onSelect={(code) => {
              setText('');
              onSelect(code);
            }}
          />
        ) : (
          <Branches on={on} selected={selected} onSelect={onSelect} />
        )}
      </div>
    </>
  );
}

const NO_PATH: readonly UnitRef[] = [];

function Branches({ on, selected, onSelect }: Props) {
  const roots = useRoots(on);
  const unit = useUnit(selected, on);
  // What lies above my own units is named elsewhere, and not in the tree.
  const above = unit.data?.path ?? NO_PATH;
  const mine = above.findIndex(({ code }) => roots.data?.items.some((root) => root.code === code));
  const path = useMemo(() => (mine < 0 ? NO_PATH : above.slice(mine)), [above, mine]);
  const first = roots.data?.items[0]?.code;
  const way = path.map(({ code }) => code).join('/');
  const [unfolded, setUnfolded] = useState<readonly string[]>([]);
  // The first root stands open; so does the way to the unit that is shown, wherever it was chosen.
  const [shown, setShown] = useState<{ first: string | undefined; way: string }>({ first: undefined, way: '' });
  if (shown.first !== first || shown.way !== way) {
    setShown({ first, way });
    setUnfolded([...new Set([...unfolded, ...(first ? [first] : []), ...way.split('/').slice(0, -1)])]);
  }
  const { rows, follow } = useBranches(roots.data?.items ?? [], path, on, unfolded);
  const tree = useRef<{ scrollTo: (to: { key: Key }) => void } | null>(null);
  const height = useTreeHeight();
  useEffect(() => {
    if (!way) return;
    const timer = setTimeout(() => tree.current?.scrollTo({ key: way.split('/').at(-1) ?? '' }), 300);
    return () => clearTimeout(timer);
  }, [way]);

  if (roots.isPending) return <Loading />;
  if (roots.isError) return <Failed error={roots.error} onRetry={() => void roots.refetch()} />;
  if (!rows.length)
    return <Nothing>{on ? 'Ngày này chưa có đơn vị nào.' : 'Anh/chị chưa được giao đơn vị nào.'}</Nothing>;
  return (
    <Tree<Row>
      ref={(held) => {
        tree.current = held as typeof tree.current;
      }}
      blockNode
      virtual
      height={height}
      treeData={rows}
      selectedKeys={selected ? [selected] : []}
      expandedKeys={[...unfolded]}
      onExpand={(keys) => setUnfolded(keys.map(String))}
      onSelect={(_, { node }) => (node.word === null ? onSelect(node.key) : follow(node))}
      titleRender={renderTitle}
      aria-label="Cây đơn vị"
    />
  );
}

/** Fills the window below the search field. */
function useTreeHeight(): number {
  const [height, setHeight] = useState(() => window.innerHeight);
  useEffect(() => {
    const measure = () => setHeight(window.innerHeight);
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return Math.max(240, height - 250);
}

function renderTitle({ unit, word, title }: Row) {
  if (word) return <span className={word === 'WAIT' ? 'unit-title soft' : 'unit-title unit-more'}>{title}</span>;
  return (
    <span
      className={unit.suspended ? 'unit-title unit-suspended' : 'unit-title'}
      title={[unit.name, unit.levelName, unit.code].filter(Boolean).join(' · ')}
    >
      <span>{unit.name}</span>
      {!!unit.childCount && <small>{printNumber(unit.childCount)}</small>}
      {unit.suspended && <em>tạm dừng</em>}
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
