// What is typed is kept on this device until it is sent: a crash, a reload, a closed tab or a lost line loses nothing.
// Each tab keeps a draft of its own and holds a lock on it; a new tab takes up the newest one that no tab holds.
const KEPT_DAYS = 14;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "consent", "shown_consent", "version", "old_font"]);
const PREFIX = "draft:";
const KEPT = "Chữ bạn gõ được giữ trên máy này cho đến khi gửi xong.";
const NOT_KEPT = "Máy này không giữ được bản nháp. Đừng đóng trang trước khi gửi xong.";

// Storage may be blocked, full or absent: then nothing is kept, and the form works all the same.
function storage(does, otherwise) {
  try {
    return does(localStorage) ?? otherwise;
  } catch {
    return otherwise;
  }
}

const read = (key) => storage((kept) => JSON.parse(kept.getItem(key)), null);
const remove = (key) => storage((kept) => kept.removeItem(key));
const allKeys = (start = "") => storage((kept) => Object.keys(kept).filter((key) => key.startsWith(PREFIX + start)), []);
const canKeep = () => storage((kept) => (kept.setItem(`${PREFIX}-`, "{}"), kept.removeItem(`${PREFIX}-`), true), false);

export function forgetOldDrafts() {
  for (const key of allKeys()) if (!(read(key)?.at > Date.now() - KEPT_DAYS * 86400000)) remove(key);
}

// The receipt shows that it arrived: its draft goes, and drafts of corrections to earlier versions.
export function forgetSent(submissionId, code, version) {
  for (const key of allKeys()) {
    const isCorrection = key.startsWith(`${PREFIX}sua-`);
    const isSent = !isCorrection && read(key)?.values?.submission_id === submissionId;
    if (isSent || (key.startsWith(`${PREFIX}sua-${code}-`) && !key.startsWith(`${PREFIX}sua-${code}-${version}:`))) remove(key);
  }
}

// Returns [{key, values}] of the drafts whose names start so, the newest first.
export function draftsOf(start) {
  return allKeys(start).map((key) => ({ key, ...read(key) })).filter((draft) => draft.values).sort((one, other) => other.at - one.at);
}

export const forget = remove;

async function newestFree(start) {
  const locks = await navigator.locks?.query?.();
  const held = new Set(locks?.held.map((lock) => lock.name));
  return draftsOf(start).find((draft) => !held.has(draft.key));
}

function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name)));
}

function put(form, name, value) {
  const field = form.elements[name];
  if (field?.type === "checkbox") field.checked = Boolean(value);
  else if (field) field.value = value;
}

// Keeps the draft of a form, under the key of the one `before` it in this tab. `restore` puts the kept one back and returns its values, or null where there was none.
export function draftOf(form, note, before) {
  const start = `${form.dataset.draft}:`;
  let key = before?.key() ?? `${PREFIX}${start}${Math.random().toString(36).slice(2)}`;
  let isTouched = false;
  let wait;
  const draft = { isBusy: true, unit: "", key: () => key, restore, save, say };

  const hold = () => navigator.locks?.request(key, { ifAvailable: true }, () => new Promise(() => {}));

  function say(words, clears) {
    note.textContent = words;
    if (!clears) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link", textContent: "Xóa bản nháp" });
    button.addEventListener("click", () => {
      isTouched = false;
      remove(key);
      form.reset();
      location.replace(location.pathname + location.search);
    });
    note.append(" ", button);
  }

  function save() {
    clearTimeout(wait);
    if (!isTouched || draft.isBusy) return;
    const values = valuesOf(form);
    values.unit ||= draft.unit; // its list has not come yet
    const isKept = storage((kept) => (kept.setItem(key, JSON.stringify({ at: Date.now(), values })), true), false);
    if (!isKept) say(NOT_KEPT);
    else if (!note.querySelector("button")) say(KEPT, true);
  }

  async function restore() {
    const kept = await newestFree(start);
    if (kept) key = kept.key;
    hold();
    if (!kept) return null;
    const picked = form.elements.top.value && !start.startsWith("sua-");
    for (const [name, value] of Object.entries(kept.values)) {
      // The workplace of the link that was followed stands; a unit's list is fetched first.
      if (name !== "unit" && !(picked && name === "top")) put(form, name, value);
    }
    put(form, "is_secret", kept.values.is_secret);
    const at = new Date(kept.at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
    say(`Đã khôi phục phần bạn gõ lúc ${at}.`, true);
    return picked ? { ...kept.values, top: form.elements.top.value, unit: form.elements.unit.value } : kept.values;
  }

  const touch = () => {
    if (!draft.isBusy) isTouched = true;
  };
  form.addEventListener("input", () => {
    touch();
    clearTimeout(wait);
    wait = setTimeout(save, 300);
  });
  form.addEventListener("change", () => {
    touch();
    save();
  });
  document.addEventListener("visibilitychange", () => document.hidden && form.isConnected && save());
  // Another tab sent it, or cleared it: what stands here is kept again only when somebody types on.
  window.addEventListener("storage", (event) => {
    if (event.key === key && event.newValue === null) isTouched = false;
  });
  say(canKeep() ? KEPT : NOT_KEPT);
  return draft;
}
