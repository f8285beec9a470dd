// Keeps a draft while it is being typed: <form data-autosave="/address" …autosave_words()>.
// Each change is posted to that address as the form itself would be (token included; files and passwords left out). A good answer is
// 204, or JSON {"saved_at": "9:41", "fields": {"revision": "5"}} whose fields go into hidden inputs of that name. Without a network the
// typed values wait on this device with those they were typed over: when the form is opened again, what differs is put in and sent, and
// what was changed elsewhere meanwhile stays; of a field that was changed here too, what stood there is shown in [data-autosave-left].
// The same when the session has ended (400, 401), or when the whole form was sent in vain or refused: the next time it is opened, in
// whichever language, unchanged by the server, what was typed comes back. A hidden input "made_from" names the thing: words typed for
// one that has ended come back into the form of another, and wait for somebody to go on. Words that fit no more, as their field is
// closed or the whole was sent meanwhile, are shown in [data-autosave-left] until they are put away. JSON {"words": "…"} of a refusal
// is told as it stands.
// Without an address (data-autosave="") nothing is posted: what was typed only waits on this device until the form is sent.

const PAUSE = 1200;

function typed(form) {
  const data = new FormData(form);
  for (const field of form.querySelectorAll("input[type=file], input[type=password], input[type=hidden]")) data.delete(field.name);
  return new URLSearchParams(data).toString();
}

function body(form) {
  const data = new FormData(form);
  for (const field of form.querySelectorAll("input[type=file], input[type=password]")) data.delete(field.name);
  return new URLSearchParams(data);
}

