import { addCounters } from "./counter.js";

addCounters(document.getElementById("entry-form"));
