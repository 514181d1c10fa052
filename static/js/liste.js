// The list of projects without reloading the page: a filter that is ticked, an order that is chosen, a page that is turned.
// The same addresses as without script: the page is fetched, and its #liste put in place of the one that is here.
const status = document.querySelector("#liste-status");
let hentes;

const vis = async (adresse, { husk = true } = {}) => {
  hentes?.abort();
  const denne = hentes = new AbortController();
  const liste = document.querySelector("#liste");
  liste.setAttribute("aria-busy", "true");
  try {
    const svar = await fetch(adresse, { signal: denne.signal, headers: { Accept: "text/html" } });
    const ny = new DOMParser().parseFromString(await svar.text(), "text/html");
    const innhold = ny.querySelector("#liste");
    if (!innhold) throw new Error("ikke en liste");
    const apne = new Map([...liste.querySelectorAll("details")].map((d) => [d.id || d.className, d.open]));
    for (const d of innhold.querySelectorAll("details")) d.open = apne.get(d.id || d.className) ?? d.open;
    const fokus = document.activeElement?.id;
    liste.replaceWith(innhold);
    if (fokus) document.getElementById(fokus)?.focus({ preventScroll: true });
    document.title = ny.title;
    if (husk) history.pushState({ liste: true }, "", svar.url);
    status.textContent = innhold.querySelector("#treff").textContent;
  } catch (feil) {
    if (feil.name !== "AbortError") location.assign(adresse);
  }
};

const adressen = () => {
  const skjema = document.querySelector("#filtre");
  const sporring = new URLSearchParams([...new FormData(skjema)].filter(([, verdi]) => verdi));
  const sorter = document.querySelector("#id_sorter");
  // The usual order goes without saying, as without script.
  if (sorter && sorter.value === sorter.options[0].value) sporring.delete("sorter");
  return `${skjema.getAttribute("action")}?${sporring}`.replace(/\?$/, "");
};

if (document.querySelector("#filtre")) {
  document.documentElement.dataset.skript = "ja"; // the button beside the order has nothing left to do
  history.replaceState({ liste: true }, "");
  document.addEventListener("change", (hendelse) => {
    if (hendelse.target.form?.id === "filtre" && hendelse.target.name !== "q") vis(adressen());
  });
  document.addEventListener("submit", (hendelse) => {
    if (hendelse.target.id !== "filtre") return;
    hendelse.preventDefault();
    vis(adressen());
  });
  document.addEventListener("click", (hendelse) => {
    const lenke = hendelse.target.closest("#liste .chips a, #liste .ds-toggle-group a");
    if (!lenke || hendelse.metaKey || hendelse.ctrlKey || hendelse.shiftKey) return;
    hendelse.preventDefault();
    vis(lenke.href);
  });
  addEventListener("popstate", (hendelse) => {
    if (hendelse.state?.liste) vis(location.href, { husk: false });
  });
}
