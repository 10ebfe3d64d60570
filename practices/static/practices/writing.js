// Saves a case study while it is being written, keeps the words when the connection is gone, adds rows. The form works without it.
const PREFIX = "praxis-draft:";
const MOST_ROWS = 40;
const kept = (key) => {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
};

const form = document.querySelector("[data-writing]");
if (!form) {
  // Another page of one's own: what was sent has arrived, and this may be a shared computer.
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && kept(key)?.sent) localStorage.removeItem(key);
} else {
  const status = form.querySelector("[data-status]");
  const address = form.getAttribute("action");
  const key = PREFIX + address;
  let timer = 0;
  let dirty = form.hasAttribute("data-unsaved");
  let busy = false;
  let stopped = false;

  const say = (text) => { if (status.textContent !== text) status.textContent = text; };
  const fields = () => [...form.elements].filter((one) => one.name && !["file", "hidden", "submit", "button"].includes(one.type));
  const version = form.elements.version;

  const total = (rows) => rows.querySelector("[name$=TOTAL_FORMS]");
  const remember = (sent = false) => {
    const totals = [...form.querySelectorAll("[data-rows]")].map((rows) => [rows.dataset.rows, Number(total(rows).value)]);
    const values = fields().map((one) => [one.name, one.value, one.checked ?? null]);
    try { localStorage.setItem(key, JSON.stringify({ sent, version: version.value, totals, values })); } catch { /* no room: the server still has the last save */ }
  };
  const forget = () => localStorage.removeItem(key);
  const restore = () => {
    const found = kept(key);
    if (!found?.values) return;
    if (found.sent && found.version !== version.value) {
      forget(); // it arrived
      return;
    }
    for (const [name, count] of found.totals) {
      const rows = form.querySelector(`[data-rows="${name}"]`);
      while (rows && Number(total(rows).value) < Math.min(count, MOST_ROWS)) add(rows);
    }
    const there = fields();
    let differs = false;
    for (const [name, value, checked] of found.values) {
      for (const one of there.filter((field) => field.name === name)) {
        const isChoice = one.type === "checkbox" || one.type === "radio";
        if (isChoice ? one.value !== value || one.checked === checked : one.value === value) continue;
        differs = true;
        if (isChoice) one.checked = checked;
        else one.value = value;
      }
    }
    if (!differs) {
      forget(); // the last save arrived, only its answer did not
      return;
    }
    version.value = found.version; // saved elsewhere meanwhile: the server will say so
    changed();
    say(form.dataset.restored);
  };

  const data = () => {
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File || name.endsWith("-out")) typed.delete(name);
    return typed;
  };
  let running = Promise.resolve();
  const save = () => {
    clearTimeout(timer);
    if (!busy && !stopped && dirty) running = send();
  };
  const send = async () => {
    let wait = 2500;
    busy = true;
    dirty = false;
    say(form.dataset.saving);
    try {
      const answer = await fetch(address, { method: "POST", body: data(), headers: { "X-Autosave": "1" }, redirect: "error" });
      const told = await answer.json();
      version.value = told.version;
      say([told.message, ...(told.faults ?? [])].join(" · "));
      if (!answer.ok) {
        stopped = true; // until the button says whose words hold
        remember();
      } else if (told.faults.length) remember();
      else if (!dirty) forget();
    } catch {
      dirty = true;
      remember();
      say(form.dataset.offline);
      wait = 10000;
    }
    busy = false;
    if (dirty && !stopped) timer = setTimeout(save, wait);
  };
  const changed = () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, 2500);
  };

  const add = (rows) => {
    const template = rows.querySelector("template");
    const number = Number(total(rows).value);
    const row = template.content.cloneNode(true).querySelector("[data-row]");
    for (const one of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of [...one.attributes]) {
        if (attribute.value.includes("__prefix__")) one.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", number));
      }
    }
    total(rows).value = number + 1;
    template.before(row);
    removable(row);
    rows.querySelector("[data-more]").hidden = number + 1 >= MOST_ROWS;
    return row;
  };
  const removable = (row) => { row.querySelector("[data-remove]").hidden = false; };
  const remove = (row) => {
    const next = row.parentElement.querySelector("[data-more]");
    for (const one of row.querySelectorAll("input, select, textarea")) {
      if (one.type === "checkbox") one.checked = false;
      else if (one.type !== "hidden") one.value = "";
    }
    row.hidden = true; // an empty row is no row; the numbers of the others stay
    changed();
    next.focus();
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", async (event) => {
    if (busy) { // the answer brings the version this must be sent with
      event.preventDefault();
      await running;
      form.requestSubmit(event.submitter);
      return;
    }
    stopped = true;
    clearTimeout(timer);
    remember(true);
  });
  addEventListener("pagehide", () => {
    if (dirty && !stopped) remember();
    stopped = true; // a page that was left sends nothing more: the next one begins from what it kept
    clearTimeout(timer);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("online", save);

  form.addEventListener("click", (event) => {
    const { target } = event;
    const more = target.closest("[data-more]");
    const suggested = target.closest("[data-factor]");
    if (more || suggested) {
      event.preventDefault();
      const row = add(target.closest("[data-rows]"));
      if (suggested) {
        row.querySelector("[name$=-factor]").value = suggested.dataset.factor;
        suggested.closest("li").remove();
      }
      row.querySelector(suggested ? "[name$=-role]" : "input:not([type=hidden]), select, textarea").focus();
      if (suggested) changed();
    }
    const removed = target.closest("[data-remove]");
    if (removed) remove(removed.closest("[data-row]"));
  });
  // Enter in a one-line field must not press the first button of the form.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=radio], [type=file])")) event.preventDefault();
  });

  form.querySelectorAll("[data-rows] > [data-row]").forEach(removable);
  restore();
  document.querySelector("#faults")?.focus();
}
