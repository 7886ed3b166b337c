// Shows the sum while points are typed, and marks the band that they belong to. The server reckons again.
const form = document.querySelector("#scores");
const fields = [...(form?.querySelectorAll("[data-points]") ?? [])];
const tenths = (text) => (/^\d{1,4}([.,]\d)?$/.test(text.trim()) ? Math.round(Number(text.trim().replace(",", ".")) * 10) : null);

function showTotal() {
  const sum = fields.reduce((total, field) => total + (tenths(field.value) ?? 0), 0);
  document.querySelector("#total").textContent = String(sum / 10).replace(".", ",");
}

// The label ends in "(25–30 điểm)".
function bandsOf(field) {
  return [...field.closest("fieldset").querySelectorAll("input[type=radio]")].map((radio) => {
    const [low, high] = radio.closest("label").textContent.match(/\(([\d,]+)–([\d,]+) điểm\)\s*$/).slice(1).map(tenths);
    return { radio, low, high };
  });
}

function pickBand(field) {
  const points = tenths(field.value);
  const band = points === null ? null : bandsOf(field).find(({ low, high }) => low <= points && points <= high);
  if (band) band.radio.checked = true;
}

if (fields.length) {
  document.querySelector(".score-total").hidden = false;
  for (const field of fields) field.addEventListener("input", () => { pickBand(field); showTotal(); });
  showTotal();
}
