// Draws elements into the SVG and redraws those that changed. Lengths: 1 m is 34/3 units, as in the printed plan macro.

import { bounds, corners, middle, turned } from "./plan_shapes.js";
import { idOf, keyOf, kindOf } from "./plan_state.js";

export const UNIT = 34 / 300;
const NS = "http://www.w3.org/2000/svg";
const SIGNS = {
  desk: "info", wc: "toilet", first_aid: "cross", power: "plug-zap", water: "droplets", fire_point: "flame-kindling",
  food: "utensils", parking: "circle-parking",
};
const POINTS = new Set(["desk", "wc", "first_aid", "power", "water", "fire_point"]);
const WAYS_OUT = new Set(["door", "gate", "exit"]);
const SLICE_MS = 40;
const FACILITIES = { power_w: "zap", has_water: "droplets", has_cold_storage: "package", allows_open_flame: "flame-kindling" };
// Between which corners a side lies, of upper left, upper right, lower right, lower left before turning.
const SIDES = { front: [3, 2], back: [0, 1], left: [0, 3], right: [1, 2] };

export function svg(name, facts = {}, ...children) {
  const node = document.createElementNS(NS, name);
  for (const [fact, value] of Object.entries(facts)) if (value !== null && value !== undefined) node.setAttribute(fact, value);
  node.append(...children);
  return node;
}

function give(node, facts) {
  for (const [fact, value] of Object.entries(facts)) node.setAttribute(fact, value);
  return node;
}

export const round = (number) => Math.round(number * 10) / 10;

export function placement(element) {
  const [cx, cy] = middle(element);
  const turn = turned(element) ? ` rotate(${turned(element)} ${round((cx - element.x_cm) * UNIT)} ${round((cy - element.y_cm) * UNIT)})` : "";
  return `translate(${round(element.x_cm * UNIT)} ${round(element.y_cm * UNIT)})${turn}`;
}

// Words stay upright, however the thing is turned.
function upright(element, ...children) {
  const [w, d] = [element.width_cm * UNIT / 2, element.depth_cm * UNIT / 2];
  return svg("g", { transform: turned(element) ? `rotate(${-turned(element)} ${round(w)} ${round(d)})` : null }, ...children);
}

export class PlanDrawing {
  constructor(root, state, words, { sprite, language }) {
    Object.assign(this, { root, state, words, sprite, language });
    Object.assign(this, { nodes: new Map(), patterns: new Map(), wrong: new Set(), layers: {}, rest: 0 });
    for (const name of ["ground", "background", "paths", "zones", "fixtures", "booths", "over"]) {
      this.layers[name] = svg("g", { class: `layer-${name}` });
      root.append(this.layers[name]);
    }
    this.redraw([...state.elements.keys()].filter((id) => kindOf(id) !== "booth"));
    this.drawZones(state.ids("zone"));
    state.onChange((ids) => this.redraw(ids));
  }

  // First the booths that are seen (a box in centimetres); those beyond wait for drawRest, which the editor calls when these are shown.
  drawSeen(seen) {
    for (const booth of this.state.all("booth")) {
      const [x, y] = middle(booth);
      if (x > seen.left && x < seen.right && y > seen.top && y < seen.bottom) this.drawElement(idOf("booth", booth.key));
    }
  }

  // The others in the order of the plan, a few milliseconds at a time; all at once when somebody cannot wait.
  drawRest(done, slice = SLICE_MS) {
    clearTimeout(this.rest);
    const until = performance.now() + slice;
    let last = null;
    for (const id of this.state.ids("booth")) {
      if (!this.nodes.has(id)) {
        if (performance.now() > until) {
          this.rest = setTimeout(() => this.drawRest(done));
          return;
        }
        this.drawElement(id, last);
      }
      last = this.nodes.get(id);
    }
    this.isWhole = true;
    done?.();
  }

  node(id) {
    if (!this.isWhole && !this.nodes.has(id)) this.drawRest(null, Infinity);
    return this.nodes.get(id);
  }

  redraw(ids) {
    let booths = false;
    for (const id of ids) {
      const kind = kindOf(id);
      if (kind === "plan") this.drawGround();
      else if (kind !== "zone") this.drawElement(id);
      booths ||= kind === "booth" || kind === "zone";
    }
    if (booths) this.drawZones(ids);
  }

  // The frames around zones, each from the booths that it holds now.
  drawZones(ids) {
    const boxes = new Map();
    for (const booth of this.state.all("booth")) {
      const box = bounds(corners(booth));
      const all = boxes.get(booth.zone);
      if (!all) boxes.set(booth.zone, box);
      else Object.assign(all, { left: Math.min(all.left, box.left), top: Math.min(all.top, box.top), right: Math.max(all.right, box.right), bottom: Math.max(all.bottom, box.bottom) });
    }
    for (const id of new Set([...ids.filter((one) => kindOf(one) === "zone"), ...this.state.ids("zone")])) this.drawZone(id, boxes.get(keyOf(id)));
  }

