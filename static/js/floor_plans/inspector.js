// The fields beside the drawing: one thing or many at once; a field where the many differ is empty and changes nothing.

import { CODES, numberFault, tellFault } from "./field_faults.js";
import { idOf, kindOf, same } from "./plan_state.js";

const SCALES = { power_w: 1000 };
const scaleOf = (name) => (name.endsWith("_cm") ? 100 : SCALES[name] ?? 1);

export class Inspector {
  constructor(editor) {
    Object.assign(this, editor);
    this.editor = editor;
    this.forms = [...document.querySelectorAll("form[data-inspector]")];
    this.nothing = document.querySelector("[data-inspector-empty]");
    this.decimal = new Intl.NumberFormat(this.language === "en" ? "en-GB" : "vi-VN", { maximumFractionDigits: 2, useGrouping: false });
    for (const form of this.forms) {
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("change", (event) => this.take(form, event.target));
    }
    this.state.onChange(() => this.show());
    this.selection.onChange(() => this.show());
    this.show();
  }

  // What the open form is about: the chosen booths or fixtures, a zone, else the plan itself.
  target() {
    const ids = this.selection.list;
    if (this.editor.zone && this.state.get(this.editor.zone)) return { kind: "zone", ids: [this.editor.zone] };
    if (!ids.length) return { kind: "plan", ids: ["plan:plan"] };
    const kind = ids.every((id) => kindOf(id) === kindOf(ids[0])) ? kindOf(ids[0]) : "mixed";
    return { kind, ids };
  }

  show() {
    const { kind, ids } = this.target();
    const elements = ids.map((id) => this.state.get(id)).filter(Boolean);
    const shownFor = ids.join(" ");
    this.isSame = shownFor === this.shownFor;
    this.shownFor = shownFor;
    for (const form of this.forms) {
      const shown = form.dataset.inspector === kind || (form.dataset.inspector === "fixture" && kind === "mixed");
      form.hidden = !shown;
      if (shown) this.fill(form, elements, kind === "mixed");
    }
    for (const node of document.querySelectorAll("[data-inspected]")) node.textContent = this.editor.inspectedName(kind, ids);
    for (const node of document.querySelectorAll("[data-many]")) node.hidden = ids.length < 2;
    this.sheet.follow(kind);
  }

  fill(form, elements, mixed) {
    const zones = form.elements.zone;
    if (zones) {
      const rows = this.state.all("zone").map((zone) => [zone.key, `${zone.code} ${zone.name_vi}`]);
      if (!same(rows, this.zoneRows)) {
        this.zoneRows = rows;
        zones.replaceChildren(new Option("", ""), ...rows.map(([key, words]) => new Option(words, key)));
      }
    }
    for (const field of form.elements) {
      if (!field.name || field === document.activeElement) continue;
      if (this.isSame && field.hasAttribute("aria-invalid")) continue; // what was typed stays until it is mended
      const values = elements.map((element) => element[field.name]);
      const common = values.every((value) => same(value, values[0])) ? values[0] : undefined;
      if (field.type === "checkbox") {
        const have = values.map((value) => (Array.isArray(value) ? value.includes(field.value) : value === true));
        field.checked = have.every(Boolean);
        field.indeterminate = have.some(Boolean) && !field.checked;
      } else if (typeof common === "number") field.value = this.decimal.format(common / scaleOf(field.name));
      else field.value = common ?? "";
      if (!["checkbox", "select-one"].includes(field.type)) field.placeholder = common === undefined && elements.length > 1 ? this.words.differ : "";
      field.disabled = !this.mayDraw || (elements.length > 1 && (field.name === "code" || field.name === "x_cm" || field.name === "y_cm")) || (mixed && values.some((value) => value === undefined));
      tellFault(field, "");
    }
  }

  take(form, field) {
    if (!field.name) return;
    const { ids } = this.target();
    if (field.type === "checkbox" && field.name === "open_sides") {
      this.state.change(ids, (element) => ({
        open_sides: ["front", "back", "left", "right"].filter((side) => (side === field.value ? field.checked : element.open_sides.includes(side))),
      }));
    } else if (field.type === "checkbox") this.state.change(ids, { [field.name]: field.checked });
    else if (field.dataset.number !== undefined) this.takeNumber(ids, field);
    else if (field.name === "booth_type_id") this.state.change(ids, { booth_type_id: field.value ? Number(field.value) : null });
    else if (field.name === "code") this.takeCode(form, ids, field);
    else if (field.name !== "zone" || field.value) this.state.change(ids, { [field.name]: field.value.trim() });
    this.selection.frame();
  }

  // Why a value cannot be, in words; a place lies as far off as the server takes it, a turn goes round.
  wrongWith(field, value) {
    const [least, most] = [Number(field.dataset.least ?? 0), field.dataset.most && Number(field.dataset.most)];
    const typed = value / scaleOf(field.name);
    if (field.name === "rotation" && Number.isFinite(typed)) return Number.isInteger(typed) ? "" : this.words["turn not whole"];
    return numberFault(typed, [least, least < 0 ? -least : most || undefined], this.words, this.decimal);
  }

  takeCode(form, ids, field) {
    const code = field.value.trim().toUpperCase();
    const wrong = CODES[form.dataset.inspector].test(code) ? "" : this.words[`${form.dataset.inspector} code wrong`];
    tellFault(field, wrong);
    if (!wrong) this.state.change(ids, { code });
  }

  takeNumber(ids, field) {
    const typed = field.value.trim().replace(",", ".");
    if (!typed && field.dataset.number !== "optional") return;
    const scaled = Number(typed) * scaleOf(field.name);
    const value = !typed ? null : field.name === "rotation" ? scaled : Math.round(scaled); // part of a degree is told, not rounded
    const wrong = value === null ? "" : this.wrongWith(field, value);
    tellFault(field, wrong);
    if (wrong) return;
    this.state.change(ids, (element) => {
      const turn = field.name === "rotation" && value !== null ? ((value % 360) + 360) % 360 : value;
      return element[field.name] === undefined ? {} : { [field.name]: turn };
    });
  }
}

export const zoneId = (zone) => idOf("zone", zone.key);
