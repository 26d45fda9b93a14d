import { CLASSES, isStated, remainder, plus, type Stated, type Vector } from './counts.model.js';
import { revokedVector, type Facts, type Giver, type NewLine, type Op, World } from './world.model.js';

/** Why an officer may not write this; null when he may. The words are for reading a failed run, the codes are the rooms'. */
export function refusal(world: World, op: Op): string | null {
  if (op.do === 'place') return world.tree.refuses({ ...op, on: world.today });
  if (op.do === 'record') return checkRecord(world, op);
  const batch = world.batch(op.id);
  if (op.do === 'removeLine') return batch.lines[op.line]?.state === 'LIVE' ? null : 'line not live';
  if (!batch.live) return 'not live';
  if (op.do === 'revokeWhole') return null;
  if (op.do === 'revokeLine') return batch.lines[op.line]?.state === 'LIVE' ? null : 'line not live';
  if (op.do === 'revokeCounts') return checkRevokedCounts(world, op.id, op.counts);
  if (op.do === 'addLines') return checkLines(world, batch.facts, op.lines) ?? fitsAfter(world, op, op.id);
  if (op.do === 'link') {
    if (op.partOf === null) return null;
    return world.upFrom(op.partOf).includes(op.id)
      ? 'circle'
      : (checkPart(world, batch.facts, op.partOf) ?? fitsAfter(world, op, op.id));
  }
  return checkCorrection(world, op);
}

function checkRecord(world: World, op: Op & { do: 'record' }): string | null {
  const wrong = checkFacts(world, op.facts, op.lines.length) ?? checkLines(world, op.facts, op.lines);
  if (wrong || op.partOf === null) return wrong;
  return checkPart(world, op.facts, op.partOf) ?? fitsAfter(world, op, world.batches.length);
}

function checkCorrection(world: World, op: Op & { do: 'correct' }): string | null {
  const { facts, partOf, lines, revoked } = world.batch(op.id);
  const corrected = { ...facts, ...op.changes };
  const kept = lines.filter((line) => line.state !== 'REMOVED');
  const wrong = checkFacts(world, corrected, kept.length) ?? checkLines(world, corrected, kept);
  if (wrong) return wrong;
  if (tooFew(corrected.stated, revoked)) return 'less than was revoked';
  if (partOf !== null) {
    const outside = checkPart(world, corrected, partOf);
    if (outside) return outside;
  }
  const after = afterwards(world, op);
  for (const part of world.partsOf(op.id)) {
    const apart = checkPart(after, world.batch(part).facts, op.id) ?? checkClasses(after, part, op.id);
    if (apart) return apart;
  }
  return fits(after, op.id);
}

function checkFacts(world: World, { from, to, stated, unit, givers }: Facts, lines: number): string | null {
  if (to < from) return 'reversed';
  if (from > world.today) return 'future';
  if (!isStated(stated) && lines === 0) return 'nothing counted';
  if (stated.women !== null && (stated.indiv === null || stated.women > stated.indiv)) return 'women';
  if (!world.tree.exists(unit, to)) return 'unit';
  const keys = givers.map((giver) => JSON.stringify(giver));
  if (new Set(keys).size < keys.length) return 'giver twice';
  return givers.every((giver) => anchor(giver) === null || world.tree.exists(anchor(giver)!, to)) ? null : 'giver';
}

function checkLines(world: World, { unit, to }: Facts, lines: readonly NewLine[]): string | null {
  return lines.every((line) => world.tree.chain(line.unit, to).includes(unit)) ? null : 'line outside';
}

/** A part lies within its container: in the tree, in time, in kind. */
function checkPart(world: World, part: Facts, containerId: number): string | null {
  const container = world.batch(containerId);
  if (!container.live) return 'container not live';
  if (!isStated(container.facts.stated)) return 'container not stated';
  if (part.kind !== container.facts.kind) return 'other kind';
  if (!world.tree.chain(part.unit, part.to).includes(container.facts.unit)) return 'part outside unit';
  return container.facts.from <= part.from && part.to <= container.facts.to ? null : 'part outside interval';
}

/** Every class that a part counts is stated by its container, or the container states an unsplit number. */
function checkClasses(world: World, part: number, container: number): string | null {
  const { stated } = world.batch(container).facts;
  if (stated.unsplit !== null) return null;
  const said = world.said(part);
  return CLASSES.some((name) => said[name] > 0 && stated[name] === null) ? 'class not stated' : null;
}

function fits(world: World, id: number): string | null {
  const up = world.upFrom(id);
  for (const [place, container] of up.slice(1).entries()) {
    const wrong = checkClasses(world, up[place]!, container);
    if (wrong) return wrong;
  }
  return null;
}

function fitsAfter(world: World, op: Op, id: number): string | null {
  return fits(afterwards(world, op), id);
}

function afterwards(world: World, op: Op): World {
  const after = world.copy();
  after.write(op, world.today);
  return after;
}

/** No more can be revoked than is stated and neither named nor revoked; of the women no more than there are. */
function checkRevokedCounts(world: World, id: number, counts: Stated): string | null {
  const { facts, revoked } = world.batch(id);
  const wanted = revokedVector(counts);
  if (wanted.coll + wanted.indiv + wanted.hh + wanted.unsplit === 0) return 'nothing to revoke';
  if (!isStated(facts.stated)) return 'nothing stated';
  const left = plus(remainder(facts.stated, world.contained(id)), revoked, -1);
  if ((['coll', 'indiv', 'hh', 'unsplit'] as const).some((name) => wanted[name] > Math.max(0, left[name])))
    return 'too many';
  if (counts.women === null) return null;
  if (facts.stated.women === null) return 'women not stated';
  const men = (v: Vector): number => v.womenOf - v.women;
  return wanted.women > wanted.indiv || wanted.women > Math.max(0, left.women) || men(wanted) > Math.max(0, men(left))
    ? 'women'
    : null;
}

function tooFew(stated: Stated, revoked: Vector): boolean {
  const few = (['coll', 'indiv', 'hh', 'unsplit'] as const).some((name) => (stated[name] ?? 0) < revoked[name]);
  if (revoked.womenOf === 0) return few;
  const { women, indiv } = stated;
  return few || women === null || women < revoked.women || (indiv ?? 0) - women < revoked.womenOf - revoked.women;
}

export function anchor(giver: Giver): number | null {
  if ('unit' in giver) return giver.unit;
  return 'within' in giver ? giver.within : null;
}