  drawElement(id, after = null) {
    const element = this.state.get(id);
    const old = this.nodes.get(id);
    if (!element) {
      old?.remove();
      this.nodes.delete(id);
      return;
    }
    const node = kindOf(id) === "booth" ? this.booth(id, element) : this.fixture(id, element);
    if (old?.classList.contains("chosen")) node.classList.add("chosen");
    if (this.wrong.has(id)) node.classList.add("wrong");
    const wasFocused = old === document.activeElement;
    const layer = element.kind === "path" ? "paths" : kindOf(id) === "booth" ? "booths" : "fixtures";
    if (old) old.replaceWith(node);
    else if (after) after.after(node);
    else this.layers[layer].append(node);
    this.nodes.set(id, node);
    if (wasFocused) node.focus({ preventScroll: true });
  }

  control(id, label, facts, children) {
    const chosen = this.nodes.get(id)?.getAttribute("aria-pressed") ?? "false";
    return svg("g", { "data-id": id, role: "button", tabindex: -1, "aria-label": label, "aria-pressed": chosen, ...facts }, ...children);
  }

  // Thousands of booths are alike: one is put together for each turn and furnishing, the others are copies of it. All of it is
  // laid where it lies instead of being moved there: each transform is a sheet of its own for the browser, thousands make it slow.
  booth(id, booth) {
    const signs = this.signsOf(booth);
    const square = turned(booth) % 90 === 0;
    const facts = [square, booth.open_sides.length > 0, ...signs].join(" ");
    if (!this.patterns.has(facts)) this.patterns.set(facts, this.boothPattern(square, booth.open_sides.length > 0, signs));
    const node = this.patterns.get(facts).cloneNode(true);
    const parts = [...node.children];
    const all = corners(booth).map((point) => point.map((cm) => round(cm * UNIT)));
    const shape = parts.shift();
    if (square) {
      const box = bounds(all);
      give(shape, { x: box.left + .75, y: box.top + .75, width: Math.max(box.right - box.left - 1.5, .5), height: Math.max(box.bottom - box.top - 1.5, .5) });
    } else shape.setAttribute("points", all.map((point) => point.join(",")).join(" "));
    if (booth.open_sides.length) parts.shift().setAttribute("d", booth.open_sides.map((side) => `M${SIDES[side].map((corner) => all[corner].join(" ")).join("L")}`).join(""));
    const [x, y] = middle(booth).map((cm) => cm * UNIT);
    const code = parts.shift();
    give(code, { x: round(x), y: round(y + (signs.length ? -2 : 4)) });
    code.textContent = booth.code;
    parts.forEach((mark, place) => give(mark, { x: round(x + (place - parts.length / 2) * 9), y: round(y + 2) }));
    return give(node, {
      "data-id": id, "data-s": booth.blocked ? "off" : this.state.held[booth.key] ? "ok" : "edit", "aria-label": this.nameOf(id),
      "aria-pressed": this.nodes.get(id)?.getAttribute("aria-pressed") ?? "false",
    });
  }

  boothPattern(square, isOpen, signs) {
    return svg("g", { class: "b", role: "button", tabindex: -1 },
      square ? svg("rect", { rx: 3 }) : svg("polygon", { class: "turned" }), ...(isOpen ? [svg("path", { class: "open" })] : []), svg("text"),
      ...signs.map((name) => this.use(name, 0, 0, 9)));
  }

  signsOf(booth) {
    if (booth.blocked) return ["x"];
    return Math.min(booth.width_cm, booth.depth_cm) * UNIT > 24 ? Object.keys(FACILITIES).filter((name) => booth[name]).map((name) => FACILITIES[name]) : [];
  }

