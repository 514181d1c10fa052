// Small courtesies. Every page works without this file; it only makes some things nicer.

// After a failed post: take the reader to what must be put right.
document.querySelector("[data-fokus]")?.focus();

// <button data-kopier="https://..." hidden>: copies, and says so. Shown only here, where it works.
for (const knapp of document.querySelectorAll("[data-kopier]")) {
  if (!navigator.clipboard) break;
  knapp.hidden = false;
  knapp.addEventListener("click", async () => {
    const tekst = knapp.textContent;
    await navigator.clipboard.writeText(knapp.dataset.kopier);
    knapp.textContent = knapp.dataset.kopiert;
    knapp.setAttribute("role", "status");
    setTimeout(() => { knapp.textContent = tekst; knapp.removeAttribute("role"); }, 3000);
  });
}

// <button data-skriv-ut hidden>: opens the browser's print dialogue.
for (const knapp of document.querySelectorAll("[data-skriv-ut]")) {
  knapp.hidden = false;
  knapp.addEventListener("click", () => window.print());
}

// <input data-filtrer="#liste">: hides the list's items (data-navn) that do not contain what is typed, and the groups
// (data-gruppe) where none is left. data-filtrer-status names the element that says how many remain, in its own words
// (data-en, data-flere, data-ingen with {antall}).
const forenkle = (tekst) => tekst.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").trim();
for (const felt of document.querySelectorAll("[data-filtrer]")) {
  const liste = document.querySelector(felt.dataset.filtrer);
  const status = document.querySelector(felt.dataset.filtrerStatus);
  if (!liste) continue;
  const filtrer = () => {
    const sok = forenkle(felt.value);
    let antall = 0;
    for (const punkt of liste.querySelectorAll("[data-navn]")) {
      punkt.hidden = !forenkle(punkt.dataset.navn).includes(sok);
      antall += punkt.hidden ? 0 : 1;
    }
    for (const gruppe of liste.querySelectorAll("[data-gruppe]")) {
      gruppe.hidden = !gruppe.querySelector("[data-navn]:not([hidden])");
    }
    if (status) {
      const mal = { 0: status.dataset.ingen, 1: status.dataset.en }[antall] ?? status.dataset.flere;
      status.textContent = mal.replace("{antall}", antall);
    }
  };
  felt.addEventListener("input", filtrer);
  if (felt.value) filtrer();
}

// <... data-skript="address">: what few pages need has a script of its own. A field's is fetched when it is first used.
for (const ett of document.querySelectorAll("[data-skript]")) {
  const hent = async () => { (await import(ett.dataset.skript)).default(ett); };
  if (ett.matches("input") && document.activeElement !== ett) ett.addEventListener("focus", hent, { once: true });
  else hent();
}

// <textarea maxlength data-teller="#id">: how many characters are left.
for (const felt of document.querySelectorAll("[data-teller]")) {
  const teller = document.querySelector(felt.dataset.teller);
  if (!teller) continue;
  const tell = () => { teller.textContent = teller.dataset.mal.replace("{antall}", felt.maxLength - felt.value.length); };
  felt.addEventListener("input", tell);
  tell();
}

// A form is sent once. The server would also make only one thing of two clicks; this says that something happens.
for (const skjema of document.querySelectorAll("form[method=post]")) {
  skjema.addEventListener("submit", (hendelse) => {
    if (skjema.dataset.sendt) { hendelse.preventDefault(); return; }
    skjema.dataset.sendt = "ja";
    setTimeout(() => { for (const k of skjema.querySelectorAll("button:not([type=button])")) k.setAttribute("aria-busy", "true"); });
  });
}
// Back again, from the browser's memory: open the forms.
window.addEventListener("pageshow", () => {
  for (const skjema of document.querySelectorAll("form[data-sendt]")) {
    delete skjema.dataset.sendt;
    for (const k of skjema.querySelectorAll("[aria-busy]")) k.removeAttribute("aria-busy");
  }
});

// <input type="file" data-maks="bytes" data-for-stor="message">: says that a file is too large before it is sent.
for (const felt of document.querySelectorAll("input[type=file][data-maks]")) {
  felt.addEventListener("change", () => {
    felt.setCustomValidity(felt.files[0]?.size > felt.dataset.maks ? felt.dataset.forStor : "");
    felt.reportValidity();
  });
}
