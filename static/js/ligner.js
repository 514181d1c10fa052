// <div data-ligner="/prosjekter/ny/ligner/" data-skript="this file"> in a form: what resembles the title and the
// challenge is fetched as HTML when the writer pauses, and put here. How many is said to those who do not see it. When
// the server says no, or there is no network, what stands here stays: the form works all the same.

const VENT = 700; // ms after the last letter
const MINST = 12; // letters
const FELT = ["tittel", "utfordring", "eier", "mission", "csrfmiddlewaretoken"];

export default (boks) => {
  const skjema = boks.closest("form");
  const treff = boks.querySelector("[data-ligner-treff]");
  const status = document.createElement("p");
  const knapp = boks.querySelector("button[name=ligner]");
  let ventetid;
  let henter;
  let sist = "";

  status.className = "ds-sr-only";
  status.setAttribute("role", "status");
  boks.append(status);
  if (knapp) knapp.hidden = true;

  const hent = async () => {
    const alt = new FormData(skjema);
    const data = new FormData();
    for (const navn of FELT) if (alt.has(navn)) data.set(navn, alt.get(navn));
    if (boks.dataset.prosjekt) data.set("prosjekt", boks.dataset.prosjekt);
    const skrevet = `${data.get("tittel") ?? ""} ${data.get("utfordring") ?? ""}`.trim();
    if (skrevet.length < MINST || skrevet === sist || skjema.dataset.sendt) return;
    sist = skrevet;
    henter?.abort();
    henter = new AbortController();
    try {
      const svar = await fetch(boks.dataset.ligner, { method: "POST", body: data, redirect: "manual", signal: henter.signal });
      if (!svar.ok || boks.contains(document.activeElement)) return;
      treff.innerHTML = await svar.text();
      status.textContent = treff.firstElementChild?.dataset.status ?? "";
    } catch {
      sist = "";
    }
  };

  skjema.addEventListener("input", (hendelse) => {
    if (!FELT.includes(hendelse.target.name)) return;
    clearTimeout(ventetid);
    if (!hendelse.isComposing) ventetid = setTimeout(hent, VENT);
  });
  window.addEventListener("pagehide", () => { clearTimeout(ventetid); henter?.abort(); });
};
