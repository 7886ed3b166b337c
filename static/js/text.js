// Text made as the server stores it (config/text.py): the counter shows what the server will count.
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\u{e0001}\u{e0020}-\u{e007f}\ufffe\uffff\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/gu;
const SPACES = " \\t\\n\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, "gu");
const ANY_SPACES = new RegExp(`[${SPACES}]+`, "gu");

// A piece of text on its way into a field: clean, its ends as they are.
export function cleanPiece(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(INVISIBLE, "")
    .replace(/[\u00d0\u0189]/g, "Đ")
    .replace(/\u00a0/g, " ")
    .normalize("NFC");
}

export function clean(text) {
  return cleanPiece(text).replace(ENDS, "");
}

export function cleanLine(text) {
  return clean(text).replace(ANY_SPACES, " ");
}

// Code points, as Python, PostgreSQL and SQLite count them.
export function countCharacters(text) {
  return [...text].length;
}

// The folded words of a text, as accounts/abbreviations.py finds unions by: "TP.HCM" → tp, hcm.
export function wordsOf(text) {
  const letters = cleanLine(text).toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
  return letters.match(/[a-z0-9]+/g) ?? [];
}
