// Rectangles that may be turned, in centimetres: the same rules as plan_shapes.py, held together by shared examples.

export const WALL_CM = 5;

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

// Upper left, upper right, lower right, lower left: clockwise, as on screen.
export function corners(element) {
  const [w, d] = [element.width_cm / 2, element.depth_cm / 2];
  return [[-w, -d], [w, -d], [w, d], [-w, d]].map(([x, y]) => onPlan(element, x, y));
}

export function bounds(points) {
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

export function boundsOf(elements) {
  return bounds(elements.flatMap(corners));
}
