// Keeps the progress of an import fresh; when it has ended, shows the page anew.
const PAUSE = 2000;
const box = document.getElementById("tien-do");

async function look() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("tien-do");
    if (answer.ok && !fresh) {
      location.reload();
      return;
    }
    if (fresh) box.replaceChildren(...fresh.childNodes);
  } catch {
    // No network for a moment: the next look will tell.
  }
  setTimeout(look, PAUSE);
}

if (box) setTimeout(look, PAUSE);
