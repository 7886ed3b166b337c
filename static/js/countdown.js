// The time left, on server time: the device's clock has no say.
const shown = document.getElementById("time-left");
const closesAt = Date.parse(shown.dataset.closesAt);
const offset = Date.parse(shown.dataset.now) - performance.now();

function show() {
  const seconds = Math.max(0, Math.floor((closesAt - offset - performance.now()) / 1000));
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = days ? [`${days} ngày`, `${hours} giờ`] : [`${hours} giờ`, `${minutes} phút`, `${seconds % 60} giây`];
  shown.textContent = seconds ? parts.join(" ") : "0 giây: đã đóng";
  if (seconds) setTimeout(show, days ? 30000 : 1000);
}
show();
