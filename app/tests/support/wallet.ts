import type { BrowserContext } from '@playwright/test';
import { hash, Keypair, TransactionBuilder } from '@stellar/stellar-sdk';

/** What the page asks of a wallet; the fields are those of Freighter's own protocol. */
interface Request {
  type: string;
  transactionXdr?: string;
  entryXdr?: string;
  networkPassphrase?: string;
  accountToSign?: string;
}

type Answer = Record<string, unknown>;

const LOCALNET = 'Standalone Network ; February 2017';
const REJECTED = { code: -4, message: 'The user rejected this request.' };

const refused = (error: { code: number; message: string }): Answer => ({
  apiError: error,
  error: error.message,
});

/**
 * A wallet that speaks Freighter's page protocol (5.45). Its keys stay here, outside of the page; tests
 * decide what the person at it does.
 */
export class StubWallet {
  /** The account that is active. */
  active: Keypair;
  passphrase = LOCALNET;
  allowed = true;
  locked = false;
  /** What the person does with a request to sign. */
  decision: 'confirm' | 'reject' | 'never' | 'wait' = 'confirm';
  /** Signs with the active account whatever account is asked for, as for an unknown one. */
  stubborn = false;
  /** The kinds of questions that it never answers. */
  mute: string[] = [];
  /** What was asked to be signed, the latest last. */
  readonly asked: string[] = [];
  private released = () => {};
  private readonly held = new Promise<void>((resolve) => (this.released = resolve));

  constructor(private readonly keys: Keypair[]) {
    const [first] = keys;
    if (!first) throw new Error('a wallet has at least one account');
    this.active = first;
  }

  /** Makes another account the active one. */
  choose(address: string): void {
    const key = this.keys.find((one) => one.publicKey() === address);
    if (!key) throw new Error(`the wallet has no ${address}`);
    this.active = key;
  }

  /** Lets a request go on that waits. */
  proceed(): void {
    this.released();
  }

  /** Puts the wallet into every page of this context. */
  async install(context: BrowserContext): Promise<void> {
    await context.exposeBinding('__wallet', (_, request: Request) => this.answer(request));
    await context.addInitScript(() => {
      const ask = (globalThis as unknown as { __wallet: (request: unknown) => Promise<object> })
        .__wallet;
      addEventListener('message', async (event) => {
        if (event.source !== window || event.data?.source !== 'FREIGHTER_EXTERNAL_MSG_REQUEST')
          return;
        const answer = await ask(event.data);
        const envelope = {
          source: 'FREIGHTER_EXTERNAL_MSG_RESPONSE',
          messagedId: event.data.messageId,
        };
        postMessage({ ...envelope, ...answer }, location.origin);
      });
    });
  }

  private async answer(request: Request): Promise<Answer> {
    if (this.mute.includes(request.type)) return new Promise(() => {});
    switch (request.type) {
      case 'REQUEST_CONNECTION_STATUS':
        return { isConnected: true };
      case 'REQUEST_ALLOWED_STATUS':
        return { isAllowed: this.allowed };
      case 'SET_ALLOWED_STATUS':
      case 'REQUEST_ACCESS':
        return this.grant(request.type);
      case 'REQUEST_PUBLIC_KEY':
        return { publicKey: this.allowed && !this.locked ? this.active.publicKey() : '' };
      case 'REQUEST_NETWORK_DETAILS':
        return { networkDetails: this.network() };
      case 'SUBMIT_TRANSACTION':
        return this.sign(request, (key) => this.signTransaction(request.transactionXdr ?? '', key));
      case 'SUBMIT_AUTH_ENTRY':
        return this.sign(request, (key) => ({
          signedAuthEntry: Buffer.from(
            key.sign(hash(Buffer.from(request.entryXdr ?? '', 'base64'))),
          ).toString('base64'),
        }));
      default:
        return refused({ code: -3, message: `This wallet does not know ${request.type}.` });
    }
  }

  private async grant(type: string): Promise<Answer> {
    if (this.decision === 'wait') await this.held;
    if (this.decision === 'reject') return refused(REJECTED);
    this.allowed = true;
    const publicKey = this.locked ? '' : this.active.publicKey();
    return type === 'REQUEST_ACCESS' ? { publicKey } : { isAllowed: true };
  }

  private network(): Answer {
    const custom = this.passphrase === LOCALNET;
    return {
      network: custom ? 'STANDALONE' : 'TESTNET',
      networkName: custom ? 'localnet' : 'Test Net',
      networkUrl: 'http://127.0.0.1',
      networkPassphrase: this.passphrase,
    };
  }

  /** A wallet that is on another network shows that and cannot sign: closing its window is a refusal. */
  private async sign(request: Request, sign: (key: Keypair) => Answer): Promise<Answer> {
    this.asked.push(request.transactionXdr ?? request.entryXdr ?? '');
    if (this.decision === 'never') return new Promise(() => {});
    if (this.decision === 'wait') await this.held;
    const elsewhere = request.networkPassphrase !== this.passphrase;
    if (this.decision === 'reject' || this.locked || elsewhere) return refused(REJECTED);
    const wanted = this.keys.find((key) => key.publicKey() === request.accountToSign);
    const key = this.stubborn || !wanted ? this.active : wanted;
    this.active = key;
    return { ...sign(key), signerAddress: key.publicKey() };
  }

  private signTransaction(xdr: string, key: Keypair): Answer {
    const transaction = TransactionBuilder.fromXdr(xdr, this.passphrase);
    transaction.sign(key);
    return { signedTransaction: transaction.toXdr() };
  }
}
