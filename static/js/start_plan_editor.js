// Begins as early as it can: asks for the plan and the editor while the page is still being read.

const address = document.querySelector("meta[name=plan-document]").content;

// The forms stay where the editor cannot begin; then the drawing that waits for browsers without scripts is theirs too.
function stayPlain() {
  for (const node of document.querySelectorAll("[data-plain] noscript")) node.outerHTML = node.textContent;
}

function takeOver(Editor, sheet) {
  const root = document.querySelector("[data-plan-editor]");
  for (const node of document.querySelectorAll("[data-scripted]")) node.hidden = false;
  for (const node of document.querySelectorAll("[data-plain]")) node.hidden = true;
  new Editor(root, sheet);
  root.dataset.ready = "1";
  performance.mark("plan-ready");
}

async function ask() {
  const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}

const [module, sheet] = await Promise.all([import("./floor_plans/editor.js"), ask()]).catch(() => [null, null]);
if (document.readyState === "loading") await new Promise((done) => { document.addEventListener("DOMContentLoaded", done, { once: true }); });
if (sheet) takeOver(module.Editor, sheet);
else stayPlain();