const shelf = {
  put(key, text) { try { localStorage.setItem(key, text); } catch { /* private window: nowhere to keep it */ } },
  take(key) { try { return localStorage.getItem(key); } catch { return null; } },
  clear(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
};

// What the page came with: words typed before this script was there count as typed. Opened again by Back or anew, a page has what the
// browser put into it, and that is not what somebody types now.
function came_with(form) {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return typed(form);
  const copy = form.cloneNode(true);
  copy.reset();
  return typed(copy);
}

// What the server's copy was when the page was made: hidden fields other than the token.
function revision(form) {
  const hidden = [...form.querySelectorAll("input[type=hidden]")].filter((field) => field.name !== "csrf_token");
  return hidden.map((field) => `${field.name}=${field.value}`).join("&");
}

// `base` is what it was typed over: fields that do not differ from it were not touched.
function fill(form, text, base = null) {
  const old = new URLSearchParams(text);
  const before = base === null ? null : new URLSearchParams(base);
  const touched = (name) => before === null || before.getAll(name).join("\n") !== old.getAll(name).join("\n");
  for (const field of form.elements) {
    if (!field.name || !touched(field.name) || ["hidden", "file", "password", "submit", "button"].includes(field.type)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = old.getAll(field.name).includes(field.value);
    else if (old.has(field.name) && !field.multiple) field.value = old.get(field.name);
  }
}

// The values that stand in the form now of fields for which `picks(before, now)`, as a person reads them: [name, label, words].
function readable(form, base, picks = (before, now) => before !== now) {
  const before = new URLSearchParams(base), now = new URLSearchParams(typed(form)), rows = [];
  for (const name of new Set([...now.keys()])) {
    if (!picks(before.getAll(name).join("\n"), now.getAll(name).join("\n"), name)) continue;
    const fields = [...form.elements].filter((field) => field.name === name);
    const heading = fields[0]?.closest("fieldset")?.querySelector("legend") ?? fields[0]?.labels?.[0];
    const single = fields.length === 1 && fields[0].labels?.[0];
    const label = fields[0]?.getAttribute("aria-label") ?? text_of(single || heading) ?? name;
    rows.push([name, label, fields.map(words_of).filter(Boolean).join(", ")]);
  }
  return rows.filter((row) => row[2]);
}

// What was saved elsewhere in fields that were changed on this device as well, before `text` is put in.
function saved_elsewhere(form, text, base) {
  const mine = new URLSearchParams(text);
  const rows = readable(form, base, (before, now, name) => ![now, before].includes(mine.getAll(name).join("\n")) && now !== before);
  return rows.map(([name, label, words]) => [name, form.dataset.elsewhere.replace("{field}", label), words]);
}

function text_of(label) {
  const copy = label?.cloneNode(true);
  copy?.querySelectorAll(".opt-word").forEach((word) => word.remove());
  return copy?.textContent.trim();
}

function words_of(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked ? text_of(field.labels?.[0]) ?? "✓" : "";
  return field.selectedOptions ? [...field.selectedOptions].map((option) => option.textContent.trim()).join(", ") : field.value;
}

async function facts_of(answer) {
  if (!answer.headers.get("content-type")?.includes("json")) return {};
  return answer.json().catch(() => ({}));
}

function parsed(text) {
  try { return JSON.parse(text ?? "null"); } catch { return null; }
}

function clock() {
  const zone = { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" };
  return new Intl.DateTimeFormat("vi-VN", zone).format(new Date());
}

function watch(form) {
  // By person: two people may apply to one fair on a shared phone.
  const address = form.dataset.autosave;
  const own = `${form.dataset.person}:${location.pathname.replace(/^\/en(?=\/)/, "")}`;
  const key = `draft:${own}`;
  const sentKey = `sent:${own}`;
  const leftKey = `left:${own}`;
  const status = form.querySelector("[data-autosave-status]") ?? document.querySelector("[data-autosave-status]");
  const tell = (words) => { if (status && words) status.textContent = words; };
  const thing = () => form.elements.made_from?.value ?? "";
  let timer = 0;
  const sent = parsed(shelf.take(sentKey));
  let saved = came_with(form);
  // A form that was refused comes with what was typed: what is saved is what it was typed over.
  let base = form.querySelector("[aria-invalid=true]") ? sent?.base ?? saved : saved;
  let leaving = false;
  let running = null;

  // A phone may end the browser while it lies in the background: the words are put away before.
  function keep() {
    const text = typed(form);
    if (leaving || text === base) return;
    shelf.put(key, JSON.stringify({ from: revision(form), of: thing(), base, text, rows: readable(form, base) }));
  }

  function take(fields = {}) {
    for (const [name, value] of Object.entries(fields)) {
      if (form.elements[name]?.type === "hidden") form.elements[name].value = value;
    }
  }

  // One save at a time: each carries the revision that the one before it brought back.
  async function save() {
    clearTimeout(timer);
    if (running) {
      timer = setTimeout(save, PAUSE);
      return;
    }
    running = send();
    await running;
    running = null;
  }

  async function send() {
    const text = typed(form);
    if (leaving || text === saved) return;
    if (!address) {
      keep();
      return;
    }
    tell(form.dataset.saving);
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body: body(form), headers: { Accept: "application/json" }, redirect: "manual" });
    } catch {
      if (leaving) return;
      keep();
      tell(form.dataset.offline);
      return;
    }
    if (!answer.ok) {
      const signedOut = answer.type === "opaqueredirect" || [400, 401].includes(answer.status);
      if (signedOut) keep();
      const facts = await facts_of(answer);
      take(facts.fields);
      tell(facts.words ? facts.words : signedOut ? form.dataset.signedOut : answer.status === 409 ? form.dataset.conflict : form.dataset.refused);
      return;
    }
    saved = base = text;
    shelf.clear(key);
    const facts = await facts_of(answer);
    take(facts.fields);
    tell((form.dataset.saved ?? "").replace("{time}", facts.saved_at ?? clock()));
  }

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); });
  form.addEventListener("change", save);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      running.finally(() => setTimeout(() => form.requestSubmit(event.submitter)));
      return;
    }
    leaving = true;
    shelf.clear(key);
    shelf.put(sentKey, JSON.stringify({ from: revision(form), base, text: typed(form) }));
  });
  window.addEventListener("online", save);
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });

  const kept = parsed(shelf.take(key));
  shelf.clear(sentKey);
  const same = (one) => (one?.from === revision(form) ? one : null);
  const waiting = (address ? kept : same(kept)) ?? same(sent);
  const isOfAnother = Boolean(waiting?.of) && waiting.of !== thing();
  const replaced = waiting?.base && !isOfAnother ? saved_elsewhere(form, waiting.text, waiting.base) : [];
  leave([...(kept?.rows?.filter(([name]) => waiting !== kept || !form.elements[name]) ?? []), ...replaced]);
  if (waiting && waiting.text !== saved) {
    fill(form, waiting.text, waiting.base);
    if (typed(form) === saved) shelf.clear(key);
    else if (isOfAnother) tell(form.dataset.putBack);
    else save();
  } else {
    shelf.clear(key);
    if (typed(form) !== saved) timer = setTimeout(save, PAUSE);
  }

  // Words that cannot go into the form any more stay on the page, and on this device, until somebody puts them away.
  function leave(rows) {
    const box = form.querySelector("[data-autosave-left]");
    if (!box) return;
    if (kept?.rows) shelf.put(key, JSON.stringify({ ...kept, rows: [] }));
    const lost = [...(parsed(shelf.take(leftKey)) ?? []), ...rows];
    const each = [...new Map(lost.map((row) => [row.join("\n"), row])).values()];
    if (!each.length) return;
    shelf.put(leftKey, JSON.stringify(each));
    box.querySelector("dl").append(...each.map(([, label, words]) => {
      const group = document.createElement("div"), term = document.createElement("dt"), text = document.createElement("dd");
      [term.className, term.textContent, text.className, text.textContent] = ["b6", label, "letter", words];
      group.append(term, text);
      return group;
    }));
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => { shelf.clear(leftKey); box.hidden = true; });
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
