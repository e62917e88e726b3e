import { failure } from './problem.js';

/** A network, and the server through which it is reached. */
export interface Network {
  rpcUrl: string;
  passphrase: string;
  /** How long one answer may take, in milliseconds; 15 seconds without it. */
  timeout?: number;
}

const TIMEOUT_MILLISECONDS = 15_000;

/** A server's refusal of a request, in JSON-RPC's own form. */
export interface RpcError {
  code: number;
  message: string;
}

/** Asks the server. Whatever keeps it from answering properly is told apart. */
export async function ask<T>(
  { rpcUrl, timeout = TIMEOUT_MILLISECONDS }: Pick<Network, 'rpcUrl' | 'timeout'>,
  method: string,
  params?: object,
): Promise<T> {
  const answer = await post(rpcUrl, timeout, { jsonrpc: '2.0', id: 1, method, params });
  if (isObject(answer) && isObject(answer.error)) {
    const { message = 'no reason given' } = answer.error as Partial<RpcError>;
    throw failure(
      'refused',
      `The server refused to answer ${method}.`,
      'Try again, or choose another server.',
      { details: message },
    );
  }
  if (!isObject(answer) || !isObject(answer.result)) throw nonsense(method);
  return answer.result as T;
}

async function post(url: string, timeout: number, body: object): Promise<unknown> {
  let text: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeout),
    });
    text = await response.text();
  } catch (caught) {
    const details = caught instanceof Error ? caught.message : String(caught);
    if (caught instanceof Error && caught.name === 'TimeoutError') {
      throw failure(
        'slow',
        `The server did not answer within ${timeout / 1_000} seconds.`,
        'Try again, or choose another server.',
        { details },
      );
    }
    throw failure(
      'unreachable',
      `The server ${url} cannot be reached.`,
      'Check the connection and the address, or choose another server.',
      { details },
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw nonsense('the request', text.slice(0, 200));
  }
}

/** The server's answer cannot be understood. */
export const nonsense = (to: string, details = '') =>
  failure(
    'nonsense',
    `The server answered ${to} with something that cannot be understood.`,
    'Check that it is the address of a Stellar RPC server, or choose another.',
    { details },
  );

/** Reads an answer; where that fails, the answer made no sense. */
export function understand<T>(to: string, read: () => T): T {
  try {
    return read();
  } catch (caught) {
    throw nonsense(to, caught instanceof Error ? caught.message : String(caught));
  }
}

/** Whether it has fields. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
