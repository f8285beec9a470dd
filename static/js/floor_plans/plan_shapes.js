// Rectangles that may be turned, in centimetres: the same rules as plan_shapes.py, held together by shared examples.

const TOUCH_CM = 1;
const EVEN_CM = 0.5;

export function turned(element) { return element.rotation ?? 0; }

export function middle({ x_cm: x, y_cm: y, width_cm: width, depth_cm: depth }) {
  return [x + width / 2, y + depth / 2];
}

// Cosine and sine, exact where a turn is square.
export function direction(degrees) {
  const square = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[((degrees % 360) + 360) % 360];
  return square ?? [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
}

// A point of the element's own ground (from its middle, before turning) on the plan.
export function onPlan(element, dx, dy) {
  const [cx, cy] = middle(element);
  const [cos, sin] = direction(turned(element));
  return [cx + dx * cos - dy * sin, cy + dx * sin + dy * cos];
}

// A rectangle given from the element's middle, before turning, as it lies on the plan.
export function quad(element, left, top, right, bottom) {
  const [cx, cy] = middle(element);
  const [cos, sin] = direction(turned(element));
  return [[left, top], [right, top], [right, bottom], [left, bottom]].map(([x, y]) => [cx + x * cos - y * sin, cy + x * sin + y * cos]);
}

// Upper left, upper right, lower right, lower left: clockwise, as on screen.
export function corners(element) {
  const [w, d] = [element.width_cm / 2, element.depth_cm / 2];
  return quad(element, -w, -d, w, d);
}

export function bounds(points) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

export function boundsOf(elements) { return bounds(elements.flatMap(corners)); }

const edges = (polygon) => polygon.map((point, place) => [point, polygon[(place + 1) % polygon.length]]);

// Whether two convex polygons share more ground than a touch (separating axes).
export function overlap(one, other) {
  for (const polygon of [one, other]) {
    for (const [[ax, ay], [bx, by]] of edges(polygon)) {
      const length = Math.hypot(bx - ax, by - ay);
      const [nx, ny] = [(by - ay) / length, (ax - bx) / length];
      const first = one.map(([x, y]) => x * nx + y * ny);
      const second = other.map(([x, y]) => x * nx + y * ny);
      if (Math.min(Math.max(...first), Math.max(...second)) - Math.max(Math.min(...first), Math.min(...second)) <= TOUCH_CM) return false;
    }
  }
  return true;
}

function toSegment([px, py], [ax, ay], [bx, by]) {
  const [ex, ey] = [bx - ax, by - ay];
  const length = Math.hypot(ex, ey);
  const along = ((px - ax) * ex + (py - ay) * ey) / length;
  const inside = Math.min(Math.max(along, 0), length);
  const foot = [ax + (ex * inside) / length, ay + (ey * inside) / length];
  return { length: Math.hypot(px - foot[0], py - foot[1]), foot };
}

function ways(points, polygon) {
  const all = edges(polygon);
  return points.flatMap((point) => all.map(([start, end]) => ({ from: point, ...toSegment(point, start, end) })));
}

function spread(points) {
  return Math.max(...[0, 1].map((axis) => Math.max(...points.map((point) => point[axis])) - Math.min(...points.map((point) => point[axis]))));
}

const mean = (points) => [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);

// Whether a point of the polygon's edge is none of its corners.
const isAmid = ([px, py], polygon) => Math.min(...polygon.map(([x, y]) => Math.hypot(px - x, py - y))) > TOUCH_CM;

// The shortest way between two convex polygons that do not overlap, in the middle of where they face each other.
export function gapBetween(one, other) {
  const all = [
    ...ways(one, other).map(({ length, from, foot }) => ({ length, start: from, end: foot })),
    ...ways(other, one).map(({ length, from, foot }) => ({ length, start: foot, end: from })),
  ];
  const least = Math.min(...all.map((way) => way.length));
  const near = all.filter((way) => way.length <= least + EVEN_CM);
  const [starts, ends] = [near.map((way) => way.start), near.map((way) => way.end)];
  const faces = Math.max(spread(starts), spread(ends)) > TOUCH_CM || ends.some((end) => isAmid(end, other)) || starts.some((start) => isAmid(start, one));
  return { length: least, faces, start: mean(starts), end: mean(ends) };
}

// The same for two that stand square, by their boxes.
export function gapBetweenBoxes(one, other) {
  const across = Math.max(one.left, other.left) - Math.min(one.right, other.right);
  const along = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom);
  if (across >= 0 && along >= 0) {
    const start = [one.right <= other.left ? one.right : one.left, one.bottom <= other.top ? one.bottom : one.top];
    return { length: Math.hypot(across, along), faces: false, start, end: start };
  }
  if (across > along) {
    const y = (Math.max(one.top, other.top) + Math.min(one.bottom, other.bottom)) / 2;
    const ends = one.right <= other.left ? [one.right, other.left] : [one.left, other.right];
    return { length: Math.max(across, 0), faces: -along > TOUCH_CM, start: [ends[0], y], end: [ends[1], y] };
  }
  const x = (Math.max(one.left, other.left) + Math.min(one.right, other.right)) / 2;
  const ends = one.bottom <= other.top ? [one.bottom, other.top] : [one.top, other.bottom];
  return { length: Math.max(along, 0), faces: -across > TOUCH_CM, start: [x, ends[0]], end: [x, ends[1]] };
}

export function boxesOverlap(one, other) {
  return Math.min(one.right, other.right) - Math.max(one.left, other.left) > TOUCH_CM && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > TOUCH_CM;
}

// Whether a point lies in any polygon, its edge included.
export function holds(polygon, point) {
  const [x, y] = point;
  let inside = false;
  for (const [[ax, ay], [bx, by]] of edges(polygon)) {
    if (toSegment(point, [ax, ay], [bx, by]).length <= TOUCH_CM) return true;
    if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

// How far one can go from a point in a direction (of length 1) before an edge of the polygon.
export function rayLength(polygon, [x, y], [dx, dy]) {
  let least = Infinity;
  for (const [[ax, ay], [bx, by]] of edges(polygon)) {
    const [ex, ey] = [bx - ax, by - ay];
    const cross = dx * ey - dy * ex;
    if (Math.abs(cross) < 1e-9) continue;
    const along = ((ax - x) * ey - (ay - y) * ex) / cross;
    const across = ((ax - x) * dy - (ay - y) * dx) / cross;
    if (along >= -TOUCH_CM && across >= 0 && across <= 1) least = Math.min(least, Math.max(along, 0));
  }
  return least;
}
