// Shares the programme's address by the device's own means, where it has them. Never the page's own address:
// on a receipt that is the private one.
const button = document.getElementById("share");

if (button && navigator.share) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const { title, address } = button.dataset;
    navigator.share({ title, url: address }).catch(() => {}); // changing one's mind is no error
  });
}
