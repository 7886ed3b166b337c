// Text in the codes of old fonts, TCVN3 and VNI, recognised and made Unicode: the twin of config/old_fonts.py.
const FROM = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ";
const TO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
const TCVN3 = new Map([...FROM].map((letter, place) => [letter, TO[place]]));
const MARKS = new Map();
const ALONE = new Map();
"ù\u0301 ø\u0300 û\u0309 õ\u0303 ï\u0323 â\u0302 á\u0302\u0301 à\u0302\u0300 å\u0302\u0309 ã\u0302\u0303 ä\u0302\u0323 ê\u0306 é\u0306\u0301 è\u0306\u0300 ú\u0306\u0309 ü\u0306\u0303 ë\u0306\u0323"
  .split(" ").forEach((pair) => [pair[0], pair[0].toUpperCase()].forEach((letter) => MARKS.set(letter, pair.slice(1))));
"ôơ öư æỉ óĩ òị îỵ ñđ íí ìì".split(" ").forEach(([old, made]) => {
  ALONE.set(old, made).set(old.toUpperCase(), made.toUpperCase());
});
const PAIR =
  /[aA][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[eEoO][ùøûõïâáàåãäÙØÛÕÏÂÁÀÅÃÄ]|[uUyYôöÔÖ][ùøûõïÙØÛÕÏ]|[ôöæóòîñÔÖÆÓÒÎÑ]/g;
const LETTER = "[A-Za-z\\u00c0-\\u024f\\u1e00-\\u1eff]";
const TCVN3_LETTER = new RegExp(`(?<!${LETTER})[×÷½¼¾·»](?!${LETTER})|(?<!${LETTER})µ(?=[A-Za-z](?!${LETTER}))|([${FROM}])`, "gu");
const WORD = /[^ \t\r\n\u00a0.,;:!?()[\]"“”/0-9-]+/gu;
const VIETNAMESE_ONLY = /[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]/;
const SYLLABLE =
  /^(?:ngh?|nh|n|ch|c|gh|gi|g|kh|k|ph|p|qu|q|tr|th|t|b|d|đ|h|l|m|r|s|v|x)?(?:[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|iêu|oai|oay|oao|oeo|uây|uôi|uya|uyê|uyu|uêu|ươi|ươu|yêu)(?:ch|c|ng|nh|m|n|p|t)?$/;

const CONVERTERS = {
  TCVN3: (text) => text.replace(TCVN3_LETTER, (sign, letter) => (letter ? TCVN3.get(letter) : sign)),
  VNI: (text) =>
    text
      .replace(PAIR, ([first, second]) => (ALONE.get(first) ?? first) + (second ? MARKS.get(second) : ""))
      .normalize("NFC"),
};

function isSyllable(word) {
  let tones = 0;
  const letters = word.toLowerCase().normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, () => (tones++, ""));
  return tones <= 1 && SYLLABLE.test(letters.normalize("NFC"));
}

function madeGood(text, convert) {
  const words = (text.match(WORD) ?? []).map((word) => [word, convert(word)]);
  const changed = words.filter(([old, made]) => old !== made);
  const left = words.filter(([old, made]) => old === made && /[^\x00-\x7f]/.test(made));
  const good = changed.filter(([, made]) => isSyllable(made)).length;
  const betrayed = changed.filter(([old, made]) => isSyllable(made) && !isSyllable(old)).length;
  return betrayed < 2 || good < 0.8 * (changed.length + left.length) ? 0 : good;
}

// Returns {code, text} for text in an old font's code, or null for text that needs nothing.
export function recognised(typed) {
  const text = typed.normalize("NFC");
  if (VIETNAMESE_ONLY.test(text)) return null;
  const found = Object.entries(CONVERTERS).map(([code, convert]) => ({ code, convert, good: madeGood(text.slice(0, 4000), convert) }));
  const best = found.reduce((one, other) => (other.good > one.good ? other : one));
  return best.good ? { code: best.code, text: best.convert(text) } : null;
}
