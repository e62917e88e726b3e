import { store } from './store.ts';

/** Where in the page one is; each has a link of its own. */
export type Route =
  | { page: 'escrows'; role: string | undefined }
  | { page: 'create' }
  | { page: 'network' }
  | { page: 'escrow'; id: string; milestone?: number; action?: string }
  | { page: 'receipts'; id: string }
  | { page: 'sign'; text: string }
  | { page: 'unknown'; path: string };

/** The route that a location's hash names. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#\/?/, '').replace(/\/$/, '');
  const [head = '', ...rest] = path.split('/');
  if (head === '' || (head === 'escrows' && rest.length <= 1)) {
    return { page: 'escrows', role: rest[0] };
  }
  if (head === 'create' && rest.length === 0) return { page: 'create' };
  if (head === 'network' && rest.length === 0) return { page: 'network' };
  if (head === 'sign' && rest.length <= 1) return { page: 'sign', text: decoded(rest[0] ?? '') };
  if (head === 'escrow') return escrowRoute(rest) ?? { page: 'unknown', path };
  return { page: 'unknown', path };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escrowRoute([id, first, second, ...more]: string[]): Route | undefined {
  if (!id || more.length > 0) return undefined;
  if (first === undefined) return { page: 'escrow', id };
  if (/^\d{1,10}$/.test(first)) {
    const milestone = Number(first);
    if (second === undefined) return { page: 'escrow', id, milestone };
    return isAction(second) ? { page: 'escrow', id, milestone, action: second } : undefined;
  }
  if (second !== undefined) return undefined;
  if (first === 'receipts') return { page: 'receipts', id };
  return isAction(first) ? { page: 'escrow', id, action: first } : undefined;
}

const isAction = (text: string): boolean => /^[a-z_]+$/.test(text);

/** The links of the page. */
export const links = {
  escrows: (role?: string) => (role ? `#/escrows/${role}` : '#/'),
  create: () => '#/create',
  network: () => '#/network',
  escrow: (id: string) => `#/escrow/${id}`,
  milestone: (id: string, milestone: number) => `#/escrow/${id}/${milestone}`,
  action: (id: string, action: string, milestone?: number) =>
    milestone === undefined ? `#/escrow/${id}/${action}` : `#/escrow/${id}/${milestone}/${action}`,
  receipts: (id: string) => `#/escrow/${id}/receipts`,
  /** A call that others have to sign as well goes with the link. */
  sign: (text = '') => (text ? `#/sign/${encodeURIComponent(text)}` : '#/sign'),
};

/** The route one is at. */
export const route = store<Route>(parseRoute(location.hash));

addEventListener('hashchange', () => route.set(parseRoute(location.hash)));

/** Goes to a link; in place of the present one, if going back should skip it. */
export function go(link: string, { replace = false } = {}): void {
  if (replace) location.replace(link);
  else location.hash = link;
}
