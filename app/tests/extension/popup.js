const id = location.hash.slice(1);
const { address, transactionXdr } = await chrome.runtime.sendMessage({ ask: 'request', id });
document.getElementById('wallet').textContent = address;
document.getElementById('transaction').textContent = transactionXdr;

const decide = (confirmed) => chrome.runtime.sendMessage({ ask: 'decide', id, confirmed });
document.getElementById('cancel').addEventListener('click', () => decide(false));
document.getElementById('confirm').addEventListener('click', () => decide(true));
