// Everything by keys: Tab and arrows go through the drawing, arrows move what is chosen, letters do the rest.

import { moved } from "./arrange.js";
import { middle } from "./plan_shapes.js";
import { kindOf } from "./plan_state.js";
import { GRID_CM } from "./snap.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PLAIN = {
  Delete: "delete", Backspace: "delete", r: "turn-right", "[": "turn-left", "]": "turn-right", d: "duplicate", g: "snap", v: "select", h: "hand", b: "box",
  "+": "zoom-in", "=": "zoom-in", "-": "zoom-out", 0: "fit", "?": "help", F2: "inspect", n: "rows",
};
const WITH_CONTROL = { z: "undo", y: "redo", d: "duplicate", s: "save", a: "all" };

export class Keyboard {
  constructor(editor) {
    Object.assign(this, editor);
    this.editor = editor;
    const root = this.drawing.root;
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("focusin", (event) => { if (event.target !== root) this.here = event.target.dataset?.id; });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, dialog");
      const command = (event.ctrlKey || event.metaKey) && WITH_CONTROL[event.key.toLowerCase()];
      if (!command || (typing && command !== "save") || event.defaultPrevented) return;
      event.preventDefault();
      this.editor.run(event.shiftKey && command === "undo" ? "redo" : command);
    });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey) {
      if (STEPS[event.key]) this.walk(event, STEPS[event.key]);
      return;
    }
    const step = STEPS[event.key];
    if (step && this.selection.movable().length && !event.altKey) this.push(event, step);
    else if (step) this.walk(event, step);
    else if (event.key === "Tab") this.tab(event);
    else if (event.key === " " || event.key === "Enter") this.choose(event);
    else if (event.key === "Escape") this.leave(event);
    else if (PLAIN[event.key] && !event.altKey) {
      event.preventDefault();
      this.editor.run(PLAIN[event.key]);
    }
  }

  // Arrows move by the grid, with Shift by a centimetre-fine step.
  push(event, [dx, dy]) {
    event.preventDefault();
    if (!this.mayDraw) return;
    const step = event.shiftKey ? 5 : GRID_CM;
    const ids = this.selection.movable();
    this.state.edit(moved(this.state, ids, dx * step, dy * step));
    this.selection.frame();
    const first = this.state.get(ids[0]);
    this.editor.say(first.x_cm, first.y_cm, true);
  }

  // In reading order: rows from above, in a row from the left.
  order() {
    return ["booth", "fixture"].flatMap((kind) => this.state.ids(kind).map((id) => ({ id, at: middle(this.state.get(id)) }))
      .sort((a, b) => Math.round((a.at[1] - b.at[1]) / 150) || a.at[0] - b.at[0])).map((row) => row.id);
  }

  tab(event) {
    const order = this.order();
    const place = order.indexOf(this.here) + (event.shiftKey ? -1 : 1);
    if (event.target === this.drawing.root && event.shiftKey) return;
    if (place < 0 || place >= order.length) return;
    event.preventDefault();
    this.go(order[place]);
  }

  walk(event, [dx, dy]) {
    event.preventDefault();
    const order = this.order();
    if (!this.state.get(this.here)) {
      if (order.length) this.go(order[0]);
      return;
    }
    const [x, y] = middle(this.state.get(this.here));
    let best = null;
    let least = Infinity;
    for (const id of order) {
      if (id === this.here) continue;
      const [ox, oy] = middle(this.state.get(id));
      const along = (ox - x) * dx + (oy - y) * dy;
      const cost = along + 2 * Math.abs((ox - x) * dy + (oy - y) * dx);
      if (along > 1 && cost < least) [best, least] = [id, cost];
    }
    if (best) this.go(best);
  }

  go(id) {
    this.here = id;
    this.selection.focus(id);
    this.editor.tell(this.drawing.nameOf(id));
  }

  choose(event) {
    event.preventDefault();
    if (!this.state.get(this.here)) return;
    if (event.shiftKey || event.key === " ") this.selection.toggle(this.here);
    else this.selection.set([this.here]);
    this.editor.tell(this.editor.countWords());
    if (event.key === "Enter" && this.selection.ids.size) this.editor.run("inspect");
  }

  // First let go of what is chosen, then leave the elements: the next Tab goes on behind the drawing.
  leave(event) {
    event.preventDefault();
    if (this.selection.ids.size) this.selection.set([]);
    else {
      this.here = null;
      this.editor.afterDrawing.focus();
    }
  }
}

export const isThing = (id) => kindOf(id) === "booth" || kindOf(id) === "fixture";
