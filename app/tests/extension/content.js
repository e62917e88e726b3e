// Between the page and the service worker: messages of the page go in, answers come out.

addEventListener('message', async (event) => {
  if (event.source !== window || event.data?.source !== 'FREIGHTER_EXTERNAL_MSG_REQUEST') return;
  const answer = await chrome.runtime.sendMessage(event.data);
  const envelope = { source: 'FREIGHTER_EXTERNAL_MSG_RESPONSE', messagedId: event.data.messageId };
  postMessage({ ...envelope, ...answer }, location.origin);
});
