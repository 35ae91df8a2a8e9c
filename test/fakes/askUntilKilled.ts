import { modelId, startScripted } from './scriptedServices.ts';

// A run of Facet on the data folder it is given: asks a question that takes long, says so, and waits to be killed.
const facet = await startScripted({ dataFolder: process.argv[2] ?? '' });
await facet.client.request('settings.update', { patch: { modelId } });
const { id } = await facet.client.request('conversation.create', {});
const sent = await facet.client.request('message.send', {
  conversationId: id,
  parentId: null,
  text: '[[slow 20]] [[tokens 2000]]',
  attachments: [],
});
let told = false;
facet.client.on('message.appended', () => {
  if (told) return;
  told = true;
  // Later than the next save of the partial answer.
  setTimeout(() => process.send?.(sent), 700);
});
