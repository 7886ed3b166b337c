// The receipt is there: the draft of what it tells of is no longer needed.
import { forgetSent } from "./draft.js";

const { submission, code, version } = document.getElementById("receipt").dataset;
forgetSent(submission, code, version);
