// What pages do beyond plain HTML. Everything works without it. Its words and
// addresses are attributes of its own script element, in the page's language.
"use strict";

document.documentElement.classList.add("js");
const words = document.currentScript.dataset;

// make makes an element with its properties and what is in it.
function make(name, properties, ...inside) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...inside);
  return e;
}

// hidden is a text for those who do not see the page.
const hidden = text => make("span", { className: "hidden" }, " " + text);

// say has a text read out. The element must be there before the text is.
const status = make("p", { className: "hidden" });
status.setAttribute("role", "status");
document.body.append(status);
function say(text) {
  status.textContent = "";
  setTimeout(() => { status.textContent = text; }, 100);
}

// The other language shows the same search or comparison.
for (const when of ["click", "auxclick"]) {
  document.addEventListener(when, event => {
    const a = event.target.closest?.(".languages a");
    if (a) a.search = location.search;
  }, true);
}

// Copying: OMI IDs, and snippets.

async function copy(from, button) {
  try {
    await navigator.clipboard.writeText(from.textContent);
  } catch { // no permission, or no secure connection
    getSelection().selectAllChildren(from);
    if (!document.execCommand("copy")) return say(words.select);
  }
  say(words.copied);
  button.firstChild.data = words.copied;
  button.classList.add("done");
  setTimeout(() => {
    button.firstChild.data = words.copy;
    button.classList.remove("done");
  }, 2000);
}

for (const e of document.querySelectorAll("main [data-copy]")) {
  const button = make("button", { type: "button", className: "copy" }, words.copy, hidden(e.dataset.copy || e.textContent));
  button.addEventListener("click", () => copy(e, button));
  e.after(button);
}

// Screenshots, in a dialog: it keeps the focus, closes on Escape, and gives the
// focus back.

const shots = [...document.querySelectorAll("a.shot")];
let viewer, at;

function show(n) {
  at = (n + shots.length) % shots.length;
  const small = shots[at].querySelector("img");
  const [number, picture, text] = viewer.querySelectorAll("output, img, figcaption");
  picture.src = shots[at].href;
  picture.alt = ""; // its text is below it
  for (const side of ["width", "height"]) picture.setAttribute(side, small.getAttribute(side));
  text.textContent = small.alt;
  if (shots.length > 1) number.textContent = `${at + 1} / ${shots.length}`;
}

function openViewer(n) {
  if (!viewer) {
    const button = (word, sign, act) => {
      const b = make("button", { type: "button", title: word }, sign);
      b.setAttribute("aria-label", word);
      b.addEventListener("click", act);
      return b;
    };
    const text = make("figcaption", { dir: "auto" });
    text.setAttribute("aria-live", "polite");
    const controls = make("div", { className: "viewer-controls" }, make("output"));
    if (shots.length > 1) controls.append(button(words.previous, "←", () => show(at - 1)), button(words.next, "→", () => show(at + 1)));
    controls.append(button(words.close, "✕", () => viewer.close()));
    viewer = make("dialog", { className: "viewer", tabIndex: -1 }, controls, make("figure", {}, make("img"), text));
    viewer.setAttribute("aria-label", document.querySelector("#screenshots").textContent);
    viewer.addEventListener("keydown", event => {
      if (shots.length > 1 && event.key === "ArrowLeft") show(at - 1);
      if (shots.length > 1 && event.key === "ArrowRight") show(at + 1);
    });
    viewer.addEventListener("click", event => { if (event.target === viewer) viewer.close(); });
    document.body.append(viewer);
  }
  show(n);
  viewer.showModal();
  viewer.focus(); // not its first button: that would be pressed by the same key
}

for (const [n, a] of shots.entries()) {
  a.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openViewer(n);
  });
}

// Comparing: which products were picked is kept for the tab. The site's address
// is part of the key, for hosts with several catalogs.

const most = 4;
const key = "compare " + words.comparison.replace(/[^/]+\/compare\/$/, "");
let picked = [];
try { picked = JSON.parse(sessionStorage.getItem(key)) || []; } catch { /* storage may be forbidden */ }
const bar = make("aside", { className: "compare-bar", hidden: true, ariaLabel: words.pick });
document.body.append(bar);

