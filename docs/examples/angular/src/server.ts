import { AngularNodeAppEngine, createNodeRequestHandler, isMainModule, writeResponseToNodeResponse } from '@angular/ssr/node';
import express from 'express';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Reading } from './app/dashboard/load-monitor';

const server = express();
const angular = new AngularNodeAppEngine();
let requests = 0;

/** How busy this machine is. Each seventh answer takes longer than anybody waits: what the dashboard's timeout and retry are for. */
server.get('/api/load', (_request, response) => {
  requests++;
  const reading: Reading = { load: loadavg()[0] + 0.4 + 0.3 * Math.sin(requests / 3), requests };
  setTimeout(() => response.json(reading), requests % 7 === 0 ? 3_000 : 20);
});

server.use(express.static(join(import.meta.dirname, '../browser'), { maxAge: '1y', index: false, redirect: false }));

server.use((request, response, next) => {
  angular
    .handle(request)
    .then((answer) => (answer ? writeResponseToNodeResponse(answer, response) : next()))
    .catch(next);
});

if (isMainModule(import.meta.url)) {
  const port = process.env['PORT'] ?? 4000;
  server.listen(port, (error) => {
    if (error) throw error;
    console.log(`The dashboard is at http://localhost:${port}`);
  });
}

export const reqHandler = createNodeRequestHandler(server);
