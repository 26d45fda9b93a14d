import type { Queryable } from '@lib/platform';
import type { Shape } from '../shape.js';
import { OUTSIDE } from './keys.js';

/** People and records behind the entries of the later years, made from the entries, so that `verify` finds both alike. */
export async function generateRecords(q: Queryable, shape: Shape): Promise<void> {
  const since = `day >= '${shape.recordsFrom}-01-01'`;
  await q.query(`
    INSERT INTO person (id, full_name, given_name, name_folded, birth_year, gender, unit_id, recorded_on)
    SELECT person_id, 'Nguyễn Văn ' || chr(65 + person_id % 26) || ' ' || person_id, person_id::text, 'nguyen van ' || lower(chr(65 + person_id % 26)) || ' ' || person_id,
           1960 + person_id % 45, CASE WHEN max(women) > 0 THEN 'FEMALE' ELSE 'MALE' END, min(unit_id), '2016-01-01'
      FROM figure_entry WHERE ${since} AND person_id IS NOT NULL GROUP BY person_id`);
  await q.query(`
    INSERT INTO award_batch (id, kind, form, form_certainty, type, campaign, unit_id, unit_path, span_from, day, basis, stated_coll, stated_indiv, dim_id, giver_id, words, recorded_on, recorded_by)
    SELECT b.id, d.block, d.form, 'STATED', d.type, d.campaign, b.unit_id, 'Công đoàn số ' || b.unit_id, b.span_from, b.day, 'DECISION',
           e.coll, e.indiv, b.dim_id, b.giver_id, 'phong trao cong doan so ' || b.unit_id, coalesce(e.recorded_on, b.day + 20), 'bench'
      FROM bench_batch b JOIN figure_dim d ON d.id = b.dim_id
      LEFT JOIN figure_entry e ON e.source = 1 AND e.record_id = b.id AND e.part_id = 0 AND e.day = b.day
     WHERE b.${since}`);
  await q.query(`
    INSERT INTO award_giver (batch_id, place, unit_id, outside_id, name, level)
    SELECT b.id, body.place - 1, CASE WHEN b.giver_id BETWEEN ${OUTSIDE.firstGiver} AND ${OUTSIDE.firstGiver + 1000} THEN NULL ELSE g.anchors[body.place] END,
           CASE WHEN b.giver_id BETWEEN ${OUTSIDE.firstGiver} AND ${OUTSIDE.firstGiver + 1000} THEN b.giver_id - ${OUTSIDE.firstGiver} END,
           body.label ->> 'name', body.label ->> 'level'
      FROM award_batch b JOIN figure_giver g ON g.id = b.giver_id CROSS JOIN LATERAL jsonb_array_elements(g.bodies) WITH ORDINALITY AS body (label, place)`);
  await q.query(`
    INSERT INTO award_line (id, batch_id, class, unit_id, unit_path, person_id, name, name_folded, gender, state, recorded_on)
    SELECT e.part_id, e.record_id, CASE WHEN e.coll > 0 THEN 'COLLECTIVE' ELSE 'INDIVIDUAL' END, e.unit_id, 'Công đoàn số ' || e.unit_id, e.person_id,
           coalesce(p.full_name, 'Trần Thị ' || e.part_id), coalesce(p.name_folded, 'tran thi ' || e.part_id),
           CASE WHEN e.women_of > 0 THEN CASE WHEN e.women > 0 THEN 'FEMALE' ELSE 'MALE' END END,
           CASE WHEN bench_random(e.part_id, 38) < 0.003 THEN 'REVOKED' ELSE 'LIVE' END, e.recorded_on
      FROM figure_entry e LEFT JOIN person p ON p.id = e.person_id
     WHERE e.${since} AND e.part_id <> 0 AND e.coll + e.indiv > 0`);
  await q.query(`SELECT setval(pg_get_serial_sequence('person', 'id'), 10000000), setval(pg_get_serial_sequence('award_batch', 'id'), 10000000),
                        setval(pg_get_serial_sequence('award_line', 'id'), 100000000)`);
  await q.query(`ANALYZE person, award_batch, award_giver, award_line`);
}
