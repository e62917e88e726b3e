import { hash, Keypair, TransactionBuilder } from '@stellar/stellar-sdk/base';
import { fromBase64, toBase64 } from './bytes.js';

/** How a wallet says that it did not sign; -4: the person said no. */
export interface WalletError {
  code: number;
  message: string;
  ext?: string[];
}

/** For whom to sign, and on which network. */
export interface SignOptions {
  networkPassphrase: string;
  address: string;
}

/** What signs: an adapter to a wallet, in the form that wallets for Stellar agreed on (SEP-43). */
export interface Wallet {
  /** The account that it signs for. */
  address(): Promise<string>;
  /** The passphrase of the network that it is on. */
  network(): Promise<string>;
  signTransaction(
    xdr: string,
    options: SignOptions,
  ): Promise<{ signedTxXdr: string; signerAddress?: string; error?: WalletError }>;
  /** Signs the hash of a preimage; the answer is the signature alone, in base64. */
  signAuthEntry(
    preimageXdr: string,
    options: SignOptions,
  ): Promise<{ signedAuthEntry: string | null; signerAddress?: string; error?: WalletError }>;
}

/** A wallet of one secret key: for scripts, tests, and the named accounts of localnet. */
export function keyWallet(secret: string, passphrase: string): Wallet {
  const key = Keypair.fromSecret(secret);
  const signerAddress = key.publicKey();
  return {
    address: async () => signerAddress,
    network: async () => passphrase,
    signTransaction: async (xdr) => {
      const transaction = TransactionBuilder.fromXdr(xdr, passphrase);
      transaction.sign(key);
      return { signedTxXdr: transaction.toXdr(), signerAddress };
    },
    signAuthEntry: async (preimageXdr) => ({
      signedAuthEntry: toBase64(key.sign(hash(fromBase64(preimageXdr)))),
      signerAddress,
    }),
  };
}
