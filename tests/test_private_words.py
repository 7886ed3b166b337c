"""R19: what must never be public is noticed where people type it into words that are about to be."""

import pytest

from awards.private_words import looks_private


@pytest.mark.parametrize(
    "text",
    [
        "Trần Thị Bình, 0912 345 678",
        "Trần Thị Bình (+84 912.345.678)",
        "Trần Thị Bình binh@example.vn",
        "Trần Thị Bình, sinh năm 1980",
        "Trần Thị Bình SN: 1980",
        "Trần Thị Bình 12/05/1980",
    ],
)
def test_what_is_private_is_noticed(text):
    assert looks_private("Gá hàn", text)


@pytest.mark.parametrize(
    "text",
    [
        "Trần Thị Bình – 30%",
        "Tổ hàn số 3",
        "Công ty 2010",
        "Vệ sinh năm 2021",
        "Sinh viên 2020",
        "Tăng 1.000.000.000 đồng",
    ],
)
def test_what_is_not_is_let_be(text):
    assert not looks_private(text)
