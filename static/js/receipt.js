// The draft of what has arrived is no longer needed. One tap copies the private link, where the browser lets pages write to the clipboard.
import { forgetSent } from "./draft.js";

const { submission, code, version } = document.getElementById("receipt").dataset;
forgetSent(submission, code, version);

const button = document.getElementById("copy-link");

if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("private-link").href);
    button.textContent = "Đã chép";
  });
}
