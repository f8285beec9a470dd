// The plan editor: takes the page over where scripts run; without them the page's forms do the same work.

import { aligned, distributed, duplicated, removed, rotatedTogether } from "./arrange.js";
import { CheckList } from "./check_list.js";
import { PlanDrawing } from "./draw_plan.js";
import { tellFault } from "./field_faults.js";
import { Inspector } from "./inspector.js";
import { Keyboard } from "./keyboard.js";
import { boundsOf } from "./plan_shapes.js";
import { PlanState, idOf, kindOf, newKey, same } from "./plan_state.js";
import { Pointer } from "./pointer.js";
import { codeGrownTooLong, factsOfRows, freeBeginning, rowsOf } from "./rows.js";
import { Saving } from "./save.js";
import { Selection } from "./selection.js";
import { ValuesSheet } from "./values_sheet.js";
import { View } from "./view.js";
import { ZoneTable } from "./zone_table.js";

const SIZES = {
  wall: [1000, 20], pillar: [60, 60], door: [300, 20], gate: [600, 20], exit: [300, 20], stage: [1000, 600], stall: [200, 100], path: [300, 1500],
  text: [400, 100], building: [2000, 800], food: [900, 600], parking: [1500, 800],
};

export class Editor {
  constructor(root, sheet) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.language = document.documentElement.lang;
    this.mayDraw = root.dataset.mayDraw === "1";
    this.state = new PlanState(sheet);
    this.box = root.querySelector("[data-drawing-box]");
    this.afterDrawing = root.querySelector("[data-after-drawing]");
    this.live = root.querySelector("[data-live]");
    this.metres = new Intl.NumberFormat(this.language === "en" ? "en-GB" : "vi-VN", { maximumFractionDigits: 2 });
    this.drawing = new PlanDrawing(root.querySelector("svg[data-drawing]"), this.state, this.words, { sprite: root.dataset.sprite, language: this.language });
    this.selection = new Selection(this.drawing, this.state);
    this.view = new View(this.drawing, this.box, root.querySelector("[data-zoom]"));
    this.drawing.drawSeen(this.view.seen());
    this.pointer = new Pointer(this);
    this.keyboard = new Keyboard(this);
    this.sheet = new ValuesSheet(this);
    this.inspector = new Inspector(this);
    this.checks = new CheckList(this);
    this.zoneTable = new ZoneTable(this);
    this.saving = new Saving(this, { saveUrl: root.dataset.saveUrl, token: root.dataset.token, person: root.dataset.person });
    for (const node of document.querySelectorAll("[data-background]")) node.hidden = !this.state.background;
    this.listen();
    this.state.onChange(() => this.refresh());
    this.selection.onChange(() => { this.zone = null; this.refresh(); });
    this.refresh();
  }

  listen() {
    for (const button of document.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this.run(button.dataset.do, button.dataset));
    }
    const rows = document.querySelector("form[data-rows]");
    rows?.addEventListener("submit", (event) => { event.preventDefault(); this.addRows(rows); });
    const beginning = rows && freeBeginning(this.state);
    if (beginning) [rows.elements.zone_code.value, rows.elements.first_code.value] = [beginning.zone, beginning.firstCode];
  }

  run(what, facts = {}) {
    const things = this.selection.movable();
    const act = {
      undo: () => this.step(this.state.undo()), redo: () => this.step(this.state.redo()), save: () => this.saving.save(),
      all: () => this.selection.set(this.state.ids("booth")), "zoom-in": () => this.view.zoom(1.25), "zoom-out": () => this.view.zoom(0.8), fit: () => this.view.fit(),
      select: () => this.useTool("select"), hand: () => this.useTool("hand"), box: () => this.useTool("box"),
      scale: () => { this.scaleFrom = null; this.useTool("scale"); this.note("scale first", {}); },
      snap: () => { this.pointer.snapping = !this.pointer.snapping; this.refresh(); },
      help: () => document.querySelector("[data-dialog=keys]").showModal(), rows: () => document.querySelector("form[data-rows] input[name=count]")?.focus(),
      inspect: () => this.sheet.open(), values: () => this.sheet.toggle(),
    }[what];
    if (act) { act(); return; }
    if (!this.mayDraw) return;
    if (what === "fixture") { this.addFixture(facts.kind); return; }
    if (!things.length) return;
    const wanted = {
      delete: () => removed(things), duplicate: () => duplicated(this.state, things),
      "turn-right": () => rotatedTogether(this.state, things, 90), "turn-left": () => rotatedTogether(this.state, things, 270),
      align: () => aligned(this.state, things, facts.edge), distribute: () => things.length > 2 && distributed(this.state, things, facts.axis),
    }[what]?.();
    if (!wanted) return;
    if (what === "delete" && !this.mayDelete(things)) return;
    this.state.edit(wanted);
    if (what === "duplicate") this.selection.set(wanted.keys());
    if (what === "delete") this.tell(this.words["deleted"].replace("{count}", things.length));
    this.selection.frame();
  }

  step(ids) {
    if (!ids) return;
    this.selection.set(ids.filter((id) => this.state.get(id) && kindOf(id) !== "plan" && kindOf(id) !== "zone"));
  }

  mayDelete(ids) {
    const held = ids.map((id) => this.state.get(id)).filter((element) => this.state.held[element.key]);
    if (held.length) this.note("held", { codes: held.map((booth) => booth.code).join(", ") }, "bad");
    return !held.length;
  }

  useTool(tool) {
    this.pointer.tool = tool;
    this.drawing.root.dataset.tool = tool;
    this.refresh();
  }

  // Two points of the picture and how far they are apart: the picture grows about the first.
  scalePoint(point) {
    if (!this.scaleFrom) { this.scaleFrom = point; return; }
    const [from, length] = [this.scaleFrom, Math.hypot(point[0] - this.scaleFrom[0], point[1] - this.scaleFrom[1])];
    this.useTool("select");
    this.clearNotes();
    const dialog = document.querySelector("[data-dialog=scale]");
    this.saving.ask(dialog, (choice) => {
      const metres = Number(dialog.querySelector("[name=metres]").value.trim().replace(",", "."));
      if (choice !== "yes" || !(metres > 0) || length < 1) return;
      const factor = (metres * 100) / length;
      this.state.change(["plan:plan"], (plan) => ({
        background_width_cm: Math.round(plan.background_width_cm * factor),
        background_x_cm: Math.round(from[0] - (from[0] - plan.background_x_cm) * factor), background_y_cm: Math.round(from[1] - (from[1] - plan.background_y_cm) * factor),
      }));
    });
  }

  chooseZone(id, adding) {
    const booths = this.state.ids("booth").filter((booth) => idOf("zone", this.state.get(booth).zone) === id);
    this.selection.set(adding ? [...this.selection.list, ...booths] : booths);
    this.zone = id;
    this.inspector.show();
  }

  addFixture(kind) {
    const [width, depth] = SIZES[kind] ?? [100, 100];
    const frame = this.box.getBoundingClientRect();
    this.pointer.inverse = this.pointer.toPlan();
    const [x, y] = this.pointer.at({ clientX: frame.x + frame.width / 2, clientY: frame.y + frame.height / 2 });
    const key = newKey();
    const [left, top] = [x - width / 2, y - depth / 2].map((cm) => Math.round(cm / 50) * 50);
    this.state.edit(new Map([[idOf("fixture", key), { key, kind, label_vi: "", label_en: "", x_cm: left, y_cm: top, width_cm: width, depth_cm: depth, rotation: 0 }]]));
    this.selection.set([idOf("fixture", key)]);
    this.keyboard.go(idOf("fixture", key));
  }

  addRows(form) {
    const { facts, wrong } = factsOfRows(form, this.words, this.inspector.decimal);
    const wanted = wrong.size ? new Map() : rowsOf(this.state, facts);
    const grown = codeGrownTooLong(wanted);
    if (grown) wrong.set("first_code", this.words["codes grow"].replace("{code}", grown));
    for (const field of form.elements) if (field.type === "text") tellFault(field, wrong.get(field.name) ?? "");
    if (wrong.size) {
      form.querySelector("[aria-invalid]").focus();
      return;
    }
    this.state.edit(wanted);
    this.selection.set([...wanted.keys()].filter((id) => kindOf(id) === "booth"));
    this.clearNotes();
    this.tell(this.words["rows added"].replace("{count}", facts.count));
    this.drawing.node(this.selection.list[0])?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // --- words ----------------------------------------------------------------------------------------------------------

  say(x, y, aloud = false) {
    const words = `${this.metres.format(x / 100)} × ${this.metres.format(y / 100)} m`;
    this.root.querySelector("[data-where]").textContent = words;
    if (aloud) this.tell(words);
  }

  tell(words) { this.live.textContent = words; }

  countWords() { return this.words.chosen.replace("{count}", this.selection.ids.size); }

  inspectedName(kind, ids) {
    if (kind === "plan") return this.words["the plan"];
    if (kind === "zone") return `${this.words.zone} ${this.state.get(ids[0])?.code ?? ""}`;
    return ids.length > 1 ? this.countWords() : this.state.get(ids[0]) ? this.drawing.nameOf(ids[0]) : "";
  }

  conflictName({ kind, key, code }) {
    const mine = this.state.get(idOf(kind, key));
    return kind === "plan" ? this.words["the plan"] : kind === "fixture" ? (mine ? this.drawing.labelOf(mine) : this.words.thing) : `${this.words[kind]} ${code || mine?.code || this.state.base.get(idOf(kind, key))?.code || ""}`;
  }

  // Mine: what I changed. Theirs: the same fields and what they changed besides.
  conflictSide({ kind, key, mine, theirs }, side, server) {
    const values = side === "mine" ? mine : theirs;
    if (!values) return this.words["taken off"];
    const shown = side === "mine" ? mine : server.get(idOf(kind, key)) ?? theirs;
    const old = this.state.base.get(idOf(kind, key));
    const theirOwn = side === "theirs" && old ? Object.keys(shown).filter((name) => !same(shown[name], old[name])) : [];
    const names = [...new Set([...Object.keys(mine ?? {}), ...theirOwn])].filter((name) => this.words[`field ${name}`]);
    return names.map((name) => `${this.words[`field ${name}`]} ${this.valueWords(name, shown[name])}`).join(", ") || this.words["stays"];
  }

  valueWords(name, value) {
    if (name.endsWith("_cm")) return `${this.metres.format(value / 100)} m`;
    if (name === "power_w") return `${this.metres.format((value ?? 0) / 1000)} kW`;
    if (name === "booth_type_id") return document.querySelector(`form[data-inspector=booth] [name=booth_type_id] option[value="${value ?? ""}"]`)?.textContent ?? "";
    if (name === "zone") return this.state.get(idOf("zone", value))?.code ?? "";
    if (typeof value === "boolean") return value ? this.words.yes : this.words.no;
    return Array.isArray(value) ? value.map((one) => this.words[`side ${one}`] ?? one).join(" ") : String(value ?? "");
  }

  note(what, facts, tone = "info") {
    const note = document.querySelector("[data-note]");
    note.hidden = false;
    note.dataset.t = tone;
    note.querySelector("[data-sentence]").textContent = Object.entries(facts).reduce((words, [name, value]) => words.replace(`{${name}}`, value), this.words[what] ?? what);
  }

  clearNotes() { document.querySelector("[data-note]").hidden = true; }

  showFaults(answer) {
    const faults = answer.faults ?? [];
    const words = faults.slice(0, 8).map((fault) => `${this.conflictName({ ...fault, code: "" })}: ${fault.sentence}`);
    this.note([answer.sentence, ...words].join(" "), {}, "bad");
    const ids = faults.map((fault) => idOf(fault.kind, fault.key)).filter((id) => this.state.get(id) && kindOf(id) !== "plan");
    if (ids.length) this.selection.set(ids);
  }

  status(what, revision) {
    const node = this.root.querySelector("[data-status]");
    node.dataset.state = what;
    node.textContent = this.words[`status ${what}`].replace("{revision}", revision);
  }

  refresh() {
    const counts = this.root.querySelector("[data-counts]");
    counts.textContent = this.words.counts.replace("{booths}", this.state.ids("booth").length).replace("{zones}", this.state.ids("zone").length);
    for (const button of document.querySelectorAll("[data-do]")) {
      const what = button.dataset.do;
      if (["select", "hand", "box"].includes(what)) button.setAttribute("aria-pressed", String((this.pointer?.tool ?? "select") === what));
      if (what === "snap") button.setAttribute("aria-pressed", String(this.pointer?.snapping ?? true));
      if (what === "undo") button.disabled = !this.state.done.length;
      if (what === "redo") button.disabled = !this.state.undone.length;
    }
    if (this.selection.ids.size) {
      const box = boundsOf(this.selection.elements.filter((element) => element.width_cm));
      this.say(box.left, box.top);
    }
  }
}
