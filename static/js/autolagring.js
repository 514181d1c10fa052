// <form data-autolagre="#lagret" data-adresse data-nokkel data-skript="this file">: what is written is saved while it is
// written, and the element says so. Only changed answers are sent, with the version they were written on top of. Until
// the server has said that it has them they are kept in the browser, and sent again when the page is opened next: after
// a closed laptop, a lost network or a new sign-in. `data-ulagret`: nothing the form shows is saved yet.
//
// `data-fra`: the page shows a conflict. Until a button decides, what is written lies in the browser alone, on top of the
// version the writer started from, so that whoever closes the page is asked again when she comes back.
//
// <form data-husk="what" data-utgave data-skript="this file">: a form that has nowhere to save itself yet. What is
// written lies in the browser until it has been sent in, and is filled in again when the page is opened next; a
// [data-husket] in it says so, with a button to begin anew. `data-utgave` is another once the form has been saved.
//
// An answer is all the fields whose names begin the same, up to the first hyphen: «gevinster-0-belegg» is «gevinster».

const PAUSE = 2000; // after the last key
const LENGST = 15000; // while somebody writes on and on
const FORSOK = [3000, 10000, 30000, 60000];
const HUSKES = 30 * 24 * 3600 * 1000;
const KEEPALIVE = 60000; // bytes a browser lets go after a page is left
const UTENOM = new Set(["csrfmiddlewaretoken", "skjemaeier", "versjon", "utkast"]);

const svarnavn = (navn) => navn.split("-")[0];

// {answer: [[name, value], ...]}, in the order of the form; an unticked box is an answer with nothing in it.
function les(skjema, verdier = verdierNaa) {
  const svar = new Map();
  for (const felt of skjema.elements) {
    if (!felt.name || felt.type === "submit" || UTENOM.has(felt.name)) continue;
    const navn = svarnavn(felt.name);
    if (!svar.has(navn)) svar.set(navn, []);
    for (const verdi of verdier(felt)) svar.get(navn).push([felt.name, verdi]);
  }
  return svar;
}
const erValg = (felt) => felt.type === "checkbox" || felt.type === "radio";
function verdierNaa(felt) {
  if (erValg(felt)) return felt.checked ? [felt.value] : [];
  return felt.selectedOptions ? [...felt.selectedOptions].map((valg) => valg.value) : [felt.value];
}
// As the server sent it: somebody may have written before this file arrived.
function verdierForst(felt) {
  if (erValg(felt)) return felt.defaultChecked ? [felt.value] : [];
  if (!felt.options) return [felt.defaultValue];
  const valgt = [...felt.options].filter((valg) => valg.defaultSelected);
  return (valgt.length || felt.multiple ? valgt : [...felt.options].slice(0, 1)).map((valg) => valg.value);
}

const bareDe = (felt, navn) => Object.fromEntries(Object.entries(felt).filter(([n]) => navn.includes(n)));

// What the server has not said that it has. A browser that keeps nothing for us is no reason to stop.
function lager(nokkel) {
  const alle = () => {
    try {
      return JSON.parse(localStorage.getItem(nokkel)) ?? null;
    } catch {
      return null;
    }
  };
  return {
    hent() {
      const husket = alle();
      return husket && Date.now() - husket.tid < HUSKES ? husket : null;
    },
    husk(felt, versjon, utkast) {
      if (!Object.keys(felt).length) return;
      const for_ = this.hent();
      this.skriv({ felt: { ...for_?.felt, ...felt }, versjon: Math.min(versjon, for_?.versjon ?? versjon), utkast });
    },
    skriv(alt) {
      try {
        localStorage.setItem(nokkel, JSON.stringify({ ...alt, tid: Date.now() }));
      } catch { /* full, or not allowed */ }
    },
    glem() {
      try {
        localStorage.removeItem(nokkel);
      } catch { /* as above */ }
    },
  };
}

