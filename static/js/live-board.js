// Two organisers at one board: asks every few seconds for the number of the latest change, says in words what somebody changed, and
// shows booths, figures and lists as they are now. Nothing that is focused or chosen is taken away. Without this the page shows it when opened again.
const EVERY_MS = 4000;
const board = document.querySelector("[data-live-board]");
let known = Number(board?.dataset.revision);

function followBooths(page) {
  for (const now of page.querySelectorAll("svg.plan .b[data-b]")) {
    const here = document.querySelector(`svg.plan .b[data-b="${CSS.escape(now.dataset.b)}"]`);
    if (!here || here.isEqualNode(now)) continue;
    here.replaceChildren(...now.childNodes);
    for (const name of ["class", "data-s", "fill"]) here.setAttribute(name, now.getAttribute(name) ?? "");
    const [link, fresh] = [here.closest("a"), now.closest("a")];
    if (link && fresh) link.setAttribute("aria-label", fresh.getAttribute("aria-label"));
  }
}

function followLists(page) {
  for (const here of document.querySelectorAll("[data-live-part]")) {
    const now = page.querySelector(`[data-live-part="${here.dataset.livePart}"]`);
    if (now && !here.contains(document.activeElement)) here.replaceChildren(...now.childNodes);
  }
}

async function look() {
  try {
    if (!document.hidden) {
      const answer = await fetch(board.dataset.liveBoard, { headers: { Accept: "application/json" } });
      const latest = answer.ok ? await answer.json() : null;
      if (latest && latest.revision !== known) {
        const fresh = await fetch(location.href, { headers: { Accept: "text/html" } });
        if (fresh.ok) {
          const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
          known = latest.revision;
          followBooths(page);
          document.getElementById("plan").dataset.holders = page.getElementById("plan").dataset.holders;
          followLists(page);
          board.textContent = latest.words;
          board.hidden = false;
        }
      }
    }
  } catch {
    // Away from the network: the next look may find it again.
  }
  setTimeout(look, EVERY_MS);
}

if (board) setTimeout(look, EVERY_MS);
