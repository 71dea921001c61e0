// The specs at full length: every change of the clocks in every zone, a million random texts. Takes some minutes.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npm', ['run', '--silent', 'test:node'], {
  stdio: 'inherit',
  env: { ...process.env, DEEP: '1' },
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
