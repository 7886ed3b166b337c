"""The guide's pictures of the site: `make pictures` takes them, this says what is on them."""

import base64
import functools
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from PIL import Image

# Name of the file in static/img/guide/: what somebody who cannot see it is told.
ON_THEM = {
    "landing": "Trang đầu của chương trình trên điện thoại, có nút “Gửi sáng kiến”.",
    "person": "Phần về bạn đã điền: họ và tên, số điện thoại, chức vụ hoặc công việc.",
    "workplace": "Phần nơi làm việc đã điền: đã chọn tỉnh Thái Nguyên, LĐLĐ huyện Đại Từ, đã ghi tên nơi làm việc.",
    "kind": "Chọn khối doanh nghiệp và lĩnh vực sản xuất có giá trị làm lợi cao.",
    "description": "Tên sáng kiến và ô mô tả đã điền, bên dưới là số ký tự đã gõ và số ký tự tối đa.",
    "refused": "Thông báo “Chưa gửi được” ở đầu trang, liệt kê từng chỗ cần sửa.",
    "consent": "Lời cam đoan, ô đồng ý đã đánh dấu và nút gửi.",
    "receipt": "Biên nhận “Đã nhận sáng kiến của bạn” với mã sáng kiến gồm 12 ký tự.",
    "follow": "Trang theo dõi với hai ô: mã sáng kiến và số điện thoại.",
}
DENSITY = 2  # of the pictures' own pixels, this many make one of the page's


class Picture(NamedTuple):
    """What an <img> needs; `src` is the site's address of the file, or the picture itself as a data: address."""

    src: str
    alt: str
    width: int
    height: int


@functools.cache
def pictures(*, inside=False):
    """Return {name: Picture}; with `inside`, the pictures carry their own bytes."""
    return {name: picture(name, alt, data_address if inside else static) for name, alt in ON_THEM.items()}


def picture(name, alt, address_of):
    path = f"img/guide/{name}.webp"
    with Image.open(finders.find(path)) as image:
        return Picture(address_of(path), alt, image.width // DENSITY, image.height // DENSITY)


TYPES = {".webp": "image/webp", ".css": "text/css;charset=utf-8"}


@functools.cache
def data_address(path):
    """Return a static file as a data: address."""
    with open(finders.find(path), "rb") as file:
        content = base64.b64encode(file.read()).decode()
    return f"data:{TYPES[path[path.rindex('.') :]]};base64,{content}"
