// Saves a case study while it is being written, keeps the words when the connection is gone, adds rows. The form works without it.
const form = document.querySelector("[data-writing]");
if (form) {
  const status = form.querySelector("[data-status]");
  const key = `praxis-draft:${location.pathname}`;
  let timer = 0;
  let dirty = false;
  let busy = false;
  let stopped = false;

  const say = (text) => { status.textContent = text; };
  const fields = () => [...form.elements].filter((one) => one.name && one.type !== "file" && one.type !== "hidden" && one.type !== "submit");

  const remember = () => {
    const kept = fields().map((one) => [one.name, one.value, one.checked ?? null]);
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* no room: the server still has the last save */ }
  };
  const restore = () => {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (!kept) return;
    for (const [name, value, checked] of kept) {
      for (const one of fields().filter((field) => field.name === name)) {
        if (one.type === "checkbox" || one.type === "radio") {
          if (one.value === value) one.checked = checked;
        } else one.value = value;
      }
    }
    say(form.dataset.restored);
    changed();
  };

  const save = async () => {
    if (busy || stopped || !dirty) return;
    busy = true;
    dirty = false;
    say(form.dataset.saving);
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, headers: { "X-Autosave": "1" }, redirect: "error" });
      const { message, version } = await answer.json();
      say(message);
      if (answer.ok) {
        form.elements.version.value = version;
        localStorage.removeItem(key);
      } else stopped = true;
    } catch {
      dirty = true;
      remember();
      say(form.dataset.offline);
      timer = setTimeout(save, 10000);
    }
    busy = false;
  };
  const changed = () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, 2500);
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); localStorage.removeItem(key); });
  addEventListener("pagehide", () => { if (dirty && !stopped) remember(); });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-more]");
    if (!button) return;
    event.preventDefault();
    const rows = button.closest("[data-rows]");
    const total = rows.querySelector("[name$=TOTAL_FORMS]");
    const holder = document.createElement("div");
    holder.innerHTML = rows.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const row = holder.firstElementChild;
    button.before(row);
    row.querySelector("input, select, textarea").focus();
  });
  // Enter in a one-line field must not press the first button of the form.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=text], input[type=url], input[type=number]")) event.preventDefault();
  });
  restore();
  document.querySelector("#faults")?.focus();
}
