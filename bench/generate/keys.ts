import type { Queryable } from '@lib/platform';
import type { Shape } from '../shape.js';

/** Bodies outside the tree: people's committees by province, and ministries. */
export const OUTSIDE = { committees: 63, ministries: 20, firstGiver: 1_000_000 } as const;
/** A direct upper union together with its province; giver id = this + unit id. */
export const JOINT_GIVER = 2_000_000;

/** Kinds of honours per level of the conferring body: 16 plain lines (twins) and 64 with campaign and basis. */
export const DIMS = { levels: 5, twins: 16, own: 64, perLevel: 80 } as const;

export async function generateKeys(q: Queryable, shape: Shape): Promise<void> {
  await q.query(`
    INSERT INTO outside_body (id, code, name, name_folded, level, recorded_on)
    SELECT i, 'NGOAI-' || i, 'Cơ quan số ' || i, 'co quan so ' || i, 'STATE_ORGAN', '2016-01-01'
      FROM generate_series(1, ${OUTSIDE.committees + OUTSIDE.ministries}) i`);
  await q.query(`
    INSERT INTO figure_giver (id, key, bodies, lead, anchors)
    SELECT id, 'u:' || id, jsonb_build_array(jsonb_build_object('code', 'U' || id, 'name', 'Công đoàn số ' || id, 'level', level)), id, ARRAY[id] FROM bench_unit
    UNION ALL
    SELECT ${OUTSIDE.firstGiver} + id, 'o:' || id, jsonb_build_array(jsonb_build_object('code', code, 'name', name, 'level', level)), NULL, '{}' FROM outside_body
    UNION ALL
    SELECT ${JOINT_GIVER} + id, 'u:' || id || '+u:' || parent,
           jsonb_build_array(jsonb_build_object('code', 'U' || id, 'name', 'Công đoàn số ' || id, 'level', level), jsonb_build_object('code', 'U' || parent, 'name', 'Công đoàn số ' || parent, 'level', 'PROVINCIAL_FEDERATION')),
           id, ARRAY[id, parent]
      FROM bench_unit WHERE level = 'DIRECT_UPPER_UNION'`);
  await q.query(`INSERT INTO figure_giver_anchor (giver_id, unit_id) SELECT id, unnest(anchors) FROM figure_giver`);
  await q.query(`
    INSERT INTO figure_dim (id, key, block, form, form_certainty, type, level, verified, campaign, basis, twin_id)
    SELECT lv.n * ${DIMS.perLevel} + d + 1, 'bench:' || lv.n || ':' || d, block, CASE WHEN block IN ('AWARD', 'TITLE') THEN form END, 'STATED', type, lv.level, true,
           CASE WHEN d >= ${DIMS.twins} THEN 'Phong trào ' || (d - ${DIMS.twins}) % 20 END, CASE WHEN d >= ${DIMS.twins} THEN 'DECISION' END,
           lv.n * ${DIMS.perLevel} + d % ${DIMS.twins} + 1
      FROM unnest(ARRAY['GRASSROOTS_UNION', 'DIRECT_UPPER_UNION', 'PROVINCIAL_FEDERATION', 'CONFEDERATION', 'STATE_ORGAN']) WITH ORDINALITY AS levels (level, place)
     CROSS JOIN LATERAL (SELECT place::int - 1 AS n, level) lv
     CROSS JOIN generate_series(0, ${DIMS.perLevel - 1}) d
     CROSS JOIN LATERAL (
       SELECT CASE WHEN d % 16 < 10 THEN 'AWARD' WHEN d % 16 < 13 THEN 'TITLE' WHEN d % 16 < 15 THEN 'RECOGNITION' ELSE 'PRIZE' END AS block,
              CASE WHEN d % 16 >= 10 THEN 'LDTT' WHEN d % 2 = 0 THEN 'BANG_KHEN' ELSE 'GIAY_KHEN' END AS form,
              (ARRAY['MERIT', 'CAMPAIGN', 'AD_HOC', NULL])[1 + d % 4] AS type) kind`);
  await q.query(`SELECT setval(pg_get_serial_sequence('figure_giver', 'id'), 3000000), setval(pg_get_serial_sequence('figure_dim', 'id'), 1000),
                        setval(pg_get_serial_sequence('outside_body', 'id'), 1000)`);
  await q.query(`ANALYZE figure_giver, figure_giver_anchor, figure_dim`);
  await q.query(`COMMENT ON TABLE bench_unit IS 'data set ${shape.name}'`);
}
