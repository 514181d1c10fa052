// <ol data-skript="this file">: lets one drag the items into another order. The buttons of each item do the same without
// this file, on a phone and by keyboard. Says what happened in the status that follows the list.
export default (liste) => {
  const status = liste.parentElement.querySelector("[data-status]");
  const punkter = () => [...liste.children];
  let dras = null;
  let fra = 0;

  const merk = () => {
    punkter().forEach((punkt, plass) => {
      const skjema = punkt.querySelector("[data-rekkefolge]");
      if (skjema) skjema.elements.fra.value = plass;
    });
  };
  const lagre = async (punkt, til) => {
    const skjema = punkt.querySelector("[data-rekkefolge]");
    const data = new FormData(skjema);
    data.set("fra", fra);
    data.set("til", til);
    data.set("stille", "1");
    const svar = await fetch(skjema.action, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
    if (svar?.status === 204) {
      // The buttons of the first and last, and «vises øverst», follow the order: they come from the server.
      location.hash = "";
      location.hash = punkt.id;
      location.reload();
    } else {
      status.classList.remove("ds-sr-only");
      status.textContent = liste.dataset.feilet;
    }
  };

  for (const punkt of punkter()) {
    const grep = document.createElement("span");
    grep.className = "grep";
    grep.title = liste.dataset.dra;
    grep.textContent = "⠿";
    grep.setAttribute("aria-hidden", "true");
    grep.addEventListener("mousedown", () => { punkt.draggable = true; });
    punkt.prepend(grep);
    punkt.addEventListener("dragstart", (hendelse) => {
      dras = punkt;
      fra = punkter().indexOf(punkt);
      punkt.classList.add("dras");
      hendelse.dataTransfer.effectAllowed = "move";
      hendelse.dataTransfer.setData("text/plain", punkt.dataset.navn);
    });
    punkt.addEventListener("dragend", () => {
      punkt.draggable = false;
      punkt.classList.remove("dras");
      const til = punkter().indexOf(punkt);
      if (dras && til !== fra) {
        status.textContent = liste.dataset.flyttet.replace("{navn}", punkt.dataset.navn).replace("{plass}", til + 1);
        lagre(punkt, til);
        merk();
      }
      dras = null;
    });
  }
  liste.addEventListener("dragover", (hendelse) => {
    if (!dras) return;
    hendelse.preventDefault();
    const over = hendelse.target.closest("li");
    if (!over || over === dras || over.parentElement !== liste) return;
    const midten = over.getBoundingClientRect().top + over.offsetHeight / 2;
    over[hendelse.clientY < midten ? "before" : "after"](dras);
  });
  liste.addEventListener("drop", (hendelse) => { if (dras) hendelse.preventDefault(); });
};
