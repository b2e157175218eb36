// Bundles parts.js into the file that the dashboard contains, and names the version and the parts in its first line. Run by ../echarts.sh.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { minify } from "terser";

const { version } = JSON.parse(await readFile("node_modules/echarts/package.json"));
const parts = (await readFile("parts.js", "utf8")).match(/use\(\[([^\]]*)\]/)[1].split(",").map(part => part.trim()).filter(Boolean);
const bundle = await build({
  entryPoints: ["parts.js"], bundle: true, write: false, format: "iife", globalName: "echarts", target: "es2022", legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
});
const { code } = await minify(bundle.outputFiles[0].text, { compress: { passes: 3, pure_getters: true }, format: { comments: false } });
const header = `/*! Apache ECharts ${version}, Apache-2.0 (LICENSE.txt, NOTICE.txt), reduced by build/echarts.sh to: ${parts.join(", ")} */`;
await writeFile("../../src/CineLedger.Web/Dashboard/Assets/Files/echarts/echarts.min.js", `${header}\n${code}\n`);
