// Pointer, pen and finger: choose, drag, choose by a box, resize, turn, pull the sheet. Nothing is an edit until it is let go.

import { moved } from "./arrange.js";
import { UNIT, round, svg } from "./draw_plan.js";
import { Moving } from "./moving.js";
import { boundsOf, direction, middle, onPlan, turned } from "./plan_shapes.js";
import { kindOf } from "./plan_state.js";
import { snap, still } from "./snap.js";

const REACH_PX = 7;
const LEAST_CM = 30;

export class Pointer {
  constructor(editor) {
    Object.assign(this, editor);
    this.editor = editor;
    this.tool = "select";
    this.snapping = true;
    this.doing = null;
    const root = this.drawing.root;
    root.addEventListener("pointerdown", (event) => this.down(event));
    root.addEventListener("pointermove", (event) => this.move(event));
    root.addEventListener("pointerup", (event) => this.up(event));
    root.addEventListener("pointercancel", () => this.cancel());
    // A finger on a thing drags it; beside the things it moves the page. touch-action counts on the root of an SVG alone.
    root.addEventListener("touchstart", (event) => this.doing && event.cancelable && event.preventDefault(), { passive: false });
    this.toPlan = () => this.drawing.root.getScreenCTM().inverse();
  }

  // Where on the plan, in centimetres.
  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.inverse);
    return [point.x / UNIT, point.y / UNIT];
  }

  down(event) {
    if (event.button !== 0 || this.doing) return;
    this.inverse = this.toPlan();
    this.reach = (REACH_PX * this.inverse.a) / UNIT;
    const handle = event.target.closest(".handle");
    const under = event.target.closest("[data-id]")?.dataset.id;
    const start = this.at(event);
    const id = this.grabbed(start, event) ?? under;
    if (this.tool === "scale") {
      this.editor.scalePoint(start);
      return;
    }
    if (this.tool === "hand") this.doing = new Pull(this, event);
    else if (handle && this.mayDraw) this.doing = handle.dataset.turn ? new Turn(this) : new Resize(this, handle, start);
    else if (id && this.tool === "select") this.doing = new Drag(this, id, start, event, under ?? id);
    else if (event.pointerType === "touch" && this.tool !== "box") return;
    else this.doing = new Box(this, start, event);
    this.drawing.root.setPointerCapture(event.pointerId);
    this.drawing.root.focus({ preventScroll: true });
    event.preventDefault();
  }

  // A chosen thing may lie below booths (a new one does): it is what is dragged then; a press alone goes to what is on top.
  grabbed([x, y], event) {
    const id = this.selection.list[0];
    if (this.selection.ids.size !== 1 || kindOf(id) !== "fixture" || event.shiftKey || event.ctrlKey || event.metaKey) return undefined;
    const box = boundsOf([this.state.get(id)]);
    const near = this.reach;
    return box.left - near <= x && x <= box.right + near && box.top - near <= y && y <= box.bottom + near ? id : undefined;
  }

  move(event) {
    if (!this.doing) return;
    this.last = event;
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.doing?.move(this.at(this.last), this.last);
    });
  }

  up(event) {
    if (!this.doing) return;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const doing = this.doing;
    this.doing = null;
    if (event.type === "pointerup") doing.move(this.at(event), event);
    doing.end(event);
  }

  cancel() {
    this.doing?.cancel?.();
    this.doing = null;
    this.selection.frame();
  }
}

class Drag {
  constructor(pointer, id, start, event, under) {
    Object.assign(this, { pointer, id, under, start, adding: event.shiftKey || event.ctrlKey || event.metaKey, copy: event.altKey });
    const { selection, state } = pointer;
    if (!selection.has(id) && !this.adding && kindOf(id) !== "zone") selection.set([id]);
    this.ids = kindOf(id) === "zone" ? [] : selection.movable();
    const moving = new Set(this.ids);
    this.elements = this.ids.map((one) => state.get(one));
    this.nodes = this.ids.map((one) => pointer.drawing.node(one));
    this.others = still(["booth", "fixture"].flatMap((kind) => state.ids(kind)).filter((one) => !moving.has(one)).map((one) => state.get(one)));
    this.box = this.ids.length ? boundsOf(this.elements) : null;
    this.shift = [0, 0];
  }

  move([x, y], event) {
    if (!this.box || !this.pointer.mayDraw) return;
    let [dx, dy] = [x - this.start[0], y - this.start[1]];
    if (!this.far && Math.hypot(dx, dy) < this.pointer.reach / 2) return;
    this.far = true;
    const box = { left: this.box.left + dx, right: this.box.right + dx, top: this.box.top + dy, bottom: this.box.bottom + dy };
    if (this.pointer.snapping && !event.altKey) {
      const [sx, sy] = snap(box, this.others, this.pointer.reach);
      [dx, dy] = [dx + sx, dy + sy];
    }
    this.shift = [Math.round(dx), Math.round(dy)];
    this.moving ??= new Moving(this.pointer.drawing, this.pointer.box, this.nodes, this.elements);
    this.moving.to(this.shift);
    // Words move the page around them: a few times a second are enough.
    if (performance.now() - (this.said ?? 0) < 120) return;
    this.said = performance.now();
    this.pointer.editor.say(this.elements[0].x_cm + this.shift[0], this.elements[0].y_cm + this.shift[1]);
  }

