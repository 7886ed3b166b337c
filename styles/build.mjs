// Build static/vendor/bootstrap/: the parts that bootstrap.scss names, and the names of all classes Bootstrap has.
import { readFileSync, writeFileSync } from "node:fs";
import { Features, transform } from "lightningcss";
import { compile } from "sass";

const TARGET = new URL("../static/vendor/bootstrap/", import.meta.url);
// The oldest browsers that Bootstrap 5.3 speaks of, as lightningcss writes versions.
const OLDEST = { chrome: 60 << 16, firefox: 60 << 16, ios_saf: 12 << 16, safari: 12 << 16 };

const { css } = compile("bootstrap.scss", {
  loadPaths: ["node_modules"],
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"], // Bootstrap 5 is written so
});
const { code } = transform({
  filename: "bootstrap.css",
  code: Buffer.from(css),
  minify: true,
  targets: OLDEST,
  exclude: Features.LogicalProperties, // one rule of file inputs would become thirty
});
const licence = css.match(/\/\*![^]*?\*\//)[0];
writeFileSync(new URL("bootstrap.min.css", TARGET), `${licence}\n${code}\n`);

const whole = readFileSync("node_modules/bootstrap/dist/css/bootstrap.css", "utf8");
const classes = new Set(whole.match(/\.[a-z][\w-]*(?=[^{}]*\{)/g).map((name) => name.slice(1)));
writeFileSync("classes.txt", [...classes].sort().join("\n") + "\n");
