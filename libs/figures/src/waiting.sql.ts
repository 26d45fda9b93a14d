/**
 * SQL condition: facts that the unit in `column` sees have landed and are not applied yet, or the tree has changed. True
 * even before the applier has marked anything, so that nothing stale is ever called fresh. The inbox is nearly always empty.
 */
export function waitingFacts(column: string): string {
  return `(
    EXISTS (SELECT 1 FROM figure_inbox i JOIN unit_path p ON p.unit_id = i.unit_id WHERE p.ancestor_id = ${column})
    OR EXISTS (SELECT 1 FROM figure_inbox i JOIN figure_giver_anchor a ON a.giver_id = i.giver_id JOIN unit_path p ON p.unit_id = a.unit_id
                WHERE p.ancestor_id = ${column})
    OR EXISTS (SELECT 1 FROM unit_change c, figure_state f WHERE c.n > f.applied_change))`;
}
