// What is being dragged, as a sheet of its own above the drawing: each frame shifts that sheet and nothing is drawn anew below it.

import { UNIT, svg } from "./draw_plan.js";
import { boundsOf } from "./plan_shapes.js";

const AROUND_CM = 250;

export class Moving {
  constructor(drawing, box, nodes, elements) {
    this.nodes = nodes;
    this.scale = drawing.root.getScreenCTM().a;
    const bounds = boundsOf(elements);
    const [left, top] = [bounds.left - AROUND_CM, bounds.top - AROUND_CM].map((cm) => cm * UNIT);
    const [width, height] = [bounds.right - bounds.left + 2 * AROUND_CM, bounds.bottom - bounds.top + 2 * AROUND_CM].map((cm) => cm * UNIT);
    this.sheet = svg("svg", { class: "drawing", viewBox: `${left} ${top} ${width} ${height}`, width: width * this.scale, height: height * this.scale, "font-size": 9, "text-anchor": "middle", fill: "currentColor" },
      ...nodes.map((node) => node.cloneNode(true)), ...[...drawing.layers.over.childNodes].map((node) => node.cloneNode(true)));
    drawing.layers.over.replaceChildren();
    this.clip = document.createElement("div");
    this.clip.className = "moving";
    this.clip.ariaHidden = "true";
    this.clip.append(this.sheet);
    this.lay(drawing.root.getBoundingClientRect(), box, drawing.root.viewBox.baseVal, left, top);
    for (const node of nodes) node.classList.add("away");
  }

  // Cut off where the drawing ends, so that what is dragged beyond does not make the box wider.
  lay(root, box, view, left, top) {
    const frame = box.getBoundingClientRect();
    const at = { left: root.x - frame.x - box.clientLeft + box.scrollLeft, top: root.y - frame.y - box.clientTop + box.scrollTop, width: root.width, height: root.height };
    for (const [name, px] of Object.entries(at)) this.clip.style[name] = `${px}px`;
    this.sheet.style.left = `${(left - view.x) * this.scale}px`;
    this.sheet.style.top = `${(top - view.y) * this.scale}px`;
    box.append(this.clip);
  }

  to([dx, dy]) {
    this.sheet.style.transform = `translate(${dx * UNIT * this.scale}px, ${dy * UNIT * this.scale}px)`;
  }

  end() {
    this.clip.remove();
    for (const node of this.nodes) node.classList.remove("away");
  }
}
