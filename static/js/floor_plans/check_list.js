// Runs the checks after each edit and lists what is wrong; each row leads to the things it is about.

import { idOf } from "./plan_state.js";

const MOST_ROWS = 20;
const PAUSE = 150;

export class CheckList {
  constructor(editor) {
    Object.assign(this, editor);
    this.editor = editor;
    this.list = document.querySelector("[data-checks]");
    this.number = new Intl.NumberFormat(this.language === "en" ? "en-GB" : "vi-VN", { maximumFractionDigits: 2 });
    // Thousands of booths are compared beside the page, which goes on meanwhile; only the answer to the last question counts.
    this.asked = 0;
    this.worker = new Worker(new URL("./check_worker.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => { if (data.asked === this.asked) this.show(data.faults); });
    this.state.onChange(() => this.later());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), PAUSE);
  }

  idsOf(fault) {
    return fault.keys.map((key) => ["booth", "fixture", "zone"].map((kind) => idOf(kind, key)).find((id) => this.state.get(id))).filter(Boolean);
  }

  sentence(fault) {
    const names = this.idsOf(fault).map((id) => this.state.get(id).code ?? this.drawing.labelOf(this.state.get(id)));
    const divisor = fault.rule === "narrow_aisle" ? 100 : fault.rule === "power_exceeded" ? 1000 : 1;
    const key = fault.rule === "narrow_aisle" && names.length === 1 ? "before_wall" : fault.rule;
    const facts = { first: names[0], second: names.at(-1), count: names.length, measure: this.number.format(fault.measure / divisor), limit: this.number.format(fault.limit / divisor) };
    return Object.entries(facts).reduce((words, [name, value]) => words.replace(`{${name}}`, value), this.words[`fault ${key}`]);
  }

  run() {
    this.asked += 1;
    this.worker.postMessage({ asked: this.asked, text: JSON.stringify(this.state.document()) });  // quicker than to clone it
  }

  show(faults) {
    const before = this.drawing.wrong;
    this.drawing.wrong = new Set(faults.flatMap((fault) => this.idsOf(fault)));
    for (const id of new Set([...before, ...this.drawing.wrong])) this.drawing.nodes.get(id)?.classList.toggle("wrong", this.drawing.wrong.has(id));
    const rows = faults.slice(0, MOST_ROWS).map((fault) => this.row(fault));
    if (faults.length > MOST_ROWS) rows.push(this.plain(this.words["more faults"].replace("{count}", faults.length - MOST_ROWS)));
    if (!faults.length) rows.push(this.plain(this.words["no faults"], "good"));
    this.list.replaceChildren(...rows);
  }

  item(tone) {
    return document.querySelector(`template[data-check=${tone}]`).content.firstElementChild.cloneNode(true);
  }

  plain(words, tone = "more") {
    const item = this.item(tone);
    item.querySelector("[data-sentence]").textContent = words;
    return item;
  }

  row(fault) {
    const item = this.item("bad");
    item.querySelector("[data-sentence]").textContent = this.sentence(fault);
    item.querySelector("button").addEventListener("click", () => {
      const ids = this.idsOf(fault);
      if (ids[0].startsWith("zone:")) this.editor.chooseZone(ids[0], false);
      else this.selection.set(ids);
      this.drawing.node(ids[0])?.scrollIntoView({ block: "center", inline: "center" });
    });
    return item;
  }
}
