// Where there is no room beside the drawing, the fields of what is chosen are a sheet at the lower edge of the screen:
// its head as soon as something is chosen, the fields when asked for. The drawing stays in sight above it.

const NARROW = matchMedia("(max-width: 74.99rem)");
const FIRST_FIELD = "form[data-inspector]:not([hidden]) :is(input,select):not([disabled])";
const CLEAR_PX = 24;

export class ValuesSheet {
  constructor(editor) {
    this.editor = editor;
    this.root = editor.root.querySelector("[data-values]");
    this.button = this.root.querySelector("[data-do=values]");
    this.root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.leave(event); });
  }

  get isOpen() { return this.root.dataset.values === "open"; }

  // Another thing is chosen, or nothing any more: then the fields are those of the plan, further down the page.
  follow(kind) {
    if (kind === "plan") this.set("");
    else if (!this.isOpen) this.set("head");
  }

  set(how) {
    this.root.dataset.values = how;
    this.button.setAttribute("aria-expanded", String(how === "open"));
  }

  // To the first field, from wherever somebody is.
  open() {
    const chosen = this.editor.inspector.target().kind !== "plan";
    if (chosen && NARROW.matches) {
      this.set("open");
      this.clear();
    }
    this.root.querySelector(FIRST_FIELD)?.focus({ preventScroll: chosen && NARROW.matches });
  }

  toggle() {
    if (this.isOpen) this.set("head");
    else this.open();
  }

  // What is chosen is never below the sheet.
  clear() {
    const node = this.editor.drawing.node(this.editor.selection.list[0]);
    const hidden = (node?.getBoundingClientRect().bottom ?? 0) + CLEAR_PX - this.root.getBoundingClientRect().top;
    if (hidden > 0) window.scrollBy({ top: hidden, behavior: "instant" });
  }

  // Back to the thing in the drawing; what was typed counts, as it does when one leaves a field.
  leave(event) {
    event.preventDefault();
    event.target.blur(); // what was typed is taken first: it draws the thing anew
    if (this.isOpen) this.set("head");
    const { drawing, keyboard, selection } = this.editor;
    (drawing.node(keyboard.here ?? selection.list[0]) ?? drawing.root).focus();
  }
}