function pick(refs) {
  picked = refs.slice(0, most);
  try { sessionStorage.setItem(key, JSON.stringify(picked)); } catch { /* as above */ }
  refresh();
}

// comparison is the address that compares what was picked.
const comparison = () => words.comparison + "?" + picked.map(ref => "p=" + ref).join("&");

function refresh() {
  for (const b of document.querySelectorAll(".pick")) b.setAttribute("aria-pressed", picked.includes(b.value));
  bar.hidden = !picked.length || location.pathname === words.comparison;
  const clear = make("button", { type: "button" }, words.clear);
  clear.addEventListener("click", () => { pick([]); document.querySelector("main").focus(); });
  bar.replaceChildren(make("a", {
    className: "button",
    href: comparison(),
  }, words.bar.replace("{n}", picked.length)), clear);
}

// offer puts the button in each card, and on a product's own page.
function offer(inside) {
  for (const e of inside.querySelectorAll("[data-product]:not([data-offered])")) {
    e.dataset.offered = "";
    const card = e.querySelector(".card-foot");
    const name = (e.querySelector("h3") || document.querySelector("h1")).textContent;
    const b = make("button", { type: "button", className: card ? "pick" : "pick button second", value: e.dataset.product }, words.pick, hidden(name));
    b.addEventListener("click", () => {
      if (picked.includes(b.value)) return pick(picked.filter(ref => ref !== b.value));
      if (picked.length === most) return say(words.full);
      pick([...picked, b.value]);
      say(words.bar.replace("{n}", picked.length));
    });
    (card || e).append(b);
  }
  refresh();
}
offer(document);

// Scripts that put in cards later say so by an event "cards" at what holds them;
// the page of comparisons says what is picked there by an event "picked".
document.addEventListener("cards", event => offer(event.target));
document.addEventListener("picked", event => pick(event.detail));
addEventListener("pageshow", event => { // from the memory of the browser
  if (!event.persisted) return;
  try { picked = JSON.parse(sessionStorage.getItem(key)) || []; } catch { /* as above */ }
  refresh();
});

// What only the page of comparisons needs is loaded there alone, and once there
// is something to compare: what its address names or else what was picked.
for (const e of document.querySelectorAll("[data-module]")) {
  const named = new URLSearchParams(location.search).has("p");
  if (!named && picked.length) history.replaceState(null, "", comparison());
  if (named || picked.length) import(e.dataset.module);
  else e.querySelector(".without").textContent = e.dataset.same;
}

// The cost estimate with a buyer's own figures: loaded when somebody wants it.
for (const button of document.querySelectorAll("[data-estimate]")) {
  button.hidden = false;
  button.addEventListener("click", () => import(button.dataset.estimate)
    .then(estimate => estimate.start(button))
    .catch(() => say(button.dataset.failed)));
}

// Search: its scripts and index are loaded when somebody wants them, or when
// the page's address asks for what they show.
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  form.hidden = false;
  for (const link of document.querySelectorAll(".refine")) link.hidden = false;
  let loading;
  const load = () => (loading ??= Promise.all([import(form.dataset.engine), import(form.dataset.script)])
    .then(([engine, view]) => view.start(form, new engine.Index(new URL(form.dataset.entry, location).href), engine)));
  form.addEventListener("focusin", () => load().catch(() => (loading = null)));
  const action = new URL(form.action).pathname;
  const here = action === location.pathname;
  if (here && location.search) {
    const root = document.documentElement.classList;
    root.add("searching"); // the list of all products is not what is asked for
    load().catch(() => (loading = null)).finally(() => root.remove("searching"));
  }
  // Going back to a search made on this page, which was loaded anew since.
  addEventListener("popstate", () => {
    if (!loading && location.pathname === action && location.search) load().catch(() => location.reload());
  });
  // On the list of all products, a filter is chosen without leaving the page.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-facet]");
    if (!here || !link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    load().then((search) => search.follow(link.dataset.facet, link.dataset.value), () => location.assign(link.href));
  });
})();
