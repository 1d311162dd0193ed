import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { addressBar } from './page/address-bar.ts';
import { createBrowserShelf, tabIdentity } from './page/browser-shelf.ts';
import { carriedFile, carriesFile } from './page/carried-file.ts';
import { allowedOrigins, createFetchFile } from './page/fetch-file.ts';
import { fetchOneFile } from './page/fetch-one-file.ts';
import { keepSetting } from './page/keep-setting.ts';
import { fetchLaterParts, whenIdle } from './page/later-parts.ts';
import { ownSource } from './page/own-source.ts';
import { queryShelf } from './page/query-shelf.ts';
import { sourceShelf } from './page/source-shelf.ts';
import { createStandstill } from './store/create-store.ts';
import { StandstillContext } from './store/use-store.ts';
import './ui/tokens.css';
import './ui/base.css';
import { applyTheme, readTheme } from './ui/theme.ts';
import { App } from './views/App.tsx';
import { createClient, helpersFor, readersFor } from './worker/client.ts';
import { lazyWorker } from './worker/lazy-worker.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');

applyTheme(readTheme());
// The readers are more code than the page itself: they are fetched beside it, and it is shown before they are here.
const makeWorker = lazyWorker(import('./worker/make-worker.ts'));
const cores = navigator.hardwareConcurrency;
const client = createClient({ makeWorker, readers: readersFor(cores), helpers: helpersFor(cores) });
const { STANDSTILL_INDEX: index } = import.meta.env;
const standstill = createStandstill({
  client,
  address: addressBar(window),
  fetchFile: createFetchFile(document.baseURI, allowedOrigins()),
  queryShelf,
  sourceShelf,
  // A report has its data in itself.
  ...(carriesFile(document) ? {} : { shelf: createBrowserShelf(tabIdentity), keepSetting }),
  oneFilePage: async () => (index === undefined ? fetchOneFile() : ownSource(document, index)),
});
createRoot(root).render(
  <StrictMode>
    <StandstillContext value={standstill}>
      <App />
    </StandstillContext>
  </StrictMode>,
);
standstill.openCarried(() => carriedFile(document));
fetchLaterParts(document, whenIdle);
