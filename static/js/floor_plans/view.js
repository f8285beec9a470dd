// How large the sheet is shown; the point under the eye stays where it is.

import { UNIT } from "./draw_plan.js";

const AROUND_PX = 100;
const LEAST = 0.4;
const MOST = 8;

export class View {
  constructor(drawing, box, label) {
    Object.assign(this, { drawing, box, label, scale: 1 });
    drawing.onSize = () => this.apply();
    box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX, event.clientY);
    }, { passive: false });
    this.fit();
  }

  fit() {
    this.scale = Math.min(MOST, Math.max(LEAST, (this.box.clientWidth - 4) / this.drawing.size[0]));
    this.apply();
  }

  // What of the plan the box shows, and a little around it, in centimetres.
  seen() {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.box;
    const cm = (px, off) => (px / this.scale + off) / UNIT;
    return { left: cm(scrollLeft - AROUND_PX, -26), right: cm(scrollLeft + clientWidth + AROUND_PX, -26), top: cm(scrollTop - AROUND_PX, -24), bottom: cm(scrollTop + clientHeight + AROUND_PX, -24) };
  }

  zoom(factor, clientX, clientY) {
    const frame = this.box.getBoundingClientRect();
    const [x, y] = [(clientX ?? frame.x + frame.width / 2) - frame.x, (clientY ?? frame.y + frame.height / 2) - frame.y];
    const before = this.scale;
    this.scale = Math.min(MOST, Math.max(LEAST, this.scale * factor));
    const [left, top] = [(this.box.scrollLeft + x) * (this.scale / before) - x, (this.box.scrollTop + y) * (this.scale / before) - y];
    this.apply();
    this.box.scrollTo(left, top);
  }

  apply() {
    const [width, height] = this.drawing.size;
    this.drawing.root.setAttribute("width", Math.round(width * this.scale));
    this.drawing.root.setAttribute("height", Math.round(height * this.scale));
    this.label.textContent = `${Math.round(this.scale * 100)}%`;
  }
}
