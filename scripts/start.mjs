/**
 * `npm start`: builds what changed, then runs the whole program in this process. package.json says `exec` so that no shell
 * stands between npm and us: a shell keeps to itself the signals that npm passes on. (Windows has no `exec`; there the
 * second half of the line runs.)
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from './build.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
const isNewEnough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
if (!isNewEnough)
  refuse(`Sổ Vàng cần Node.js 20.19 trở lên (hoặc 22.12 trở lên); máy này đang dùng ${process.versions.node}.`);
if (!existsSync(join(root, 'node_modules', '@nestjs', 'core'))) refuse('Thiếu thư viện. Hãy chạy: npm install');

// A closed terminal or pipe must not end the program before it has stopped what it started.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  build(['server', 'web'], (line) => console.log(line));
} catch (error) {
  refuse(error.message);
}
if (process.env.npm_lifecycle_event === 'start') stopWithNpm();
await import(pathToFileURL(join(root, 'dist', 'apps', 'ops', 'src', 'start.js')).href);

function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Who kills npm means the program: without this it would run on unseen and keep the port. */
function stopWithNpm() {
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    process.emit('SIGTERM');
  }, 1000).unref();
}
