// The plan in the browser: what the server last said, what was drawn since, and every step back and forth.
// An element is known by "kind:key" and never changed in place: each edit puts a new object there, or null for none.

export const KINDS = ["plan", "zone", "booth", "fixture"];
const LISTS = { zone: "zones", booth: "booths", fixture: "fixtures" };
const MOST_STEPS = 200;

export const idOf = (kind, key) => `${kind}:${key}`;
export const kindOf = (id) => id.slice(0, id.indexOf(":"));
export const keyOf = (id) => id.slice(id.indexOf(":") + 1);
export const same = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);

export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function elementsOf(document) {
  const elements = new Map([["plan:plan", document.plan]]);
  for (const [kind, list] of Object.entries(LISTS)) {
    for (const element of document[list]) elements.set(idOf(kind, element.key), element);
  }
  return elements;
}

export class PlanState {
  constructor(sheet) {
    this.listeners = [];
    this.take(sheet);
  }

  // Begin anew from what the server holds.
  take(sheet) {
    this.base = elementsOf(sheet.document);
    this.baseRevision = sheet.revision;
    this.held = sheet.held;
    this.background = sheet.background ?? null;
    this.elsewhere = { zone: new Set(sheet.elsewhere?.zone), booth: new Set(sheet.elsewhere?.booth) };
    this.elements = new Map(this.base);
    this.done = [];
    this.undone = [];
  }

  get(id) { return this.elements.get(id); }

  // Codes that are given already, on this plan and on the others of the fair.
  taken(kind) { return new Set([...this.elsewhere[kind], ...this.all(kind).map((element) => element.code)]); }

  ids(kind) { return [...this.elements.keys()].filter((id) => kindOf(id) === kind); }

  all(kind) { return this.ids(kind).map((id) => this.elements.get(id)); }

  document() {
    const document = { plan: this.get("plan:plan") };
    for (const [kind, list] of Object.entries(LISTS)) document[list] = this.all(kind);
    return document;
  }

  onChange(listener) { this.listeners.push(listener); }

  // wanted: Map of id → element or null. One call is one step back.
  edit(wanted) {
    const before = new Map();
    const after = new Map();
    for (const [id, element] of wanted) {
      const now = this.elements.get(id) ?? null;
      if (same(now, element)) continue;
      before.set(id, now);
      after.set(id, element);
    }
    if (!after.size) return false;
    this.done.push({ before, after });
    if (this.done.length > MOST_STEPS) this.done.shift();
    this.undone = [];
    this.put(after);
    return true;
  }

  // fields: values for every id, or a function of the element that answers them.
  change(ids, fields) {
    const values = (element) => (typeof fields === "function" ? fields(element) : fields);
    return this.edit(new Map(ids.map((id) => [id, { ...this.get(id), ...values(this.get(id)) }])));
  }

  undo() { return this.step(this.done, this.undone, "before"); }

  redo() { return this.step(this.undone, this.done, "after"); }

  step(from, to, side) {
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    this.put(step[side]);
    return [...step[side].keys()];
  }

  put(patch) {
    for (const [id, element] of patch) {
      if (element) this.elements.set(id, element);
      else this.elements.delete(id);
    }
    for (const listener of this.listeners) listener([...patch.keys()]);
  }

  // What has to be sent: only the fields that differ from the server's copy. Where something lies is one thing: left and top
  // go together, or two people would draw a place that neither of them chose.
  changes() {
    const changes = [];
    for (const [id, element] of this.elements) {
      const { key, ...fields } = element;
      const at = { kind: kindOf(id), key: key ?? "plan" };
      const old = this.base.get(id);
      if (!old) changes.push({ ...at, new: true, values: fields });
      else if (old !== element) {
        const values = Object.fromEntries(Object.entries(fields).filter(([name, value]) => !same(value, old[name])));
        if ("x_cm" in values || "y_cm" in values) Object.assign(values, { x_cm: fields.x_cm, y_cm: fields.y_cm });
        if (Object.keys(values).length) changes.push({ ...at, values });
      }
    }
    for (const id of this.base.keys()) {
      if (!this.elements.has(id)) changes.push({ kind: kindOf(id), key: keyOf(id), delete: true });
    }
    return changes;
  }

  // Put changes on top of what is here; one to an element that is gone brings it back when it is whole.
  apply(changes) {
    const wanted = new Map();
    for (const change of changes) {
      const id = idOf(change.kind, change.key);
      const now = this.get(id);
      if (change.delete) wanted.set(id, null);
      else if (now) wanted.set(id, { ...now, ...change.values });
      else if (change.new) wanted.set(id, { key: change.key, ...change.values });
    }
    this.edit(wanted);
  }

  // The server has what was sent; `sheet` is there when others had saved too. Later edits stay on top.
  settle(sent, revision, sheet) {
    const later = new PlanState({ document: { plan: {}, zones: [], booths: [], fixtures: [] } });
    later.base = sent;
    later.elements = this.elements;
    const since = later.changes();
    this.baseRevision = revision;
    if (!sheet) {
      this.base = sent;
      return;
    }
    this.rebase(sheet, since);
  }

  // Stand on what the server holds now and put the given changes on top.
  rebase(sheet, changes) {
    const shown = [...this.elements.keys()];
    this.take(sheet);
    this.apply(changes);
    for (const listener of this.listeners) listener([...new Set([...shown, ...this.elements.keys()])]);
  }
}
