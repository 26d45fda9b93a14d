import type { Queryable } from '@lib/platform';
import { unitIds, YEAR, type Shape } from '../shape.js';

const LINES_EACH = 5;

/** Open nomination lines: dossiers of five, each from a grassroots union to the unit above it, received and not settled. */
export async function generateNominations(q: Queryable, shape: Shape): Promise<void> {
  const dossiers = Math.floor(shape.nominations / LINES_EACH);
  const { firstGrassroots } = unitIds(shape);
  const unit = `(${firstGrassroots} + floor(bench_random(n, 61) * ${shape.grassroots})::int)`;
  await q.query(
    `INSERT INTO dossier (id, unit_id, to_unit_id, year, type, title, title_folded, state, submitted_on, received_on, changed_by, changed_at, recorded_on, recorded_by)
     SELECT n, p.unit_id, p.ancestor_id, $2, 'MERIT', 'Đề nghị khen thưởng số ' || n, 'de nghi khen thuong so ' || n, 'RECEIVED', d.day, d.day + 3, 'bench', d.day, d.day, 'bench'
       FROM generate_series(1, $1::int) n
      CROSS JOIN LATERAL (SELECT make_date($2, 1 + n % 12, 1 + n % 27) AS day) d
       JOIN unit_path p ON p.unit_id = ${unit} AND p.depth = 1 AND p.vto = 'infinity' AND p.tto = 2147483647`,
    [dossiers, YEAR],
  );
  await q.query(
    `INSERT INTO nomination_line (id, dossier_id, at_dossier_id, proposing_unit_id, class, unit_id, name, name_folded, birth_year, form, type, reason, state,
                                  changed_by, changed_at, recorded_on, recorded_by)
     SELECT (d.id - 1) * $1::int + k, d.id, d.id, d.unit_id, 'INDIVIDUAL', d.unit_id, 'Nguyễn Văn ' || chr(65 + d.id % 26), 'nguyen van ' || lower(chr(65 + d.id % 26)),
            1970 + k, CASE WHEN k < 4 THEN 'GIAY_KHEN' ELSE 'BANG_KHEN' END, 'MERIT', 'Hoàn thành xuất sắc nhiệm vụ', CASE WHEN d.id % 3 = 0 THEN 'ELIGIBLE' ELSE 'PROPOSED' END,
            'bench', d.changed_at, d.recorded_on, 'bench'
       FROM dossier d CROSS JOIN generate_series(1, $1::int) k`,
    [LINES_EACH],
  );
  await q.query(
    `INSERT INTO nomination_carry (id, line_id, dossier_id, from_day, by) SELECT id, id, dossier_id, recorded_on, 'bench' FROM nomination_line`,
  );
  await q.query(
    `INSERT INTO nomination_submission (line_id, dossier_id, carry_id, unit_id, to_unit_id, day, class, form, recorded_on)
     SELECT l.id, d.id, l.id, d.unit_id, d.to_unit_id, d.submitted_on, l.class, l.form, l.recorded_on FROM nomination_line l JOIN dossier d ON d.id = l.dossier_id`,
  );
  await q.query(`SELECT setval(pg_get_serial_sequence('dossier', 'id'), 10000000), setval(pg_get_serial_sequence('nomination_line', 'id'), 10000000),
                        setval(pg_get_serial_sequence('nomination_carry', 'id'), 10000000)`);
}
