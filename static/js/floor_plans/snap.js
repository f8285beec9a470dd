// Where a thing lands that is dragged: on the grid, or in line with what stands near by, whichever is nearer.

import { boundsOf } from "./plan_shapes.js";

export const GRID_CM = 50;

function lines(box, low, high) { return [box[low], (box[low] + box[high]) / 2, box[high]]; }

// Boxes of what stands still, once for each drag.
export function still(elements) {
  return elements.map((element) => boundsOf([element]));
}

function nearest(mine, others, reach) {
  let best = null;
  for (const other of others) {
    for (const line of mine) {
      const off = other - line;
      if (Math.abs(off) <= reach && (best === null || Math.abs(off) < Math.abs(best))) best = off;
    }
  }
  return best;
}

// box: the moved things where the pointer wants them; reach in centimetres. Answers what to add to x and y.
export function snap(box, boxes, reach, grid = GRID_CM) {
  const near = boxes.filter((other) => other.left < box.right + 1500 && other.right > box.left - 1500 && other.top < box.bottom + 1500 && other.bottom > box.top - 1500);
  const x = nearest(lines(box, "left", "right"), near.flatMap((other) => lines(other, "left", "right")), reach);
  const y = nearest(lines(box, "top", "bottom"), near.flatMap((other) => lines(other, "top", "bottom")), reach);
  return [x ?? Math.round(box.left / grid) * grid - box.left, y ?? Math.round(box.top / grid) * grid - box.top];
}
