// <form data-autolagre="#lagret" data-skript="this file">: a draft is saved when a field is left, and the element says
// so. When the server says no (somebody else has saved, or the sign-in ran out) it is left to the button, which asks.
export default (skjema) => {
  const status = document.querySelector(skjema.dataset.autolagre);
  let endret = false;
  let opptatt = false;
  const lagre = async () => {
    if (!endret || opptatt || skjema.dataset.sendt) return;
    endret = false;
    opptatt = true;
    const data = new FormData(skjema);
    data.set("autolagre", "1");
    try {
      const svar = await fetch(location.href, { method: "POST", body: data, redirect: "manual" });
      if (svar.ok) {
        const { versjon, lagret } = await svar.json();
        skjema.elements.versjon.value = versjon;
        status.textContent = lagret;
        opptatt = false;
      } else if (svar.status === 422) {
        opptatt = false;
      }
    } catch {
      endret = true;
      opptatt = false;
    }
  };
  skjema.addEventListener("input", () => { endret = true; });
  skjema.addEventListener("change", lagre);
  document.addEventListener("visibilitychange", () => { if (document.hidden) lagre(); });
};