// A form with nowhere to save itself: the browser keeps it.
function husk(skjema) {
  const { versjon, skjemaeier } = skjema.elements;
  const lokalt = lager(`skjema:${skjemaeier.value}:${skjema.dataset.husk}`);
  const status = skjema.querySelector("[data-husket]");
  const ulagret = "ulagret" in skjema.dataset; // then the server has nothing of what the page shows
  const lagret = ulagret ? [] : [...les(skjema, verdierForst)];
  const tomt = new Map(lagret.map(([navn, svar]) => [navn, JSON.stringify(svar)]));
  const behold = (sendt) => {
    const felt = Object.fromEntries(
      [...les(skjema)].filter(([navn, svar]) => navn !== "nokkel" && tomt.get(navn) !== JSON.stringify(svar)),
    );
    if (!Object.keys(felt).length) return lokalt.glem();
    // With the key of the form: sent twice, also on two days, it makes one thing.
    if (skjema.elements.nokkel) felt.nokkel = [["nokkel", skjema.elements.nokkel.value]];
    return lokalt.skriv({ felt, versjon: versjon?.value, utgave: skjema.dataset.utgave, sendt });
  };
  // Rows of an answer that were added with a button: the page has fewer now. Its last one is empty, and is copied.
  const radene = (navn, antall) => {
    for (let nr = skjema.querySelectorAll(`#id_${navn} > .radgruppe`).length; nr && nr < antall; nr += 1) {
      const siste = skjema.querySelector(`#id_${navn}_${nr - 1}`);
      const html = siste.outerHTML.replaceAll(`${navn}-${nr - 1}-`, `${navn}-${nr}-`);
      siste.insertAdjacentHTML("afterend", html.replace(`id_${navn}_${nr - 1}`, `id_${navn}_${nr}`));
      const ledetekst = siste.nextElementSibling.querySelector("legend");
      ledetekst.textContent = ledetekst.textContent.replace(/\d+$/, nr + 1);
    }
  };
  const fyll = (felt) => {
    for (const [navn, verdier] of Object.entries(felt)) {
      radene(navn, Number(verdier.find(([n]) => n === `${navn}-TOTAL_FORMS`)?.[1]));
      for (const ett of skjema.elements) {
        if (!ett.name || ett.type === "submit" || svarnavn(ett.name) !== navn) continue;
        const egne = verdier.filter(([n]) => n === ett.name).map(([, verdi]) => verdi);
        if (erValg(ett)) ett.checked = egne.includes(ett.value);
        else if (ett.options) for (const valg of ett.options) valg.selected = egne.includes(valg.value);
        else ett.value = egne[0] ?? "";
        ett.dispatchEvent(new Event("input", { bubbles: true })); // whoever counts or looks for what resembles
      }
    }
  };

  const husket = lokalt.hent();
  if (ulagret) behold(false);
  else if (husket?.sendt && husket.utgave !== skjema.dataset.utgave) lokalt.glem(); // it arrived
  else if (husket) {
    fyll(husket.felt);
    if (versjon && husket.versjon) versjon.value = husket.versjon; // what it was written on top of
    status.hidden = false;
  }
  status.querySelector("button").addEventListener("click", () => {
    lokalt.glem();
    location.reload();
  });
  skjema.addEventListener("input", () => behold(false));
  skjema.addEventListener("change", () => behold(false));
  skjema.addEventListener("submit", () => behold(true));
}

