// What pages do beyond plain HTML. Everything works without it.
"use strict";

document.documentElement.classList.add("js");

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
  const here = new URL(form.action).pathname === location.pathname;
  if (here && location.search) {
    const root = document.documentElement.classList;
    root.add("searching"); // the list of all products is not what is asked for
    load().catch(() => (loading = null)).finally(() => root.remove("searching"));
  }
  // On the list of all products, a filter is chosen without leaving the page.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-facet]");
    if (!here || !link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    load().then((search) => search.follow(link.dataset.facet, link.dataset.value), () => location.assign(link.href));
  });
})();
