// One measurement in this process: `node --expose-gc cell.js CELL SUBJECT SIZE QUICK` prints its figures as JSON.
import type { Host } from './cells.js';
import { cells } from './cells.js';
import { nodeOnly } from './node-subjects.js';
import { everywhere } from './subjects.js';

const [cellName = '', subjectName = '', size = '1', quick = ''] = process.argv.slice(2);
const collect = (globalThis as { gc?: () => void }).gc;
const host: Host = {
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  heapBytes: () => {
    for (let round = 0; round < 3; round++) collect?.();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + external + arrayBuffers;
  },
};
// some peers write a line for each late fire; that is not what is measured
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) console[level] = () => undefined;
const cell = cells[cellName];
const subject = await (everywhere[subjectName] ?? nodeOnly[subjectName])?.();
if (cell === undefined || subject === undefined) throw new Error(`no cell ${cellName} or no subject ${subjectName}`);
const figures = await cell(subject, Number(size), host, quick === 'quick');
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
