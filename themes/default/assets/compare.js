// The page that compares products. Its address says which; they are taken from
// their own pages, where data-compare marks what is compared.

const box = document.querySelector("[data-module]");
const words = box.dataset;
const form = /^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;
const most = 4;
const pages = new Map(); // reference to what a fetch promised
const out = document.createElement("div");
const status = document.createElement("p");
status.setAttribute("role", "status");
status.className = "meta";

// chosen reads the address. Only what has the form of a reference is fetched.
function chosen() {
  const refs = new URLSearchParams(location.search).getAll("p").filter(p => p.length < 140 && form.test(p));
  return [...new Set(refs)].slice(0, most);
}

// product fetches a product's page: a document, null where there is no such
// product (what was withdrawn has a page too, without anything to compare), or
// undefined where it could not be fetched.
async function product(ref) {
  try {
    const answer = await fetch(words.products + ref + "/");
    if (answer.status === 404 || answer.status === 410) return null;
    if (!answer.ok) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector(".product [data-compare]") ? page : null;
  } catch {
    return undefined;
  }
}

const flat = e => e.textContent.replace(/\s+/g, " ").trim();

// value copies what a page says under a key.
function value(page, key) {
  const cell = document.createElement("td");
  for (const e of page.querySelectorAll(`[data-compare="${key}"]`)) {
    const from = e.matches("ul") ? [e] : [...e.childNodes];
    cell.append(...from.map(n => document.importNode(n, true)));
  }
  for (const e of cell.querySelectorAll("[id], [data-compare]")) {
    e.removeAttribute("id");
    e.removeAttribute("data-compare");
  }
  for (const h of cell.querySelectorAll("h3")) { // the table is under the page's heading
    const name = document.createElement("p");
    name.className = "offer-name";
    name.append(...h.childNodes);
    h.replaceWith(name);
  }
  return cell;
}

// head makes a product's column header.
function head(ref, page) {
  const cell = document.createElement("th");
  cell.scope = "col";
  const logo = page.querySelector(".entry-head .logo");
  if (logo) cell.append(document.importNode(logo, true));
  const link = document.createElement("a");
  link.href = words.products + ref + "/";
  link.textContent = flat(page.querySelector("h1"));
  link.dir = "auto";
  const seller = document.createElement("span");
  seller.className = "meta";
  seller.textContent = flat(page.querySelector('[data-compare="seller"]'));
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "copy";
  remove.append(words.remove, Object.assign(document.createElement("span"), { className: "hidden", textContent: " " + link.textContent }));
  remove.addEventListener("click", () => {
    go(chosen().filter(r => r !== ref)).then(() => (out.querySelector("th button") || box.querySelector("a.button")).focus());
  });
  cell.append(link, seller, remove);
  return cell;
}

// table fills the rows that some product has a value for.
function table(found) {
  const part = box.querySelector("template").content.cloneNode(true);
  part.querySelector("thead tr").append(...found.map(([ref, page]) => head(ref, page)));
  for (const row of part.querySelectorAll("[data-row]")) {
    const cells = found.map(([, page]) => value(page, row.dataset.row));
    if (!cells.some(flat)) {
      row.remove();
      continue;
    }
    for (const c of cells) if (!flat(c)) c.textContent = "–";
    if (found.length > 1 && cells.some(c => flat(c) !== flat(cells[0]))) {
      row.classList.add("differs");
      row.firstElementChild.append(Object.assign(document.createElement("span"), { className: "hidden", textContent: `, ${words.differs}` }));
    }
    row.append(...cells);
  }
  return part;
}

let turn = 0; // a later one overtakes those that still wait

async function draw() {
  const mine = ++turn;
  const refs = chosen();
  if (refs.length || mine > 1) document.dispatchEvent(new CustomEvent("picked", { detail: refs }));
  if (refs.length) status.textContent = words.loading;
  for (const ref of refs) if (!pages.has(ref)) pages.set(ref, product(ref));
  const found = [];
  const said = [];
  for (const ref of refs) {
    const page = await pages.get(ref);
    if (page) found.push([ref, page]);
    else said.push((page === null ? words.missing : words.failed).replace("{product}", ref));
    if (page === undefined) pages.delete(ref);
  }
  if (mine !== turn) return;
  out.replaceChildren();
  if (found.length) out.append(table(found));
  if (found.length < 2) said.push(words.same);
  else said.unshift(words.shown.replace("{n}", found.length));
  status.textContent = said.join(" ");
}

function go(refs) {
  history.pushState(null, "", refs.length ? "?" + refs.map(r => "p=" + r).join("&") : location.pathname);
  return draw();
}

box.querySelector(".without").replaceWith(status, out);
addEventListener("popstate", draw);
draw();
