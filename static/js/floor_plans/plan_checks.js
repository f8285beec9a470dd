// What is wrong with a drawing, told at once. The server asks the same (plan_checks.py); shared examples hold both to one answer.

import { bounds, boxesOverlap, corners, direction, gapBetween, gapBetweenBoxes, holds, overlap, quad, rayLength } from "./plan_shapes.js";

const WALL_CM = 5;
const WAYS_OUT = new Set(["door", "gate", "exit"]);
const BULKY = new Set(["wall", "pillar", "stage", "stall", "building", "food"]);
const MOVABLE = new Set(["stage", "stall", "food"]);
const FLAT = new Set(["path", "text"]);
const RULES = ["duplicate_code", "outside_hall", "overlap", "narrow_aisle", "front_blocked", "door_blocked", "power_exceeded", "water_exceeded", "cold_exceeded"];
const SIDES = { front: [[0, 1], 90], back: [[0, -1], 270], left: [[-1, 0], 180], right: [[1, 0], 0] };

const fault = (rule, keys, measure = null, limit = null) => ({ rule, keys, measure, limit });
const whole = (length) => Math.floor(length + 1e-6);

function shape(element) {
  const polygon = corners(element);
  return { key: element.key, element, polygon, box: bounds(polygon), square: element.rotation % 90 === 0 };
}

