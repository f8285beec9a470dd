// Putting several things in order: align, distribute, turn together, copy. Each answers a Map of id → new element.

import { bounds, boundsOf, corners, middle, turned } from "./plan_shapes.js";
import { idOf, keyOf, kindOf, newKey } from "./plan_state.js";

const whole = (element) => ({ ...element, x_cm: Math.round(element.x_cm), y_cm: Math.round(element.y_cm) });

export function moved(state, ids, dx, dy) {
  return new Map(ids.map((id) => {
    const element = state.get(id);
    return [id, whole({ ...element, x_cm: element.x_cm + dx, y_cm: element.y_cm + dy })];
  }));
}

export function aligned(state, ids, edge) {
  const all = boundsOf(ids.map((id) => state.get(id)));
  return new Map(ids.map((id) => {
    const element = state.get(id);
    const own = bounds(corners(element));
    const dx = { left: all.left - own.left, right: all.right - own.right, centre: (all.left + all.right - own.left - own.right) / 2 }[edge] ?? 0;
    const dy = { top: all.top - own.top, bottom: all.bottom - own.bottom, middle: (all.top + all.bottom - own.top - own.bottom) / 2 }[edge] ?? 0;
    return [id, whole({ ...element, x_cm: element.x_cm + dx, y_cm: element.y_cm + dy })];
  }));
}

// Equal gaps between the first and the last along an axis ("x" or "y").
export function distributed(state, ids, axis) {
  const [low, high, field] = axis === "x" ? ["left", "right", "x_cm"] : ["top", "bottom", "y_cm"];
  const rows = ids.map((id) => ({ id, element: state.get(id), box: bounds(corners(state.get(id))) })).sort((a, b) => a.box[low] - b.box[low]);
  const room = rows.at(-1).box[high] - rows[0].box[low] - rows.reduce((sum, row) => sum + row.box[high] - row.box[low], 0);
  let place = rows[0].box[low];
  const wanted = new Map();
  for (const { id, element, box } of rows) {
    wanted.set(id, whole({ ...element, [field]: element[field] + place - box[low] }));
    place += box[high] - box[low] + room / (rows.length - 1);
  }
  return wanted;
}

export function rotatedTogether(state, ids, degrees) {
  const box = boundsOf(ids.map((id) => state.get(id)));
  const [cx, cy] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const angle = (degrees * Math.PI) / 180;
  return new Map(ids.map((id) => {
    const element = state.get(id);
    const [mx, my] = middle(element);
    const [x, y] = [cx + (mx - cx) * Math.cos(angle) - (my - cy) * Math.sin(angle), cy + (mx - cx) * Math.sin(angle) + (my - cy) * Math.cos(angle)];
    return [id, whole({ ...element, x_cm: x - element.width_cm / 2, y_cm: y - element.depth_cm / 2, rotation: (turned(element) + degrees + 360) % 360 })];
  }));
}

// The next code after those that exist: A12 → A13, with as many digits.
export function nextCode(code, taken) {
  const [, head, digits] = code.match(/^(.*?)(\d*)$/u);
  let number = Number(digits || 0);
  let next;
  do { number += 1; next = `${head}${String(number).padStart(Math.max(digits.length, 2), "0")}`; } while (taken.has(next));
  taken.add(next);
  return next;
}

// Copies below the originals; booths get free codes.
export function duplicated(state, ids) {
  const box = boundsOf(ids.map((id) => state.get(id)));
  const [dx, dy] = [0, Math.round(box.bottom - box.top)];
  const taken = state.taken("booth");
  return new Map(ids.map((id) => {
    const element = { ...state.get(id), key: newKey() };
    if (kindOf(id) === "booth") element.code = nextCode(element.code, taken);
    return [idOf(kindOf(id), element.key), { ...element, x_cm: element.x_cm + dx, y_cm: element.y_cm + dy }];
  }));
}

export function removed(ids) { return new Map(ids.map((id) => [id, null])); }

export { keyOf };
