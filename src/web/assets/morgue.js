// Keys, adding to lists, drafts of notes. Every page works without this file. A key clicks or
// focuses a control that can be seen, so what a control does is written in the page alone.

const main = document.querySelector("main");

// What happened, in words, with a button that takes it back.
const line = document.createElement("p");
line.className = "said";
line.setAttribute("role", "status");
(document.querySelector("footer") ?? document.body).append(line);

function say(text, undo) {
  line.replaceChildren(text);
  if (!undo) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Undo (u)";
  button.addEventListener("click", undo);
  line.append(" ", button);
}

// Hits, and on other pages what stands in their place: passages, rows of people.
const STOPS = ".hit, .passage, .stack tbody tr";
let current = null;
const stop = () => document.activeElement.closest(STOPS) ?? (current?.isConnected ? current : null);
const link = (it) => it?.querySelector("h2 a[href], h3 a[href]") ?? it?.querySelector("a[href]");

document.addEventListener("focusin", (event) => {
  current = event.target.closest(STOPS) ?? current;
});

function step(by) {
  const stops = [...main.querySelectorAll(STOPS)].filter((it) => it.checkVisibility() && link(it));
  const at = stops.indexOf(stop());
  const inView = (it) => it.getBoundingClientRect().bottom > 0 && link(it).getBoundingClientRect().top >= 0;
  const next = at < 0 ? (stops.find(inView) ?? stops[0]) : stops[at + by];
  if (!next) return say(by > 0 ? "This is the last one." : "This is the first one.");
  current = next;
  next.scrollIntoView({ block: "nearest" });
  link(next).focus({ preventScroll: next.offsetHeight < innerHeight });
}

function open(inNewTab) {
  const to = link(stop());
  if (!to) return say("Choose one first: j and k go through them.");
  if (inNewTab) window.open(to.href, "_blank", "noopener");
  else to.click();
}

// Matches have the ids m1, m2 …, changes c1, c2 …. The address is replaced, so that Back leaves
// the page and does not go through them again.
function mark(by) {
  const marks = [...main.querySelectorAll("[id]")].filter((it) => /^[mc]\d+$/.test(it.id));
  const from = main.querySelector(":target");
  const bit = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const beyond = (it) => !from || from.compareDocumentPosition(it) & bit;
  const next = by > 0 ? marks.find(beyond) : marks.findLast(beyond);
  if (!next) return say(marks.length ? "No more in this direction." : "Nothing is marked here.");
  location.replace(`#${next.id}`);
  say(`${marks.indexOf(next) + 1} of ${marks.length}`);
}

function unfold(it) {
  for (let up = it.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
}

// The control beside the hit, or else the page's, with what it is folded into opened.
function control(selector) {
  const it = stop()?.querySelector(selector) ?? main.querySelector(selector);
  if (!it) return say("This page has nothing for this key.");
  unfold(it);
  return it;
}

function focus(selector) {
  const it = control(selector);
  it?.focus();
  if (it?.matches("input, textarea")) it.select();
}

const click = (selector) => control(selector)?.click();

// The list that was added to last, in this tab; else the first that is offered.
const LAST = "morgue list";
const ADD = 'button[formaction$="/entries"]';
const send = (to, fields) =>
  fetch(to, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" }).then((it) => {
    if (it.type !== "opaqueredirect" && !it.ok) throw it;
  });

async function add() {
  const of = stop()?.matches(".hit") ? stop() : main.querySelector("article");
  const offered = [...(of?.querySelectorAll(ADD) ?? [])];
  const last = sessionStorage.getItem(LAST);
  const button = offered.find((it) => it.getAttribute("formaction") === last) ?? offered[0];
  if (!button) return say("No list is offered here.");
  const name = button.textContent;
  if (button.disabled) return say(`It is on “${name}” already.`);
  const to = button.getAttribute("formaction");
  const fields = [...new FormData(button.form)];
  const articles = new Set(fields.filter((it) => it[0] === "article").map((it) => it[1].split("#")[0]));
  const without = [...articles].map((it) => ["article", it]);
  button.disabled = true;
  try {
    await send(to, fields);
    sessionStorage.setItem(LAST, to);
    say(`Added to “${name}”.`, () =>
      send(to.replace(/entries$/, "remove"), without).then(
        () => { button.disabled = false; say(`Taken off “${name}” again.`); },
        () => say(`It could not be taken off “${name}”.`)));
  } catch {
    button.disabled = false;
    say(`It could not be added to “${name}”.`);
  }
}