export default async (skjema) => {
  if ("husk" in skjema.dataset) return husk(skjema);
  const status = document.querySelector(skjema.dataset.autolagre);
  const logginn = document.querySelector("#logg-inn-igjen");
  const { versjon, utkast, csrfmiddlewaretoken: merke } = skjema.elements;
  const lokalt = lager(`kladd:${skjema.elements.skjemaeier.value}:${skjema.dataset.nokkel}`);
  const kanal = "BroadcastChannel" in window ? new BroadcastChannel(`kladd:${skjema.dataset.nokkel}`) : null;
  const likt = (svar) => JSON.stringify(svar);
  const kjent = new Map(); // what the server has
  if (!("ulagret" in skjema.dataset)) for (const [navn, svar] of les(skjema, verdierForst)) kjent.set(navn, likt(svar));
  let i_gang = null, vent = null, forste = 0, feilet = 0, opptatt = 0, sender = false;

  const vis = (tekst, tilstand = "") => {
    if (status.textContent !== tekst) status.textContent = tekst; // said once, not each time
    status.closest(".lagret").dataset.tilstand = tilstand;
    logginn.hidden = tilstand !== "ute";
  };
  const endrede = () => {
    const endret = {};
    for (const [navn, svar] of les(skjema)) if (kjent.get(navn) !== likt(svar)) endret[navn] = svar;
    return endret;
  };

  if ("fra" in skjema.dataset) {
    const behold = (sendt) => {
      kjent.clear();
      lokalt.skriv({ felt: endrede(), versjon: Number(skjema.dataset.fra), utkast: Number(utkast.value || 0), sendt });
    };
    behold();
    skjema.addEventListener("input", () => behold());
    skjema.addEventListener("submit", () => behold(Number(versjon.value)));
    return undefined;
  }
  // Sent from a page with a conflict, and it was saved: the project has gone on since.
  if (lokalt.hent()?.sendt < Number(versjon.value)) lokalt.glem();

  // One request. Gives the answer, or null when nobody answered or would not; then the status says why.
  async function send(felt, fra, kopi, igjen = true) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", merke.value);
    data.set("versjon", fra);
    data.set("utkast", kopi);
    for (const [navn, svar] of Object.entries(felt)) {
      data.append("felt", navn);
      for (const [n, verdi] of svar) data.append(n, verdi);
    }
    let svar;
    try {
      const keepalive = document.hidden && likt(felt).length < KEEPALIVE;
      svar = await fetch(skjema.dataset.adresse, { method: "POST", body: data, redirect: "manual", keepalive });
    } catch {
      return vis(status.dataset.ikke, "ikke"), null;
    }
    if (svar.ok) return svar.json();
    if (svar.type === "opaqueredirect") {
      logginn.href = `${logginn.pathname}?next=${encodeURIComponent(location.pathname)}`;
      return vis(status.dataset.ute, "ute"), null;
    }
    // Whoever has signed in again in another window has a new mark against forgery.
    if (svar.status === 403 && igjen && (await fornyMerke())) return send(felt, fra, kopi, false);
    if (svar.status === 413) return vis((await svar.json()).melding, "ikke"), null;
    return vis(svar.status === 403 || svar.status === 404 ? status.dataset.stengt : status.dataset.ikke, "ikke"), null;
  }

  async function fornyMerke() {
    try {
      const side = await fetch(location.pathname, { redirect: "manual" });
      if (!side.ok) return false;
      const ny = new DOMParser().parseFromString(await side.text(), "text/html");
      merke.value = ny.querySelector("#seksjon [name=csrfmiddlewaretoken]").value;
      return true;
    } catch {
      return false;
    }
  }

  // Somebody else's answers, or one's own from another window, where nothing is being written here.
  function taInn(felter) {
    const naa = endrede();
    for (const [navn, html] of Object.entries(felter)) {
      if (navn in naa) continue;
      const felt = [...skjema.elements].find((e) => e.name && svarnavn(e.name) === navn && !UTENOM.has(e.name));
      let gruppe = felt?.closest(".ds-field, .ds-fieldset");
      while (gruppe?.parentElement.closest(".ds-field, .ds-fieldset")) gruppe = gruppe.parentElement.closest(".ds-field, .ds-fieldset");
      if (!gruppe) continue;
      const fokus = gruppe.contains(document.activeElement) ? document.activeElement.id : "";
      const mal = document.createElement("template");
      mal.innerHTML = html;
      gruppe.replaceWith(mal.content);
      if (fokus) document.getElementById(fokus)?.focus();
      kjent.set(navn, likt(les(skjema).get(navn) ?? []));
    }
  }

  async function lagreNaa(sporBare) {
    const endret = endrede();
    const felt = { ...lokalt.hent()?.felt, ...endret };
    if (!Object.keys(felt).length && !sporBare) return true;
    lokalt.husk(endret, Number(versjon.value), Number(utkast.value || 0));
    forste = 0;
    const svar = await send(felt, lokalt.hent()?.versjon ?? versjon.value, utkast.value || 0);
    if (!svar) return proevIgjen();
    feilet = 0;
    for (const navn of Object.keys(endret)) if (!svar.ikke_tatt.includes(navn)) kjent.set(navn, likt(endret[navn]));
    taInn(svar.felter);
    versjon.value = svar.versjon;
    utkast.value = svar.utkast || "";
    lokalt.glem();
    lokalt.husk({ ...bareDe(felt, svar.ikke_tatt), ...endrede() }, svar.versjon, svar.utkast); // written meanwhile
    vis(svar.melding, svar.maa_ordnes ? "ordnes" : "");
    if (svar.endret) kanal?.postMessage("lagret");
    return true;
  }

  // One at a time; what comes meanwhile is sent after.
  function lagre(sporBare = false) {
    clearTimeout(vent);
    opptatt += 1;
    i_gang = (i_gang ?? Promise.resolve()).then(() => lagreNaa(sporBare)).catch(proevIgjen).finally(() => { opptatt -= 1; });
    return i_gang;
  }
  function snart(ms = PAUSE) {
    forste ||= Date.now();
    clearTimeout(vent);
    vent = setTimeout(lagre, Math.min(ms, Math.max(0, forste + LENGST - Date.now())));
  }
  function proevIgjen() {
    clearTimeout(vent);
    vent = setTimeout(lagre, FORSOK[Math.min(feilet++, FORSOK.length - 1)]);
    return false;
  }

  skjema.addEventListener("input", (hendelse) => {
    lokalt.husk(endrede(), Number(versjon.value), Number(utkast.value || 0));
    if (hendelse.target.name !== "tittel") snart(); // the address follows the title: not one for every word
  });
  skjema.addEventListener("change", () => snart(300));
  document.addEventListener("visibilitychange", () => lagre());
  window.addEventListener("pagehide", () => lagre());
  window.addEventListener("online", () => lagre());
  kanal?.addEventListener("message", () => lagre(true));

  // The button waits a moment for what is on its way, so that the two do not meet. Without an answer it goes anyway.
  skjema.addEventListener("submit", async (hendelse) => {
    if (sender === "ja" || !(opptatt || lokalt.hent() || Object.keys(endrede()).length)) return;
    hendelse.preventDefault();
    if (sender) return;
    sender = "venter";
    await Promise.race([lagre(), new Promise((ferdig) => setTimeout(ferdig, 3000))]);
    await new Promise((ferdig) => setTimeout(ferdig)); // not while the first click is still being told of
    clearTimeout(vent);
    sender = "ja";
    delete skjema.dataset.sendt;
    skjema.requestSubmit(hendelse.submitter);
  });
  window.addEventListener("pageshow", () => { sender = false; });

  // What was left from last time goes to the server first, and the page is shown anew with it.
  const igjen = "ulagret" in skjema.dataset ? null : lokalt.hent(); // else the form has it already
  const hentet = `${skjema.dataset.nokkel}:hentet`;
  if (igjen) {
    skjema.inert = true;
    const svar = await send(igjen.felt, igjen.versjon, igjen.utkast);
    if (svar) {
      lokalt.glem();
      lokalt.husk(bareDe(igjen.felt, svar.ikke_tatt), svar.versjon, svar.utkast);
      // Also when the server had it: what was sent as the last page closed may have come after this one was made.
      if (svar.endret || svar.versjon !== Number(versjon.value) || svar.utkast !== Number(utkast.value)) {
        sessionStorage.setItem(hentet, "ja");
        return location.reload();
      }
    }
    skjema.inert = false;
  } else if (sessionStorage.getItem(hentet)) {
    vis(status.dataset.hentet);
  }
  sessionStorage.removeItem(hentet);
  if (Object.keys(endrede()).length) snart(0);
};
