// New posts while reading, how far one has read, and writing: drafts, mentions, quotes, nearest threads. All of it works without, only slower.
const EVERY = 4000;
const SLOWEST = 60000;
const PREFIX = "praxis-post:";
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

const thread = document.querySelector("[data-thread]");
if (thread) {
  follow(thread);
  noteReading(thread);
}
for (const form of document.querySelectorAll("[data-composer]")) compose(form);

function follow(page) {
  if (!page.dataset.live) return;
  const list = page.querySelector("#posts");
  const status = page.querySelector("[data-status]");
  const base = page.dataset.live.replace(/0\/$/, "");
  let last = Number(page.dataset.read);
  let fresh = 0;
  let wait = EVERY;
  const ask = async () => {
    if (document.hidden) return later();
    try {
      const answer = await fetch(`${base}${last}/`, { headers: { "X-Requested-With": "fetch" } });
      if (answer.status === 404 || answer.status === 403) {
        list.replaceChildren();
        status.textContent = page.dataset.gone;
        return;
      }
      wait = answer.ok ? EVERY : Math.min(wait * 2, SLOWEST);
      if (answer.status === 200) add(await answer.text());
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
    }
    later();
  };
  const later = () => setTimeout(ask, wait);
  const add = (html) => {
    const holder = document.createElement("ol");
    holder.innerHTML = html; // made by our own server from words it has cleaned
    for (const post of [...holder.querySelectorAll("li.post")]) {
      if (document.getElementById(post.id)) continue;
      post.classList.add("post--fresh");
      list.append(post);
      window.htmx?.process(post);
      last = Math.max(last, Number(post.dataset.number));
      fresh += 1;
    }
    status.textContent = page.dataset.said.replace("{count}", fresh);
    watch?.(list);
  };
  status.addEventListener("click", () => {
    list.querySelector(".post--fresh")?.scrollIntoView({ block: "start" });
    status.textContent = "";
    fresh = 0;
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wait = EVERY; });
  later();
}

let watch;
function noteReading(page) {
  if (!page.dataset.seen || !("IntersectionObserver" in window)) return;
  const base = page.dataset.seen.replace(/0\/$/, "");
  let furthest = 0;
  let timer = 0;
  const send = () => fetch(`${base}${furthest}/`, { method: "POST", headers: { "X-CSRFToken": token() }, keepalive: true }).catch(() => {});
  const eye = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) furthest = Math.max(furthest, Number(one.target.dataset.number));
    clearTimeout(timer);
    if (furthest) timer = setTimeout(send, 1500);
  });
  watch = (list) => { for (const post of list.querySelectorAll("li.post")) eye.observe(post); };
  watch(page.querySelector("#posts"));
  for (const link of page.querySelectorAll("[data-reply]")) link.addEventListener("click", (event) => answer(event, link));
}

function answer(event, link) {
  const form = document.querySelector("[data-composer]");
  if (!form) return;
  event.preventDefault();
  const number = link.dataset.reply;
  const post = document.getElementById(`post-${number}`);
  const words = form.elements.text;
  const marked = document.getSelection();
  form.elements.to.value = number;
  const told = form.querySelector("[data-to]");
  told.hidden = false;
  told.querySelector("span").textContent = number;
  if (marked && !marked.isCollapsed && post.contains(marked.anchorNode)) {
    const quote = String(marked).trim().split("\n").map((line) => `> ${line}`).join("\n");
    words.value += `${words.value ? "\n\n" : ""}[@${thread.dataset.thread}:${number}]\n${quote}\n\n`;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }
  words.focus();
  words.scrollIntoView({ block: "center" });
}

function compose(form) {
  const key = PREFIX + form.dataset.place;
  const status = form.querySelector("[data-saved]");
  const words = form.elements.text;
  let timer = 0;
  let sent = false;
  const typed = () => {
    const data = new FormData();
    for (const name of ["title", "text", "kind", "language", "to", "situation", "tried", "constraints", "group", "starts_at", "ends_at"]) {
      const field = form.elements[name];
      if (field?.value) data.set(name, field.value);
    }
    return data;
  };
  const keepHere = (sentAs = "") => {
    try { localStorage.setItem(key, JSON.stringify({ ...Object.fromEntries(typed()), sentAs })); } catch { /* no room: the server keeps it */ }
  };
  const save = async () => {
    const data = typed();
    data.set("place", form.dataset.place);
    try {
      const told = await fetch(form.dataset.drafts, { method: "POST", body: data, headers: { "X-CSRFToken": token() }, redirect: "error" });
      if (!told.ok) throw new Error(told.status);
      status.textContent = (await told.json()).message;
      localStorage.removeItem(key);
    } catch {
      if (!sent) status.textContent = form.dataset.offline;
    }
  };
  form.addEventListener("input", () => {
    keepHere();
    clearTimeout(timer);
    timer = setTimeout(save, 2500);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
    keepHere(form.elements.key.value); // until it is known to have arrived: the session may have ended
  });
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    if (kept?.sentAs && kept.sentAs === form.dataset.arrived) localStorage.removeItem(key);
    else if (kept && !words.value) for (const [name, value] of Object.entries(kept)) if (form.elements[name]) form.elements[name].value = value;
  } catch { /* not ours */ }
  mention(form, words);
  if (form.dataset.nearest) nearest(form);
}

function nearest(form) {
  const place = document.querySelector("[data-nearest-here]");
  let timer = 0;
  let asked = "";
  const look = async () => {
    const data = new URLSearchParams({ title: form.elements.title.value, text: form.elements.text.value.slice(0, 300) });
    if (String(data) === asked) return;
    asked = String(data);
    const answer = await fetch(`${form.dataset.nearest}?${data}`).catch(() => null);
    if (answer?.ok) place.innerHTML = await answer.text();
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 700);
  });
}

function mention(form, words) {
  const list = document.createElement("ul");
  list.className = "mentions";
  list.hidden = true;
  list.id = `${words.id}-people`;
  list.setAttribute("role", "listbox");
  words.after(list);
  words.parentElement.classList.add("words");
  words.setAttribute("aria-controls", list.id);
  let chosen = 0;
  let begun = -1;
  const close = () => { list.hidden = true; begun = -1; };
  const choose = (option) => {
    const name = `@[${option.textContent}](${option.dataset.id}) `;
    words.setRangeText(name, begun, words.selectionStart, "end");
    close();
    words.focus();
    words.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const mark = (number) => {
    chosen = (number + list.children.length) % list.children.length;
    [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
  };
  words.addEventListener("input", async () => {
    const before = words.value.slice(0, words.selectionStart);
    const found = /(?:^|\s)@([\p{L}\p{M}' -]{0,30})$/u.exec(before);
    if (!found) return close();
    begun = before.length - found[1].length - 1;
    const join = form.dataset.people.includes("?") ? "&" : "?";
    const answer = await fetch(`${form.dataset.people}${join}q=${encodeURIComponent(found[1])}`).catch(() => null);
    const people = answer?.ok ? (await answer.json()).people : [];
    if (!people.length || begun < 0) return close();
    list.replaceChildren(...people.map((one, at) => {
      const option = document.createElement("li");
      option.textContent = one.name;
      option.dataset.id = one.id;
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      return option;
    }));
    list.hidden = false;
    mark(0);
  });
  words.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(chosen + step);
    else if (event.key === "Enter" || event.key === "Tab") choose(list.children[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  words.addEventListener("blur", () => setTimeout(close, 100));
}
