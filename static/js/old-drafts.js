// Drafts that were left behind on this device long ago go, also when the form is not opened again.
import { forgetOldDrafts } from "./draft.js";

forgetOldDrafts();
