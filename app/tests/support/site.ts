import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built page and, under /rpc of the same origin, a network's server: as localnet delivers both. */
export class Site {
  /** What becomes of requests to the server: tests put faults here. */
  fault: ((body: string) => 'pass' | 'gone' | 'nonsense' | 'slow') | undefined;
  /** The methods that were asked for. */
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(rpcUrl: string): Promise<Site> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const site = new Site(server, `http://127.0.0.1:${port}/`);
    server.on('request', async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', site.url);
      if (pathname !== '/rpc') {
        const path = pathname === '/' ? '/index.html' : normalize(pathname);
        const body = await readFile(join(DIST, path)).catch(() => undefined);
        response
          .writeHead(body ? 200 : 404, { 'content-type': TYPES[extname(path)] ?? 'text/plain' })
          .end(body);
        return;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      site.asked.push(...[...body.matchAll(/"method":"(\w+)"/g)].map(([, method = '']) => method));
      const fault = site.fault?.(body) ?? 'pass';
      if (fault === 'gone') return void response.destroy();
      if (fault === 'nonsense')
        return void response.writeHead(200).end('<html>What did you expect?</html>');
      if (fault === 'slow') return;
      const answer = await fetch(rpcUrl, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(await answer.text());
    });
    return site;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
