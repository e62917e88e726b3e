import type { Wallet } from 'tranche-client';
import { store } from '../store.ts';

/** Whom the page acts for. */
export interface Session {
  kind: 'freighter' | 'test key';
  address: string;
  wallet: Wallet;
}

/** Who is connected; undefined while nobody is. */
export const session = store<Session | undefined>(undefined);

/** What the wallet says of itself that has to be put right before it can sign, such as another network. */
export const walletTrouble = store<string | undefined>(undefined);