export function checkPlan(document) {
  const { plan } = document;
  const least = plan.least_aisle_cm;
  const booths = document.booths.map(shape);
  const fixtures = document.fixtures.map(shape);
  const hall = plan.outline.length ? plan.outline : [[0, 0], [plan.width_cm, 0], [plan.width_cm, plan.depth_cm], [0, plan.depth_cm]];
  const faults = [
    ...duplicateCodes(booths), ...outside(booths, hall), ...betweenBooths(booths, least), ...withFixtures(booths, fixtures, least),
    ...(plan.outline.length ? beforeWallsOf(hall, booths, least) : []), ...capacities(document),
  ];
  return faults.map((one, place) => [RULES.indexOf(one.rule), place, one]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((row) => row[2]);
}

function duplicateCodes(booths) {
  const keys = new Map();
  for (const booth of booths) keys.set(booth.element.code, [...(keys.get(booth.element.code) ?? []), booth.key]);
  return [...keys.values()].filter((some) => some.length > 1).map((some) => fault("duplicate_code", some));
}

function outside(booths, hall) {
  return booths.filter((booth) => {
    const inner = hall.some((point) => holds(booth.polygon, point) && !nearEdge(booth.polygon, point));
    return inner || !booth.polygon.every((point) => holds(hall, point));
  }).map((booth) => fault("outside_hall", [booth.key]));
}

function nearEdge(polygon, [x, y]) {
  return gapBetween(polygon, [[x, y], [x + 0.1, y], [x, y + 0.1]]).length <= WALL_CM;
}

function betweenBooths(booths, least) {
  const pairs = nearPairs(booths, least);
  const near = booths.map(() => []);
  for (const [one, other] of pairs) {
    near[one].push(booths[other]);
    near[other].push(booths[one]);
  }
  const faults = [];
  for (const [one, other] of pairs) {
    const [first, second] = [booths[one], booths[other]];
    const square = first.square && second.square;
    if (square ? boxesOverlap(first.box, second.box) : overlap(first.polygon, second.polygon)) {
      faults.push(fault("overlap", [first.key, second.key]));
      continue;
    }
    const gap = square ? gapBetweenBoxes(first.box, second.box) : gapBetween(first.polygon, second.polygon);
    if (gap.length <= WALL_CM) {
      for (const [mine, theirs] of [[first, second], [second, first]]) {
        if (fronts(mine, WALL_CM + 1 + gap.length).some((strip) => overlap(strip, theirs.polygon))) faults.push(fault("front_blocked", [mine.key, theirs.key]));
      }
    } else if (gap.faces && gap.length < least && !standsBetween(near[one], second, gap)) {
      faults.push(fault("narrow_aisle", [first.key, second.key], whole(gap.length), least));
    }
  }
  return faults;
}

function standsBetween(nearby, other, { start, end }) {
  const points = [0.25, 0.5, 0.75].map((part) => [start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part]);
  return nearby.some((third) => third !== other && points.some((point) => holds(third.polygon, point)));
}

function withFixtures(booths, fixtures, least) {
  const faults = [];
  for (const fixture of fixtures) {
    const { kind } = fixture.element;
    if (FLAT.has(kind)) continue;
    const before = WAYS_OUT.has(kind) ? beforeDoor(fixture, least) : null;
    for (const booth of booths) {
      if (!isNear(booth, fixture, least)) continue;
      if (before) {
        if (overlap(before, booth.polygon)) faults.push(fault("door_blocked", [fixture.key, booth.key]));
      } else if (overlap(booth.polygon, fixture.polygon)) faults.push(fault("overlap", [booth.key, fixture.key]));
      else if (BULKY.has(kind) && fronts(booth, least).some((strip) => overlap(strip, fixture.polygon))) {
        faults.push(fault("narrow_aisle", [booth.key, fixture.key], whole(gapBetween(booth.polygon, fixture.polygon).length), least));
      }
    }
    if (before) {
      for (const other of fixtures) {
        if (MOVABLE.has(other.element.kind) && overlap(before, other.polygon)) faults.push(fault("door_blocked", [fixture.key, other.key]));
      }
    }
  }
  return faults;
}

function beforeWallsOf(hall, booths, least) {
  const faults = [];
  for (const booth of booths) {
    const free = Math.min(...booth.element.open_sides.map((side) => wayBefore(booth, side, hall)));
    if (free < least) faults.push(fault("narrow_aisle", [booth.key], whole(free), least));
  }
  return faults;
}

function wayBefore({ element }, side, hall) {
  const [[sx, sy], turn] = SIDES[side];
  const [w, d] = [element.width_cm / 2, element.depth_cm / 2];
  const towards = direction(element.rotation + turn);
  const reach = (sy ? w : d) - WALL_CM;
  const starts = [-reach, 0, reach].map((off) => {
    const [x, y] = [sx * w + off * Math.abs(sy), sy * d + off * Math.abs(sx)];
    return quad(element, x, y, x, y)[0];
  });
  return Math.min(...starts.map((start) => rayLength(hall, start, towards)));
}

function fronts({ element }, reach) {
  const [w, d] = [element.width_cm / 2, element.depth_cm / 2];
  const strips = {
    front: [-w + WALL_CM, d, w - WALL_CM, d + reach], back: [-w + WALL_CM, -d - reach, w - WALL_CM, -d],
    left: [-w - reach, -d + WALL_CM, -w, d - WALL_CM], right: [w, -d + WALL_CM, w + reach, d - WALL_CM],
  };
  return element.open_sides.map((side) => quad(element, ...strips[side]));
}

function beforeDoor({ element }, least) {
  const [w, d] = [element.width_cm / 2, element.depth_cm / 2];
  return quad(element, -w, -d - least, w, d + least);
}

function capacities(document) {
  const wanted = new Map();
  for (const booth of document.booths) {
    const sums = wanted.get(booth.zone) ?? [0, 0, 0];
    ["power_w", "has_water", "has_cold_storage"].forEach((name, place) => { sums[place] += Number(booth[name]); });
    wanted.set(booth.zone, sums);
  }
  const rules = [["power_exceeded", "power_w"], ["water_exceeded", "water_points"], ["cold_exceeded", "cold_points"]];
  return document.zones.flatMap((zone) => rules.flatMap(([rule, name], place) => {
    const needed = (wanted.get(zone.key) ?? [0, 0, 0])[place];
    return zone[name] !== null && needed > zone[name] ? [fault(rule, [zone.key], needed, zone[name])] : [];
  }));
}

function nearPairs(shapes, distance) {
  const pairs = [];
  let waiting = [];
  for (const place of shapes.map((_, one) => one).sort((a, b) => shapes[a].box.left - shapes[b].box.left || a - b)) {
    const { left, top, bottom } = shapes[place].box;
    waiting = waiting.filter((earlier) => left - shapes[earlier].box.right < distance);
    for (const earlier of waiting) {
      const box = shapes[earlier].box;
      if (top - box.bottom < distance && box.top - bottom < distance) pairs.push([Math.min(place, earlier), Math.max(place, earlier)]);
    }
    waiting.push(place);
  }
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function isNear({ box: a }, { box: b }, distance) {
  return a.left - b.right < distance && b.left - a.right < distance && a.top - b.bottom < distance && b.top - a.bottom < distance;
}
