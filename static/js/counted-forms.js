import { addCounters } from "./counter.js";

for (const form of document.querySelectorAll("form.counted")) addCounters(form);
