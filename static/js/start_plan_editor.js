// Begins as early as it can: asks for the plan and the editor while the page is still being read.

const content = (name) => document.querySelector(`meta[name=${name}]`).content;

function takeOver(Editor, sheet) {
  const root = document.querySelector("[data-plan-editor]");
  for (const node of document.querySelectorAll("[data-scripted]")) node.hidden = false;
  for (const node of document.querySelectorAll("[data-plain]")) node.hidden = true;
  const editor = new Editor(root, sheet);
  // Ready is when it has been seen: the task after the frame that shows it.
  requestAnimationFrame(() => {
    setTimeout(() => {
      root.dataset.ready = "1";
      performance.mark("plan-ready");
      editor.drawing.drawRest(() => {
        root.dataset.whole = "1";
        performance.mark("plan-whole");
        editor.checks.later();
      });
    });
  });
}

async function ask() {
  const answer = await fetch(content("plan-document"), { credentials: "same-origin" });
  return answer.ok ? answer.json() : null;
}

// All parts at once, instead of each when another turns out to need it.
function hurry() {
  for (const name of content("plan-modules").split(" ")) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "modulepreload", href: new URL(name, import.meta.url).href });
    document.head.append(link);
  }
}

const asked = ask();
hurry();
const [module, sheet] = await Promise.all([import("./floor_plans/editor.js"), asked]).catch(() => [null, null]);
if (document.readyState === "loading") await new Promise((done) => { document.addEventListener("DOMContentLoaded", done, { once: true }); });
// Where the editor cannot begin, the plain forms do the same work.
if (sheet) takeOver(module.Editor, sheet);
else location.replace(content("plan-forms"));
