// The cron specs on hosts in other zones, in Node and in Chrome: the results must not depend on the host's zone.
//   node spec/support/in-zones.js            on src
//   node spec/support/in-zones.js --built    on what was built into dist
import { spawnSync } from 'node:child_process';

const isBuilt = process.argv.includes('--built');

function run(command, args, env) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

for (const TZ of ['America/New_York', 'Australia/Lord_Howe', 'UTC']) {
  console.log(`\nhost zone ${TZ}, Node`);
  run('npm', ['run', '--silent', isBuilt ? 'test:node:built' : 'test:node', '--', '--filter=cron|zoneTable|manual'], { TZ });
}
console.log('\nhost zone Australia/Lord_Howe, Chrome');
run('npx', ['karma', 'start', ...(isBuilt ? ['--built'] : [])], { TZ: 'Australia/Lord_Howe', GREP: 'cron' });
