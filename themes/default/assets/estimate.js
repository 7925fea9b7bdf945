// The cost estimate of a product with a buyer's own figures. Amounts are whole
// numbers of a trillionth (BigInt), so that nothing is rounded before the end:
// the same figures as in the page's tables.

const places = 12;
const cent = 10n ** BigInt(places - 2);

// exact reads a decimal number such as "0.0435".
function exact(text) {
  const [whole, rest = ""] = text.split(".");
  return BigInt(whole + rest.padEnd(places, "0").slice(0, places));
}

// cents divides and rounds to the cent, a half up.
const cents = (amount, by = 1n) => (2n * amount + by * cent) / (2n * by * cent);

// write writes cents as the page's language does.
function write(n, { money, group, decimal }) {
  const digits = n.toString().padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
  return money.replace("{amount}", whole + decimal + digits.slice(-2));
}

// parse reads a VM type such as tinav6.c6r16p3.
const parse = type => /^tinav(?<generation>\d+)\.c(?<cores>\d+)r(?<memory>\d+)p(?<performance>\d)$/.exec(type)?.groups;

// hour is what an hour of a VM costs by a price list, or null.
export function hour(type, hourly) {
  const vm = parse(type);
  if (hourly["BoxUsage:" + type]) return exact(hourly["BoxUsage:" + type]);
  const core = vm && hourly[`CustomCore:v${vm.generation}-p${vm.performance}`];
  if (!core || !hourly.CustomRam) return null;
  return BigInt(vm.cores) * exact(core) + BigInt(vm.memory) * exact(hourly.CustomRam);
}

const periods = { month: 12n, quarter: 4n, year: 1n };

// estimate computes what a year costs: the VMs and the license.
export function estimate({ type, vms, hours, rate }, hourly) {
  const all = BigInt(vms) * BigInt(hours) * 12n;
  const units = rate?.per === "vcpu" ? BigInt(vms) * BigInt(parse(type).cores) : BigInt(vms);
  let license = 0n;
  if (rate?.unit === "hour") license = exact(rate.amount) * units * BigInt(hours) * 12n;
  else if (rate?.per) license = exact(rate.amount) * units;
  else if (rate) license = exact(rate.amount) * periods[rate.unit];
  return { vms: hour(type, hourly) * all, license };
}

async function read(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

// start shows the form behind the button, once its data are there.
export async function start(button) {
  const form = button.nextElementSibling;
  const section = form.closest("section");
  const names = section.dataset.regions.split(" ");
  const [product, ...lists] = await Promise.all([section.dataset.productData, ...names.map(name => `${form.dataset.prices}${name}.json`)].map(read));
  const billed = section.dataset.pricing === "vm_type" || section.dataset.pricing === "subscription";
  const offers = billed ? product.offers : [];
  const { region, offer, vm, vms, hours, pay } = form.elements;
  const option = (value, text = value) => new Option(text, value);
  const language = document.documentElement.lang;

  region.replaceChildren(...names.map(name => option(name)));
  offer.replaceChildren(...offers.map((o, i) => option(i, o.name[language])));
  const first = offers.findIndex(o => o.audience === "all");
  if (first > 0) offer.selectedIndex = first;
  region.closest("p").hidden = names.length < 2;
  offer.closest("p").hidden = offers.length < 2;
  form.querySelector("[data-cost=license]").parentElement.hidden = !billed;

  const hourly = () => lists[region.selectedIndex].hourly;

  // types lists the VM types that the Region has prices for, the recommended ones
  // of the offer first.
  function types() {
    const before = vm.value;
    const own = billed ? offers[offer.selectedIndex].vm_types ?? [] : (product.offers ?? []).flatMap(o => o.vm_types ?? []);
    const whole = Object.keys(hourly()).filter(name => name.startsWith("BoxUsage:")).map(name => name.slice("BoxUsage:".length));
    const recommended = [...new Set(own)].filter(t => hour(t, hourly()) !== null);
    const common = [...new Set([...lists[region.selectedIndex].vm_types, ...whole])].filter(t => !recommended.includes(t));
    const group = (label, of) => {
      const e = Object.assign(document.createElement("optgroup"), { label });
      e.append(...of.map(t => option(t)));
      return of.length ? [e] : [];
    };
    vm.replaceChildren(...group(vm.dataset.recommended, recommended), ...group(vm.dataset.common, common));
    if ([...recommended, ...common].includes(before)) vm.value = before;
  }

  const status = form.querySelector("[role=status]");
  let saying;

  function compute() {
    const rates = billed ? offers[offer.selectedIndex].rates : [];
    pay.closest("p").hidden = rates.length < 2;
    const rate = rates.length < 2 ? rates[0] : rates.find(r => r.unit === pay.value);
    const right = vms.validity.valid && hours.validity.valid;
    for (const e of [vms, hours]) e.setAttribute("aria-invalid", !e.validity.valid);
    form.querySelector(".estimate-wrong").hidden = right;
    const show = (name, n) => { form.querySelector(`[data-cost=${name}]`).textContent = right ? write(n, form.dataset) : "–"; };
    const year = right ? estimate({ type: vm.value, vms: vms.value, hours: hours.value, rate }, hourly()) : { vms: 0n, license: 0n };
    const total = year.vms + year.license;
    show("vms", cents(year.vms, 12n));
    show("license", cents(year.license, 12n));
    show("month", cents(total, 12n));
    show("year", cents(total));
    clearTimeout(saying); // while somebody types, nothing is read out
    saying = setTimeout(() => {
      const said = { month: write(cents(total, 12n), form.dataset), year: write(cents(total), form.dataset) };
      status.textContent = right ? form.dataset.said.replace(/\{(\w+)\}/g, (_, name) => said[name]) : form.querySelector(".estimate-wrong").textContent;
    }, 700);
  }

  form.addEventListener("input", event => {
    if (event.target === region || event.target === offer) types();
    compute();
  });
  types();
  compute();
  form.hidden = false;
  button.remove();
  form.querySelector("p:not([hidden]) > :is(select, input)").focus();
}
