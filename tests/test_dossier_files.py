"""What a dossier hands out, letter and table: as a file to be saved, under a name of ours, to its own union alone."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.file_names import file_name, plain
from accounts.models import Union
from config.templatetags.sizes import file_size
from dossiers.models import Dossier, SignedLetter
from tests.factories import a_pdf, make_dossier, make_filed, make_staff
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def staff_of(dossier):
    return signed_in(make_staff(dossier.union))


def address(name, dossier, *more):
    return reverse(name, args=[dossier.pk, *more])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LĐLĐ huyện Đại Từ", "bang-LDLD-huyen-Dai-Tu-4.xlsx"),
        ('Công đoàn "Ưu đãi"\r\n../../ & ệ', "bang-Cong-doan-Uu-dai-e-4.xlsx"),
        ("a" * 300, f"bang-{'a' * 80}-4.xlsx"),
        ("…", "bang-X-1-4.xlsx"),
    ],
)
def test_a_file_is_called_by_its_unions_name_in_plain_letters(name, expected):
    assert file_name("bang", Union(name=name, code="X-1"), 4, extension="xlsx") == expected


@pytest.mark.parametrize(
    ("count", "said"), [(0, "1 KB"), (302, "1 KB"), (1025, "2 KB"), (1024**2, "1,0 MB"), (2_621_440, "2,5 MB")]
)
def test_a_size_is_said_in_kilobytes_at_least(count, said):
    assert file_size(count) == said


@pytest.mark.parametrize(
    "name", ["../../x.pdf", "CON.pdf", "a" * 300 + ".pdf", ".htaccess", "tờ\u202etrình.pdf", "x\r\nA: b"]
)
def test_nothing_of_a_files_name_is_believed(name):
    dossier = make_dossier()
    client = staff_of(dossier)
    client.post(address("upload_letter", dossier), {"file": SimpleUploadedFile(name, a_pdf())})
    letter = SignedLetter.objects.get()

    response = client.get(address("letter_file", dossier, letter.pk, 1))

    name = letter.files.get().file.name
    assert name.startswith("letters/")
    assert name.count("/") == 1
    expected = f'attachment; filename="to-trinh-{plain(dossier.union.name)}-{letter.pk}.pdf"'
    assert response["Content-Disposition"] == expected
    assert b"".join(response.streaming_content) == a_pdf()


def test_files_are_handed_out_to_be_saved_and_never_run():
    dossier = make_filed()
    client = staff_of(dossier)
    files = {
        address("letter_file", dossier, dossier.letters.get().pk, 1): ("application/pdf", "to-trinh-"),
        address("filed_table", dossier, 1): ("officedocument.spreadsheetml.sheet", "bang-tong-hop-"),
        address("summary_table", dossier): ("officedocument.spreadsheetml.sheet", "bang-tong-hop-"),
    }

    for path, (kind, name) in files.items():
        response = client.get(path)
        assert response.status_code == 200
        assert kind in response["Content-Type"]
        assert response["Content-Disposition"].startswith(f'attachment; filename="{name}{plain(dossier.union.name)}')
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert "no-store" in response["Cache-Control"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert len(response.getvalue()) > 500


def test_the_summary_table_follows_the_dossier_and_the_filed_one_stays(at):
    dossier = make_filed(entries=2)
    Dossier.objects.update(state="RETURNED")
    client = staff_of(dossier)
    client.post(address("remove_entry", dossier, dossier.entries.get(rank=2).pk))

    def numbers(path):
        sheet = openpyxl.load_workbook(io.BytesIO(client.get(path).getvalue())).active
        return [cell.value for (cell,) in sheet.iter_rows(max_col=1) if str(cell.value).isdigit()]

    assert numbers(address("summary_table", dossier)) == ["1"]
    assert numbers(address("filed_table", dossier, 1)) == ["1", "2"]


def test_letters_and_tables_of_another_dossier_are_not_in_this_one():
    mine, other = make_filed(), make_filed()
    client = staff_of(mine)

    for path in (
        address("letter_file", mine, other.letters.get().pk, 1),
        address("letter_file", other, other.letters.get().pk, 1),
        address("filed_table", other, 1),
        address("filed_table", mine, 2),
        address("summary_table", other),
    ):
        assert client.get(path).status_code == 404
    for number in ("0", "9" * 30):
        assert client.get(f"/cong-doan/ho-so/{mine.pk}/to-trinh/{number}/1/").status_code == 404
        assert client.get(f"/cong-doan/ho-so/{mine.pk}/lan-nop/{number}/bang-tong-hop.xlsx").status_code == 404
        assert client.get(f"/cong-doan/ho-so/{number}/").status_code == 404