  end() {
    const { selection, state } = this.pointer;
    this.moving?.end();
    if (this.far) {
      state.edit(moved(state, this.ids, ...this.shift));
      selection.frame();
    } else if (kindOf(this.under) === "zone") this.pointer.editor.chooseZone(this.under, this.adding);
    else if (this.adding) selection.toggle(this.under);
    else selection.set([this.under]);
  }

  cancel() { this.moving?.end(); }
}

class Box {
  constructor(pointer, start, event) {
    Object.assign(this, { pointer, start, before: event.shiftKey || event.pointerType === "touch" ? pointer.selection.list : [] });
    this.node = svg("rect", { class: "choosing" });
    pointer.drawing.root.append(this.node);
  }

  move([x, y]) {
    const [left, top] = [Math.min(x, this.start[0]), Math.min(y, this.start[1])];
    this.area = { left, top, right: Math.max(x, this.start[0]), bottom: Math.max(y, this.start[1]) };
    const facts = { x: left, y: top, width: this.area.right - left, height: this.area.bottom - top };
    for (const [name, value] of Object.entries(facts)) this.node.setAttribute(name, round(value * UNIT));
  }

  end(event) {
    this.node.remove();
    const { state, selection } = this.pointer;
    const { left, top, right, bottom } = this.area;
    if (right - left < this.pointer.reach && bottom - top < this.pointer.reach) {
      const under = document.elementsFromPoint(event.clientX, event.clientY).find((node) => node.closest?.("[role=button][data-id]"));
      const id = under?.closest("[data-id]").dataset.id;
      if (id) selection.toggle(id);
      else selection.set(this.before);
      return;
    }
    const within = ["booth", "fixture"].flatMap((kind) => state.ids(kind)).filter((id) => {
      const box = boundsOf([state.get(id)]);
      return box.left < right && box.right > left && box.top < bottom && box.bottom > top;
    });
    selection.set(new Set([...this.before, ...within]));
  }

  cancel() { this.node.remove(); }
}

class Resize {
  constructor(pointer, handle, start) {
    Object.assign(this, { pointer, start, id: pointer.selection.list[0], sx: Number(handle.dataset.x), sy: Number(handle.dataset.y) });
    this.element = pointer.state.get(this.id);
    this.wanted = this.element;
  }

  move([x, y], event) {
    const [cos, sin] = direction(-turned(this.element));
    const [dx, dy] = [x - this.start[0], y - this.start[1]];
    const step = this.pointer.snapping && !event.altKey ? 10 : 1;
    const grow = (size, along, side) => (side ? Math.max(LEAST_CM, Math.round((size + along * side) / step) * step) : size);
    const width = grow(this.element.width_cm, dx * cos - dy * sin, this.sx);
    const depth = grow(this.element.depth_cm, dx * sin + dy * cos, this.sy);
    // The side across stays where it is, so the middle moves by half of what grew.
    const [mx, my] = onPlan(this.element, this.sx * (width - this.element.width_cm) / 2, this.sy * (depth - this.element.depth_cm) / 2);
    this.wanted = { ...this.element, width_cm: width, depth_cm: depth, x_cm: Math.round(mx - width / 2), y_cm: Math.round(my - depth / 2) };
    show(this.pointer, this.id, this.wanted);
  }

  end() { this.pointer.state.edit(new Map([[this.id, this.wanted]])); this.pointer.selection.frame(); }

  cancel() { show(this.pointer, this.id, this.element); }
}

class Turn {
  constructor(pointer) {
    Object.assign(this, { pointer, id: pointer.selection.list[0] });
    this.element = pointer.state.get(this.id);
    this.wanted = this.element;
  }

  move([x, y], event) {
    const [cx, cy] = middle(this.element);
    const degrees = (Math.atan2(y - cy, x - cx) * 180) / Math.PI + 90;
    const step = this.pointer.snapping && !event.altKey ? 15 : 1;
    this.wanted = { ...this.element, rotation: ((Math.round(degrees / step) * step) % 360 + 360) % 360 };
    show(this.pointer, this.id, this.wanted);
  }

  end() { this.pointer.state.edit(new Map([[this.id, this.wanted]])); this.pointer.selection.frame(); }

  cancel() { show(this.pointer, this.id, this.element); }
}

// A passing picture of the element, not an edit.
function show(pointer, id, element) {
  const { drawing, state, selection } = pointer;
  const kept = state.elements.get(id);
  state.elements.set(id, element);
  drawing.drawElement(id);
  state.elements.set(id, kept);
  selection.frame([0, 0], [element]);
}

class Pull {
  constructor(pointer, event) {
    Object.assign(this, { box: pointer.box, from: [event.clientX, event.clientY], scroll: [pointer.box.scrollLeft, pointer.box.scrollTop] });
  }

  move(_, event) {
    this.box.scrollLeft = this.scroll[0] - (event.clientX - this.from[0]);
    this.box.scrollTop = this.scroll[1] - (event.clientY - this.from[1]);
  }

  end() {}
}
