// Saving: what changed goes to the server; what it cannot take stays here, on this device too, until somebody decides.

import { elementsOf, idOf } from "./plan_state.js";

const shelf = {
  put(key, text) { try { localStorage.setItem(key, text); } catch { /* private window: nowhere to keep it */ } },
  take(key) { try { return localStorage.getItem(key); } catch { return null; } },
  clear(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
};

export class Saving {
  constructor(editor, { saveUrl, token, person }) {
    Object.assign(this, editor);
    Object.assign(this, { editor, saveUrl, token, shelfKey: `plan:${person}:${saveUrl}`, running: false });
    this.state.onChange(() => this.later());
    addEventListener("beforeunload", (event) => {
      this.keep();
      if (this.isDirty) event.preventDefault();
    });
    addEventListener("online", () => { if (this.waiting) this.save(); });
    this.restore();
    this.show();
  }

  get isDirty() { return this.state.changes().length > 0; }

  later() {
    this.show("unsaved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 400);
  }

  // On this device, so that nothing is lost with the window.
  keep() {
    const changes = this.state.changes();
    if (changes.length) shelf.put(this.shelfKey, JSON.stringify({ base: this.state.baseRevision, changes }));
    else shelf.clear(this.shelfKey);
    if (!this.running) this.show(changes.length ? "unsaved" : "saved");
  }

  restore() {
    const kept = JSON.parse(shelf.take(this.shelfKey) ?? "null");
    if (!kept?.changes?.length || !this.mayDraw) return;
    this.state.apply(kept.changes);
    this.state.baseRevision = Math.min(kept.base, this.state.baseRevision);
    this.editor.note("restored", { count: kept.changes.length });
  }

  show(what = this.isDirty ? "unsaved" : "saved") {
    this.editor.status(what, this.state.baseRevision);
  }

  async save({ recodeHeld = false } = {}) {
    if (this.running || !this.mayDraw) return false;
    const changes = this.state.changes();
    if (!changes.length) { this.show("saved"); return true; }
    this.running = true;
    this.show("saving");
    const sent = new Map(this.state.elements);
    let response;
    try {
      response = await fetch(this.saveUrl, {
        method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ base_revision: this.state.baseRevision, changes, recode_held: recodeHeld }),
      });
      if (!response.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("no answer of ours");
    } catch {
      this.running = false;
      this.waiting = true;
      this.keep();
      this.show("offline");
      return false;
    }
    this.waiting = false;
    const answer = await response.json();
    this.running = false;
    if (response.ok) {
      this.state.settle(sent, answer.revision, answer.sheet);
      this.keep();
      this.editor.clearNotes();
      if (answer.sheet) this.editor.note("merged", {});
      return true;
    }
    this.show("unsaved");
    if (answer.conflicts) this.askConflicts(answer, changes);
    else if (response.status === 409) this.askRecode(answer);
    else this.editor.showFaults(answer);
    return false;
  }

  askRecode(answer) {
    const dialog = document.querySelector("[data-dialog=recode]");
    dialog.querySelector("[data-sentence]").textContent = answer.sentence;
    this.ask(dialog, (choice) => { if (choice === "yes") this.save({ recodeHeld: true }); });
  }

  // One row for each element that both changed: mine or theirs.
  askConflicts(answer, changes) {
    const dialog = document.querySelector("[data-dialog=conflict]");
    const list = dialog.querySelector("[data-conflicts]");
    const pattern = dialog.querySelector("template");
    list.replaceChildren();
    answer.conflicts.forEach((conflict, place) => {
      const row = pattern.content.cloneNode(true);
      row.querySelector("legend").textContent = this.editor.conflictName(conflict);
      for (const side of ["mine", "theirs"]) {
        const radio = row.querySelector(`input[value=${side}]`);
        radio.name = `conflict-${place}`;
        radio.required = true;
        row.querySelector(`[data-${side}]`).textContent = this.editor.conflictSide(conflict, side, elementsOf(answer.sheet.document));
      }
      list.append(row);
    });
    for (const button of dialog.querySelectorAll("[data-all]")) {
      button.onclick = () => { for (const radio of list.querySelectorAll(`input[value=${button.dataset.all}]`)) radio.checked = true; };
    }
    this.ask(dialog, (choice) => {
      if (choice !== "yes") return;
      const mine = new Set(answer.conflicts.filter((_, place) => list.querySelector(`input[name=conflict-${place}]:checked`)?.value === "mine").map((each) => idOf(each.kind, each.key)));
      const torn = new Set(answer.conflicts.map((each) => idOf(each.kind, each.key)));
      const whole = changes.map((change) => this.state.get(idOf(change.kind, change.key)) && !change.delete
        ? { ...change, new: true, values: strip(this.state.get(idOf(change.kind, change.key)), change, answer.sheet) } : change);
      this.state.rebase(answer.sheet, whole.filter((change) => !torn.has(idOf(change.kind, change.key)) || mine.has(idOf(change.kind, change.key))));
      this.save();
    });
  }

  ask(dialog, then) {
    dialog.returnValue = "";
    dialog.onclose = () => then(dialog.returnValue);
    dialog.showModal();
  }
}

// Fields that I changed; all of them where the others took the element off the plan.
function strip(element, change, sheet) {
  const { key, ...fields } = element;
  return elementsOf(sheet.document).has(idOf(change.kind, key ?? "plan")) && !change.new ? change.values : fields;
}