const BOX = "form:not([method=post]) input:not([type=hidden], [type=checkbox])";
const go = (to) => document.querySelector(`.masthead nav a[href="${to}"]`).click();
const keys = {
  "/": () => (main.querySelector(BOX) ? focus(BOX) : go("/search")),
  j: () => step(1),
  k: () => step(-1),
  o: () => open(false),
  O: () => open(true),
  ".": () => mark(1),
  ",": () => mark(-1),
  "]": () => click("a[rel=next]"),
  "[": () => click("a[rel=prev]"),
  x: () => stop()?.querySelector("input[type=checkbox]")?.click(),
  a: add,
  A: () => focus(`${ADD}:enabled`),
  u: () => line.querySelector("button")?.click(),
  n: () => focus('[name=note], .row a[href*="#e"]'),
  s: () => focus('[name=state], .row a[href*="#e"]'),
  e: () => focus("#chosen [name=to], a[download]"),
  "?": () => {
    const help = document.querySelector("#keys");
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
};
const PLACES = { s: "/search", p: "/people", l: "/lists" };
const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";
let afterG = false;

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const isTyped = event.getModifierState("AltGraph") || !(event.ctrlKey || event.altKey || event.metaKey);
  if (!isTyped || event.isComposing || event.defaultPrevented) return;
  if (target.matches(FIELDS)) {
    if (key === "Escape") {
      const back = link(stop());
      target.blur();
      back?.focus();
    }
    return;
  }
  const place = afterG && PLACES[key];
  afterG = key === "g" && !afterG;
  let act = place ? () => go(place) : Object.hasOwn(keys, key) && keys[key];
  // Enter on a link or a button is the browser's; a box would send its form.
  if (key === "Enter" && (target === document.body || target.type === "checkbox")) act = keys.o;
  if (key === "Escape") say("");
  if (!act || (event.repeat && !"jk.,".includes(key))) return;
  event.preventDefault();
  if (key !== "u") say("");
  act();
});

// Drafts: what was typed is kept in this tab until the server has taken it.
const DRAFT = "morgue draft ";
const SENT = "morgue sent";
const isNote = (it) => it.matches?.("form[method=post] :is(textarea, [name=note])");
const draft = (it) => DRAFT + [it.form.getAttribute("action"), it.form.elements.article?.value, it.name].join(" ");

const [arrival] = performance.getEntriesByType("navigation");
if (arrival?.redirectCount && arrival.responseStatus === 200) {
  for (const key of JSON.parse(sessionStorage.getItem(SENT) ?? "[]")) sessionStorage.removeItem(key);
}
sessionStorage.removeItem(SENT);

for (const it of [...main.querySelectorAll("textarea, [name=note]")].filter(isNote)) {
  const kept = sessionStorage.getItem(draft(it));
  if (kept === null || kept === it.value) continue;
  it.value = kept;
  unfold(it);
  say("A note that was not saved stands in its box again.");
}

document.addEventListener("input", ({ target: it }) => {
  if (!isNote(it)) return;
  if (it.value === it.defaultValue) sessionStorage.removeItem(draft(it));
  else sessionStorage.setItem(draft(it), it.value);
});

document.addEventListener("submit", ({ target: form, submitter }) => {
  sessionStorage.setItem(SENT, JSON.stringify([...form.elements].filter(isNote).map(draft)));
  const to = submitter?.getAttribute("formaction");
  if (to?.endsWith("/entries")) sessionStorage.setItem(LAST, to);
});
