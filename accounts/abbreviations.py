"""What people type when they look for a union: abbreviations, initials, nicknames ("TP.HCM", "BR-VT", "CĐ GDVN").

A picker shows a union when every word of what is typed begins one of its `search_words`; `finds` is that rule, for
pages to follow. Nothing here asks the database.
"""

import re
from functools import lru_cache

from config.text import clean_line, fold

WORD = re.compile(r"[a-z0-9]+")
NUMBERED = re.compile(r"([qp])(\d+)")
# Folded abbreviation → the words it stands for, wherever they stand in a name.
MEANINGS = {
    "ldld": "lien doan lao dong",
    "cdcs": "cong doan co so",
    "cdn": "cong doan nganh",
    "cd": "cong doan",
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "h": "huyen",
    "q": "quan",
    "p": "phuong",
    "kcn": "khu cong nghiep",
    "kcx": "khu che xuat",
    "tct": "tong cong ty",
    "cty": "cong ty",
    "cp": "co phan",
    "tnhh": "trach nhiem huu han",
    "mtv": "mot thanh vien",
    "gddt": "giao duc va dao tao",
    "gd": "giao duc",
    "yt": "y te",
    "gtvt": "giao thong van tai",
    "xd": "xay dung",
    "nnptnt": "nong nghiep va phat trien nong thon",
    "ptnt": "phat trien nong thon",
    "nn": "nong nghiep",
    "vc": "vien chuc",
    "vn": "viet nam",
    "hcm": "ho chi minh",
    "tphcm": "thanh pho ho chi minh",
}
# Words that tell what kind of union it is, not which: with their marks, since "tịnh" and "quan" are in names of places.
KIND = re.compile(
    r"\b(lđlđ|liên đoàn lao động|công đoàn|cđ|ngành|các|tỉnh|thành phố|thị xã|huyện|quận|tổng công ty|việt nam|vn)\b"
)
PLACE = re.compile(r"\b(thành phố|thị xã|huyện|quận)\b")
# Union's code → what else it is called, folded. The names stand beside; initials and the list above need no entry.
NICKNAMES = {
    "06": "bac can",  # Bắc Kạn
    "38": "xu thanh",  # Thanh Hóa
    "46": "hue tthue",  # Thừa Thiên Huế
    "62": "con tum",  # Kon Tum
    "66": "dac lac dak lac",  # Đắk Lắk
    "67": "dac nong",  # Đắk Nông
    "77": "vung tau vt vungtau",  # Bà Rịa - Vũng Tàu
    "79": "sai gon saigon sg hcmc tphcm",  # TP Hồ Chí Minh
    "CN01": "gddt giao vien truong hoc",  # Giáo dục
    "CN02": "benh vien",  # Y tế
    "CN05": "moit",  # Công Thương
    "CN06": "nnptnt nn ptnt mard",  # Nông nghiệp và Phát triển nông thôn
    "CN07": "cong chuc ccvc",  # Viên chức
    "CN08": "nhnn nhtm",  # Ngân hàng
    "CN09": "tttt buu dien vien thong vnpt vnpost mobifone",  # Thông tin và Truyền thông
    "CN10": "quan doi bqp",  # Quốc phòng
    "CN11": "bca",  # Công an nhân dân
    "CN12": "pvn petrovietnam pv",  # Dầu khí
    "CN13": "evn dien",  # Điện lực
    "CN14": "tkv vinacomin mo ks",  # Than - Khoáng sản
    "CN15": "vinatex",  # Dệt May
    "CN16": "vrg gvr",  # Cao su
    "CN17": "vnr",  # Đường sắt
    "CN18": "vinalines vimc",  # Hàng hải
    "CN19": "vietnam airlines vna",  # Hàng không
    "CN20": "vinashin sbic",  # Công nghiệp Tàu thủy
    "TN41": "sevt",  # Samsung Thái Nguyên
    "TN42": "tisco",  # Gang thép Thái Nguyên
}


def words_of(text):
    """Return the folded words of a text: letters and digits, whatever stands between them ("TP.HCM" → tp, hcm)."""
    return WORD.findall(fold(text))


def expanded(text):
    """Return the folded words of a text with abbreviations written out: "LĐLĐ h. Đại Từ" → "lien doan … dai tu"."""
    text = NUMBERED.sub(r"\1 \2", " ".join(words_of(text)))
    return " ".join(MEANINGS.get(word, word) for word in text.split())


def name_key(text):
    """Return what a typed name is known by: equal for "LĐLĐ h. Đại Từ" and "ldld huyen dai tu"."""
    return expanded(text) or fold(text)  # a name in letters of another script has no words here


def search_words(union):
    """Return the folded words, each once and parted by spaces, by which a union is found in a picker."""
    return _search_words(union.code, union.name, union.short_name, union.is_sector)


@lru_cache(maxsize=2000)
def _search_words(code, name, short_name, is_sector):
    name = clean_line(name).lower()
    whole = expanded(name)
    proper = words_of(KIND.sub(" ", name))
    initials = "".join(word[0] for word in proper)
    places = ["".join(word[0] for word in words_of(place)) for place in PLACE.findall(name)]
    words = [
        *words_of(name),
        *words_of(short_name),
        *whole.split(),
        *(short for short, meaning in MEANINGS.items() if f" {meaning} " in f" {whole} "),
        "".join(proper),
        initials,
        *(f"{place}{initials}" for place in places),
        *([f"{initials}vn"] if is_sector else []),
        *NICKNAMES.get(code, "").split(),
    ]
    return " ".join(dict.fromkeys(words))


def finds(query, words):
    """Whether a picker shows, for this query, the union with these `search_words`."""
    found = words.split()
    return all(any(word.startswith(part) for word in found) for part in words_of(query))
