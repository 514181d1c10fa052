// <input type="search" data-forslag="/sok/forslag/">: suggestions while one types, as an ARIA 1.2 combobox with a list.
// The server answers with the list as HTML (templates/sok/_forslag.html). Each option is an ordinary link, so a click,
// a tap and a middle click do what they always do. Nothing is chosen unless the reader chooses it: Enter in the field
// searches for what is typed. Fetched by portal.js when a field is first used; without it the field is a plain form.

const VENT = 120; // ms after the last letter
const MINST = 2; // letters

export default (felt) => {
  const ramme = felt.closest(".ds-search");
  const boks = document.createElement("div");
  const status = document.createElement("p");
  const husket = new Map();
  let valg = [];
  let valgt = -1;
  let ventetid;
  let henter;

  boks.className = "forslag";
  boks.hidden = true;
  status.className = "ds-sr-only";
  status.setAttribute("role", "status");
  ramme.parentElement.classList.add("med-forslag");
  ramme.after(boks, status);
  felt.setAttribute("role", "combobox");
  felt.setAttribute("aria-autocomplete", "list");
  felt.setAttribute("aria-expanded", "false");
  felt.setAttribute("aria-controls", `${felt.id}-forslag`);
  felt.autocomplete = "off";

  const velg = (nummer) => {
    valg[valgt]?.setAttribute("aria-selected", "false");
    valgt = nummer;
    const dette = valg[valgt];
    if (!dette) { felt.removeAttribute("aria-activedescendant"); return; }
    dette.setAttribute("aria-selected", "true");
    felt.setAttribute("aria-activedescendant", dette.id);
    dette.scrollIntoView({ block: "nearest" });
  };

  const lukk = () => {
    clearTimeout(ventetid);
    henter?.abort();
    velg(-1);
    boks.hidden = true;
    felt.setAttribute("aria-expanded", "false");
    status.textContent = "";
  };

  const vis = (html) => {
    velg(-1);
    boks.innerHTML = html;
    const liste = boks.querySelector("[role=listbox]");
    liste.id = `${felt.id}-forslag`;
    valg = [...liste.querySelectorAll("[role=option]")];
    valg.forEach((ett, nummer) => { ett.id = `${liste.id}-${nummer}`; });
    boks.hidden = !valg.length;
    boks.scrollTop = 0;
    felt.setAttribute("aria-expanded", String(valg.length > 0));
    status.textContent = liste.dataset.status;
  };

  const hent = async () => {
    henter?.abort();
    const tekst = felt.value.trim();
    if (tekst.length < MINST) { lukk(); return; }
    if (!husket.has(tekst)) {
      henter = new AbortController();
      try {
        const svar = await fetch(`${felt.dataset.forslag}?q=${encodeURIComponent(tekst)}`, { signal: henter.signal });
        if (!svar.ok) return;
        husket.set(tekst, await svar.text());
      } catch {
        return; // outdated, or no network: the form works all the same
      }
    }
    if (tekst === felt.value.trim() && document.activeElement === felt) vis(husket.get(tekst));
  };

  felt.addEventListener("input", (hendelse) => {
    clearTimeout(ventetid);
    if (!hendelse.isComposing) ventetid = setTimeout(hent, VENT);
  });

  felt.addEventListener("keydown", (hendelse) => {
    if (hendelse.isComposing) return;
    const aapen = !boks.hidden;
    if (hendelse.key === "ArrowDown" || hendelse.key === "ArrowUp") {
      if (!aapen) { if (hendelse.key === "ArrowDown") hent(); return; }
      hendelse.preventDefault();
      // One place more than there are options: between the last and the first is the field itself.
      const steg = hendelse.key === "ArrowDown" ? 1 : -1;
      velg(((valgt + 1 + steg + valg.length + 1) % (valg.length + 1)) - 1);
    } else if (hendelse.key === "Enter") {
      if (aapen && valg[valgt]) { hendelse.preventDefault(); valg[valgt].click(); }
      lukk();
    } else if (hendelse.key === "Escape" && aapen) {
      hendelse.preventDefault();
      hendelse.stopPropagation();
      lukk();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(hendelse.key)) {
      velg(-1); // back to the text, where the key does what it always does
    }
  });

  // The field keeps the focus while the list is pressed, so that the list is still there when the press is a click.
  boks.addEventListener("mousedown", (hendelse) => hendelse.preventDefault());
  felt.addEventListener("blur", lukk);
  felt.form?.addEventListener("submit", lukk);
  window.addEventListener("pagehide", lukk);
  if (felt.value !== felt.defaultValue) hent(); // typed before this file came
};
