/**
 * Run before the tests: makes sure that Chromium and Firefox are there. On Debian, as root, what is missing is
 * installed with apt-get; anywhere else it ends with one sentence that says what to install.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { BROWSERS, debianPackages, findBrowser, howToGet } from './browsers.mjs';

const missing = BROWSERS.filter((name) => !findBrowser(name));
const packages = missing.flatMap(debianPackages);

if (packages.length > 0 && canInstall()) {
  console.log(`Installing ${packages.join(' and ')} for the tests.`);
  apt('update');
  apt('install', '--yes', '--no-install-recommends', ...packages);
}

for (const name of BROWSERS) {
  const path = findBrowser(name);
  console.log(path ? `${name}: ${path}` : howToGet(name));
  if (!path) process.exitCode = 1;
}

/** A browser that an environment variable names wrongly is for a person to put right, not to install over. */
function canInstall() {
  const named = missing.some((name) => process.env[name.toUpperCase()]);
  return (
    !named && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  );
}

/** @param {string[]} args */
function apt(...args) {
  spawnSync('apt-get', ['-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
