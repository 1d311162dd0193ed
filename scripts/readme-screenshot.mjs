// Takes the README's picture: serves dist/, opens the sample incident in Chromium, chooses the largest group.
//   npm run build && node scripts/readme-screenshot.mjs
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from './ensure-browser.mjs';
import { serve } from './serve.mjs';

const picture = fileURLToPath(new URL('../docs/screenshot.png', import.meta.url));

const executablePath = findBrowser();
const server = await serve({ port: 0 });
const browser = await chromium.launch(executablePath ? { executablePath } : {});
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  await page.goto(server.address);
  await page.getByRole('button', { name: /sample incident/i }).click();
  const leak = page
    .getByRole('grid')
    .getByText(/Publish.*chan send/)
    .first();
  await leak.click();
  await page.getByText('publisher.go').first().waitFor();
  // The chosen row is painted with what was chosen, not with what the mouse is over.
  await page.mouse.move(700, 860);
  await page.waitForTimeout(300);
  mkdirSync(fileURLToPath(new URL('../docs/', import.meta.url)), { recursive: true });
  await page.screenshot({ path: picture });
  console.log('docs/screenshot.png');
} finally {
  await browser.close();
  await server.close();
}
