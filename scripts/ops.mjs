/** `npm run ops -- <command>`: the command line. Standard output carries the command's output alone. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from './build.mjs';

try {
  build(['server'], (line) => console.error(line));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const main = join(root, 'dist', 'apps', 'ops', 'src', 'main.js');
process.argv[1] = main;
await import(pathToFileURL(main).href);
