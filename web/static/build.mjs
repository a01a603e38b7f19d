// Bundles css/ and js/ into dist/ under names that carry a hash of their content, writes the manifest
// that web/static reads, and lays a Brotli and a gzip twin beside each file, so that serving costs no CPU.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const out = new URL('./dist/', import.meta.url).pathname;
mkdirSync(out, { recursive: true });
for (const name of readdirSync(out)) if (name !== '.gitkeep') rmSync(out + name);

const result = await build({
  absWorkingDir: new URL('.', import.meta.url).pathname,
  entryPoints: ['css/app.css', 'css/desk.css', 'js/app.js', 'js/desk.js', 'js/htmx.js'],
  bundle: true,
  minify: true,
  charset: 'utf8',
  legalComments: 'eof',
  target: ['chrome80', 'ios13'],
  outdir: out,
  entryNames: '[name]',
  write: false,
});

const manifest = {};
// What is served as it is written: icons, and the check of a receipt, which people are meant to read before they believe it.
const verbatim = ['icons.svg', 'js/verify.js'].map((path) => ({ path, contents: readFileSync(new URL('./' + path, import.meta.url)) }));
for (const file of [...result.outputFiles, ...verbatim]) {
  const name = basename(file.path);
  const hash = createHash('sha256').update(file.contents).digest('hex').slice(0, 10);
  const hashed = name.replace(extname(name), `.${hash}${extname(name)}`);
  manifest[name] = hashed;
  const brotli = brotliCompressSync(file.contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(out + hashed, file.contents);
  writeFileSync(out + hashed + '.br', brotli);
  writeFileSync(out + hashed + '.gz', gzipSync(file.contents, { level: 9 }));
  console.log(`${hashed}: ${file.contents.length} bytes, ${brotli.length} compressed`);
}
writeFileSync(out + 'manifest.json', JSON.stringify(manifest, null, 2) + '\n');
