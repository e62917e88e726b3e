// A server in front of another that answers as a test wants it to.

import { createServer } from 'node:http';

/**
 * Starts one; `answer(request, forward)` gives the JSON-RPC result, undefined to never answer, or a text that
 * is sent as it is.
 */
export async function proxy(network, answer) {
  const forward = async (request) => {
    const response = await fetch(network.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await response.json()).result;
  };
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = JSON.parse(Buffer.concat(chunks).toString());
    const result = await answer(request, () => forward(request));
    if (result === undefined) return;
    const body = typeof result === 'string' ? result : JSON.stringify({ jsonrpc: '2.0', id: 1, result });
    outgoing.end(body);
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const rpcUrl = `http://127.0.0.1:${server.address().port}`;
  return { ...network, rpcUrl, close: () => server.closeAllConnections() };
}
