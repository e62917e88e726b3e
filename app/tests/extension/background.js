// The wallet: one account of localnet, whose key everybody knows, and a window that asks before it signs.

const PASSPHRASE = 'Standalone Network ; February 2017';
const ADDRESS = 'GBII6MKB7G3EZIIGRPAS7L7FC6SOIRDGRDGEAWPRGCJCZ2UZXCVHBGCT';
const SECRET = 'SBB4QI73GNDD4KLEHZHNDAUEKXBIM6KLLQOMWMCAQBNH2DHJFYDDRKMQ';
const REJECTED = { code: -4, message: 'The user rejected this request.' };
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Before a seed, to make it a private key as browsers import it. */
const PKCS8 = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
const ENVELOPE_TYPE_TX = [0, 0, 0, 2];

/** A window goes after the click that it was for. */
const CLOSES_MILLISECONDS = 200;

/** Windows that are open, and what to tell them and the page. */
const waiting = new Map();

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (message.source === 'FREIGHTER_EXTERNAL_MSG_REQUEST') answer(message).then(reply);
  else if (message.ask === 'request') reply(waiting.get(message.id)?.shown);
  else if (message.ask === 'decide') waiting.get(message.id)?.decide(message.confirmed);
  return true;
});

async function answer(request) {
  switch (request.type) {
    case 'REQUEST_CONNECTION_STATUS':
      return { isConnected: true };
    case 'REQUEST_ALLOWED_STATUS':
    case 'SET_ALLOWED_STATUS':
      return { isAllowed: true };
    case 'REQUEST_ACCESS':
    case 'REQUEST_PUBLIC_KEY':
      return { publicKey: ADDRESS };
    case 'REQUEST_NETWORK_DETAILS':
      return {
        networkDetails: {
          network: 'STANDALONE',
          networkName: 'localnet',
          networkUrl: 'http://127.0.0.1',
          networkPassphrase: PASSPHRASE,
        },
      };
    case 'SUBMIT_TRANSACTION':
      return sign(request);
    default:
      return { apiError: { code: -3, message: 'unknown' }, error: 'unknown' };
  }
}

async function sign({ transactionXdr, networkPassphrase }) {
  const confirmed = networkPassphrase === PASSPHRASE && (await ask({ transactionXdr }));
  if (!confirmed) return { apiError: REJECTED, error: REJECTED.message };
  return { signedTransaction: await signed(transactionXdr), signerAddress: ADDRESS };
}

/** Opens a window, and waits for what is pressed there; closing it is a refusal. */
async function ask(shown) {
  const id = crypto.randomUUID();
  const url = chrome.runtime.getURL(`popup.html#${id}`);
  const confirmed = new Promise((decide) =>
    waiting.set(id, { shown: { ...shown, address: ADDRESS }, decide }),
  );
  const { id: windowId } = await chrome.windows.create({
    url,
    type: 'popup',
    width: 400,
    height: 600,
  });
  const closed = (which) => which === windowId && waiting.get(id)?.decide(false);
  chrome.windows.onRemoved.addListener(closed);
  const answer = await confirmed;
  chrome.windows.onRemoved.removeListener(closed);
  waiting.delete(id);
  setTimeout(() => chrome.windows.remove(windowId).catch(() => undefined), CLOSES_MILLISECONDS);
  return answer;
}

/** An envelope without signatures ends with their number, which is 0: one is put there. */
async function signed(xdr) {
  const envelope = Uint8Array.from(atob(xdr), (character) => character.charCodeAt(0));
  const transaction = envelope.slice(4, -4);
  const network = await sha256(new TextEncoder().encode(PASSPHRASE));
  const payload = new Uint8Array([...network, ...ENVELOPE_TYPE_TX, ...transaction]);
  const seed = decoded(SECRET);
  const key = await crypto.subtle.importKey(
    'pkcs8',
    new Uint8Array([...PKCS8, ...seed]),
    'Ed25519',
    false,
    ['sign'],
  );
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', key, await sha256(payload)));
  const hint = decoded(ADDRESS).slice(-4);
  const bytes = [...envelope.slice(0, -4), 0, 0, 0, 1, ...hint, 0, 0, 0, 64, ...signature];
  return btoa(String.fromCharCode(...bytes));
}

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** The 32 bytes of an address or secret: between its version and its check sum. */
function decoded(text) {
  const bits = [...text]
    .map((character) => BASE32.indexOf(character).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2));
  return bytes.slice(1, 33);
}
