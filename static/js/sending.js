// Sends the form without leaving the page: when the line is lost the text stands where it was, and one tap tries again.
// The same submission sent twice is stored once, so trying again is always safe.
const PATIENCE = 45000;

// Returns {receipt} when it was taken, {page} with the page that answers otherwise, or null when nothing usable came.
export async function post(form, submitter) {
  const values = new URLSearchParams(new FormData(form));
  if (submitter?.name) values.append(submitter.name, submitter.value);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const headers = { "X-Sent-By": "script" }; // the answer then names the receipt instead of leading to it
    const response = await fetch(location.href, { method: "POST", body: values, headers, signal: stop.signal });
    const receipt = response.headers.get("X-Go-To");
    if (receipt) return { receipt };
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return response.status < 500 && page.querySelector("main#noi-dung") ? { page } : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

// Shows the page that came as the answer to a form that was not taken.
export function show(page) {
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  window.scrollTo(0, 0);
}
