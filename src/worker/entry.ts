import { serveThread } from './serve-thread.ts';

serveThread({
  postMessage: (message) => self.postMessage(message),
  addEventListener: (type, listener) => self.addEventListener(type, listener),
});
