// One measurement in this page. The query names it, and the page reports its start and its figures to the server.
import { cells } from './cells.js';
import { everywhere } from './subjects.js';

const query = new URLSearchParams(location.search);
const cell = cells[query.get('cell') ?? ''];
const subject = await everywhere[query.get('subject') ?? '']?.();
if (cell === undefined || subject === undefined) throw new Error(`no cell or no subject in ${location.search}`);

/** The CPU time of this renderer, which only the machine knows: asked of the server, without waiting, around the measurement. */
function cpuMs(): number {
  const request = new XMLHttpRequest();
  request.open('GET', '/cpu', false);
  request.send();
  return Number(request.responseText);
}

let figures: unknown;
try {
  figures = await cell(subject, Number(query.get('size')), { cpuMs, heapBytes: () => NaN }, query.get('quick') === 'quick');
} catch (error) {
  figures = { error: String(error) };
}
await fetch('/done', { method: 'POST', body: JSON.stringify(figures) });
