// The cron specs on hosts in other zones, in Node and in Chrome: the results must not depend on the host's zone.
import { spawnSync } from 'node:child_process';

function run(command, args, env) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

for (const TZ of ['America/New_York', 'Australia/Lord_Howe', 'UTC']) {
  console.log(`\nhost zone ${TZ}, Node`);
  run('npm', ['run', '--silent', 'test:node', '--', '--filter=cron|zoneTable|manual'], { TZ });
}
console.log('\nhost zone Australia/Lord_Howe, Chrome');
run('npx', ['karma', 'start'], { TZ: 'Australia/Lord_Howe', GREP: 'cron' });
