// What is typed is kept on this device until it is sent: a crash, a reload, a closed tab or a lost line loses nothing.
const KEPT_DAYS = 14;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "consent", "shown_consent", "version", "old_font"]);
const PREFIX = "draft:";

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

const allKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

export function forgetOldDrafts() {
  for (const key of allKeys()) if (!(read(key)?.at > Date.now() - KEPT_DAYS * 86400000)) localStorage.removeItem(key);
}

// The receipt shows that it arrived: its draft goes, and drafts of corrections to earlier versions.
export function forgetSent(submissionId, code, version) {
  for (const key of allKeys()) {
    const isSent = read(key)?.values.submission_id === submissionId && !key.startsWith(`${PREFIX}sua-`);
    if (isSent || (key.startsWith(`${PREFIX}sua-${code}-`) && key !== `${PREFIX}sua-${code}-${version}`)) localStorage.removeItem(key);
  }
}

function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name)));
}

function put(form, name, value) {
  const field = form.elements[name];
  if (!field) return;
  if (field.type === "checkbox") field.checked = Boolean(value);
  else field.value = value;
}

// Returns {restore, save}. `restore` gives back the values that were put in, or null where there was no draft.
export function draftOf(form, note) {
  const key = PREFIX + form.dataset.draft;
  const untouched = JSON.stringify(valuesOf(form));
  let isOver = false;
  let wait;

  function say(words, clears) {
    note.textContent = words;
    if (!clears) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link", textContent: "Xóa bản nháp" });
    button.addEventListener("click", () => {
      isOver = true;
      localStorage.removeItem(key);
      form.reset();
      location.reload();
    });
    note.append(" ", button);
  }

  function save() {
    clearTimeout(wait);
    const values = valuesOf(form);
    if (isOver || (JSON.stringify(values) === untouched && !read(key))) return;
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
      if (!note.querySelector("button")) say("Chữ bạn gõ được giữ trên máy này cho đến khi gửi xong.", true);
    } catch {
      say("Máy này không giữ được bản nháp. Đừng đóng trang trước khi gửi xong.");
    }
  }

  function restore() {
    const draft = read(key);
    if (!draft) return null;
    const picked = form.elements.top.value && "fresh" in form.dataset && !form.dataset.draft.startsWith("sua-");
    for (const [name, value] of Object.entries(draft.values)) {
      if (picked && (name === "top" || name === "unit")) continue; // the link's own workplace stands
      if (name === "unit") continue; // its list is fetched first
      put(form, name, value);
    }
    if (!("is_secret" in draft.values)) put(form, "is_secret", "");
    const at = new Date(draft.at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
    say(`Đã khôi phục phần bạn gõ lúc ${at}.`, true);
    return picked ? { ...draft.values, unit: form.elements.unit.value } : draft.values;
  }

  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(save, 300);
  });
  form.addEventListener("change", save);
  document.addEventListener("visibilitychange", () => document.hidden && form.isConnected && save());
  if (!note.textContent) say("Chữ bạn gõ được giữ trên máy này cho đến khi gửi xong.");
  return { restore, save };
}
