import { forget, isText, keep, recall } from '../memory.ts';

/** The server that delivers the page, as localnet does. */
export const OWN_ENDPOINT = new URL('/rpc', location.href).href;

/** Servers that everybody may use, to choose from. */
export const ENDPOINTS = [
  { name: 'The server of this page', url: OWN_ENDPOINT },
  { name: 'Testnet', url: 'https://soroban-testnet.stellar.org' },
  { name: 'A localnet on this machine', url: 'http://127.0.0.1:8000/rpc' },
] as const;

/** The RPC server that the page asks. */
export const endpoint: string = recall('rpc', isEndpoint) ?? OWN_ENDPOINT;

/** What is wrong with the address of an RPC server; undefined if nothing is. */
export function endpointProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'This is not a URL. An RPC server has one such as https://…';
  const { protocol, hostname } = new URL(text);
  if (protocol === 'https:') return undefined;
  if (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname)) return undefined;
  return 'An RPC server has to be reached by https, unless it runs on this machine.';
}

function isEndpoint(value: unknown): value is string {
  return isText(value) && endpointProblem(value) === undefined;
}

/** Takes another server from now on. The page starts anew, since its policy names the server. */
export function chooseEndpoint(url: string): void {
  if (url === OWN_ENDPOINT) forget('rpc');
  else keep('rpc', url);
  location.reload();
}

/** Lets the page talk to this server alone: policies add up, and this one is the narrower. */
export function narrowPolicy(): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `connect-src ${new URL(endpoint).origin}`;
  document.head.append(policy);
}
