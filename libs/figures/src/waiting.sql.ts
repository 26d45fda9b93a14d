import { TREE_TABLES, type Lens } from '@lib/units';

/**
 * SQL condition: facts that the unit in `column` sees have landed and are not applied yet, or the tree has changed. True
 * even before the applier has marked anything, so that nothing stale is ever called fresh. What waits is nearly always
 * nothing, so each waiting row is walked up from; the other way round would walk everything below the unit.
 */
export function waitingFacts(column: string, lens: Lens = 'as-was'): string {
  const { chain } = TREE_TABLES[lens];
  const above = (unit: string): string => `(SELECT bool_or(${column} = ANY(c.chain)) FROM ${chain} c WHERE ${unit})`;
  const went = `EXISTS (SELECT 1 FROM figure_person_place w WHERE w.person_id = i.person_id AND ${above('c.unit_id = w.to_unit')})`;
  return `(
    EXISTS (SELECT 1 FROM figure_inbox i WHERE ${above('c.unit_id = i.unit_id')}${lens === 'as-is' ? ` OR ${went}` : ''}
               OR (SELECT bool_or(${column} = ANY(c.chain)) FROM figure_giver g JOIN ${chain} c ON c.unit_id = ANY(g.anchors) WHERE g.id = i.giver_id))
    OR EXISTS (SELECT 1 FROM figure_touch t WHERE ${above('c.unit_id = t.unit_id')})
    OR EXISTS (SELECT 1 FROM unit_change c, figure_state f WHERE c.n > f.applied_change))`;
}