  fixture(id, fixture) {
    const [w, d] = [round(fixture.width_cm * UNIT), round(fixture.depth_cm * UNIT)];
    const kind = fixture.kind;
    const text = svg("text", { x: round(w / 2), y: round(d / 2 + (POINTS.has(kind) ? 23 : WAYS_OUT.has(kind) ? -6 : SIGNS[kind] ? 12 : 4)) });
    text.textContent = this.labelOf(fixture);
    let parts;
    if (POINTS.has(kind)) {
      parts = [svg("circle", { class: kind === "desk" ? "full" : null, cx: w / 2, cy: d / 2, r: 11 }), upright(fixture, this.use(SIGNS[kind], w / 2 - 7, d / 2 - 7, 14), text)];
    } else {
      const sign = SIGNS[kind] && d > 30 ? [this.use(SIGNS[kind], w / 2 - 9, d / 2 - 18, 18)] : [];
      const words = kind === "wall" || kind === "pillar" || ((kind === "path" || kind === "stall") && !this.spoken(fixture)) ? [] : [text];
      parts = [svg("rect", { width: Math.max(w, 2), height: Math.max(d, 2), rx: ["wall", "pillar", "path"].includes(kind) ? 0 : 4 }), upright(fixture, ...sign, ...words)];
    }
    return this.control(id, this.nameOf(id), { class: `fx fx-${kind}`, transform: placement(fixture) }, parts);
  }

  use(name, x, y, size) {
    return svg("use", { href: `${this.sprite}#${name}`, x: round(x), y: round(y), width: size, height: size });
  }

  spoken(thing) { return this.language === "en" ? thing.label_en || thing.label_vi : thing.label_vi; }

  labelOf(fixture) { return this.spoken(fixture) || this.words[`kind ${fixture.kind}`]; }

  nameOf(id) {
    const element = this.state.get(id);
    if (kindOf(id) === "fixture") return this.labelOf(element);
    const held = this.state.held[element.key];
    const more = element.blocked ? `, ${element.blocked}` : held ? `, ${held.name}` : "";
    return `${this.words.booth} ${element.code}${more}`;
  }

  drawGround() {
    const plan = this.state.get("plan:plan");
    const [w, d] = [round(plan.width_cm * UNIT), round(plan.depth_cm * UNIT)];
    const outline = plan.outline.length ? plan.outline : [[0, 0], [plan.width_cm, 0], [plan.width_cm, plan.depth_cm], [0, plan.depth_cm]];
    const points = outline.map(([x, y]) => `${round(x * UNIT)},${round(y * UNIT)}`).join(" ");
    const metre = 100 * UNIT;
    const grid = svg("pattern", { id: "metre-grid", width: metre, height: metre, patternUnits: "userSpaceOnUse" },
      svg("path", { class: "grid", d: `M${metre} 0H0V${metre}` }));
    const rulers = [];
    for (let m = 0; m * 100 <= plan.width_cm; m += 10) rulers.push(this.tick(m, m * metre, -8, "middle"));
    for (let m = 0; m * 100 <= plan.depth_cm; m += 10) rulers.push(this.tick(m, -6, m * metre + 3, "end"));
    this.layers.ground.replaceChildren(
      svg("defs", {}, grid),
      svg("rect", { class: "land", x: -6, y: -6, width: w + 12, height: d + 12, rx: 10 }),
      svg("polygon", { class: "hall", points }), svg("polygon", { points, fill: "url(#metre-grid)" }), ...rulers);
    this.drawBackground(plan);
    this.size = [w + 44, d + 40];
    this.root.setAttribute("viewBox", `-26 -24 ${w + 44} ${d + 40}`);
    this.onSize?.();
  }

  // Above the ground and below everything that is drawn, in its own proportions.
  drawBackground(plan) {
    const { background } = this.state;
    const width = plan.background_width_cm;
    const image = background && width ? [svg("image", {
      href: background.url, x: round(plan.background_x_cm * UNIT), y: round(plan.background_y_cm * UNIT), width: round(width * UNIT), height: round(width * background.ratio * UNIT), opacity: plan.background_shade / 100, preserveAspectRatio: "none",
    })] : [];
    this.layers.background.replaceChildren(...image);
  }

  tick(metres, x, y, anchor) {
    const text = svg("text", { class: "ruler", x, y, "text-anchor": anchor });
    text.textContent = metres;
    return text;
  }

  drawZone(id, box) {
    const zone = this.state.get(id);
    this.nodes.get(id)?.remove();
    this.nodes.delete(id);
    if (!zone || !box) return;
    const [x, y, w, h] = [box.left - 50, box.top - 150, box.right - box.left + 100, box.bottom - box.top + 200].map((cm) => round(cm * UNIT));
    const words = svg("text", { x: x + 4, y: y + 11, "text-anchor": "start" });
    const code = svg("tspan", { class: "zcode" });
    code.textContent = `${this.words.zone} ${zone.code} `;
    words.append(code, this.language === "en" ? zone.name_en || zone.name_vi : zone.name_vi);
    const node = svg("g", { class: "zn", "data-id": id }, svg("rect", { x, y, width: w, height: h, rx: 4 }), words);
    this.nodes.set(id, node);
    this.layers.zones.append(node);
  }

  zoneOf(booth) { return this.state.get(idOf("zone", booth.zone)); }
}
