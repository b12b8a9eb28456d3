/** Tells the browser's other tabs that its session has ended, so that none goes on showing what it read. */

const CHANNEL = "thread-session";

export function tellSessionEnded(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("ended");
  channel.close();
}

export function onSessionEnded(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = listener;
  return () => channel.close();
}
