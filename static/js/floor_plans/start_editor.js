// Begins as early as it can: asks for the plan and its modules while the page is still being read.

const address = document.querySelector("meta[name=plan-document]").content;
const answer = fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
const [{ Editor }, response] = await Promise.all([import("./editor.js"), answer]);
if (document.readyState === "loading") await new Promise((done) => { document.addEventListener("DOMContentLoaded", done, { once: true }); });

const root = document.querySelector("[data-plan-editor]");
if (root && response.ok) {
  const sheet = await response.json();
  for (const node of document.querySelectorAll("[data-scripted]")) node.hidden = false;
  for (const node of document.querySelectorAll("[data-plain]")) node.hidden = true;
  new Editor(root, sheet);
  root.dataset.ready = "1";
  performance.mark("plan-ready");
}
