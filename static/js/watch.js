// Tell that a colleague changed the dossier that is open here. What is saved from an old page is refused in any case.
const SECONDS = 15;
const shown = document.getElementById("watch");

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(`${shown.dataset.address}?v=${shown.dataset.version}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const { said } = await answer.json();
    if (said === shown.firstElementChild.textContent) return;
    shown.firstElementChild.textContent = said;
    shown.lastElementChild.hidden = !said;
  } catch {
    // No connection for the moment: the next look tells.
  }
}

if (shown) {
  setInterval(look, SECONDS * 1000);
  document.addEventListener("visibilitychange", look);
}
