// What is chosen, the frame with handles around it, and the one element that Tab leads to.

import { UNIT, round, svg } from "./draw_plan.js";
import { boundsOf, onPlan } from "./plan_shapes.js";
import { kindOf } from "./plan_state.js";

const HANDLES = [[-1, -1], [0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0]];
const THIN_PX = 18;

export class Selection {
  constructor(drawing, state) {
    Object.assign(this, { drawing, state, ids: new Set(), listeners: [] });
    state.onChange(() => this.set([...this.ids].filter((id) => state.get(id))));
  }

  onChange(listener) { this.listeners.push(listener); }

  get list() { return [...this.ids]; }

  get elements() { return this.list.map((id) => this.state.get(id)); }

  has(id) { return this.ids.has(id); }

  set(ids) {
    for (const id of this.ids) this.mark(id, false);
    this.ids = new Set(ids);
    for (const id of this.ids) this.mark(id, true);
    this.frame();
    for (const listener of this.listeners) listener(this.list);
  }

  toggle(id) {
    this.set(this.has(id) ? this.list.filter((other) => other !== id) : [...this.list, id]);
  }

  mark(id, chosen) {
    const node = this.drawing.node(id);
    node?.classList.toggle("chosen", chosen);
    if (node?.hasAttribute("aria-pressed")) node.setAttribute("aria-pressed", String(chosen));
  }

  // `shift` in centimetres while things are on their way.
  frame([dx, dy] = [0, 0], elements = this.elements.filter((element) => element?.width_cm && element.x_cm !== undefined)) {
    const over = this.drawing.layers.over;
    over.replaceChildren();
    if (!elements.length || elements.length !== this.ids.size) return;
    over.setAttribute("transform", dx || dy ? `translate(${round(dx * UNIT)} ${round(dy * UNIT)})` : "");
    if (elements.length === 1) this.frameOne(elements[0], over);
    else {
      const box = boundsOf(elements);
      over.append(svg("rect", { class: "frame", x: box.left * UNIT - 3, y: box.top * UNIT - 3, width: (box.right - box.left) * UNIT + 6, height: (box.bottom - box.top) * UNIT + 6 }));
    }
  }

  frameOne(element, over) {
    const [w, d] = [element.width_cm / 2, element.depth_cm / 2];
    const points = HANDLES.map(([x, y]) => onPlan(element, x * w, y * d).map((cm) => cm * UNIT));
    over.append(svg("polygon", { class: "frame", points: [0, 2, 4, 6].map((place) => points[place].map(round).join(",")).join(" ") }));
    const [tx, ty] = onPlan(element, 0, -d - 150).map((cm) => cm * UNIT);
    over.append(svg("path", { class: "frame", d: `M${points[1].map(round).join(" ")}L${round(tx)} ${round(ty)}` }));
    over.append(svg("circle", { class: "handle", "data-turn": "1", cx: round(tx), cy: round(ty), r: 4 }));
    // Across a side that is hardly wider than a handle there are none: they would cover what one wants to drag.
    const scale = Number(this.drawing.root.getAttribute("width")) / this.drawing.size[0];
    const thin = (cm) => cm * UNIT * scale < THIN_PX;
    const [noX, noY] = [thin(element.width_cm), thin(element.depth_cm)];
    HANDLES.forEach(([x, y], place) => (x && noX) || (y && noY) || over.append(svg("rect", {
      class: "handle", "data-x": x, "data-y": y, x: round(points[place][0] - 3), y: round(points[place][1] - 3), width: 6, height: 6,
    })));
  }

  // Roving focus: one element of the drawing is in the tab order.
  focus(id) {
    this.drawing.node(id)?.focus();
  }

  movable() { return this.list.filter((id) => kindOf(id) === "booth" || kindOf(id) === "fixture"); }
}
