// A real browser for tests: one page, and a note of whatever it says, runs or asks for that it should not.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** A `describe` that is skipped where there is no Chromium. */
export const inBrowser = program === undefined ? describe.skip : describe;

export interface Opened {
  /** The page, from the first test on. */
  readonly page: () => Page;
  /** Empty where all was quiet; begins anew with each `open`. */
  readonly trouble: string[];
  /** For files of the tests; gone when they are over. */
  readonly folder: string;
  readonly open: (name: string, content: string) => Promise<void>;
}

/** To be called inside a `describe`: one browser for all its tests. */
export function openBrowser(): Opened {
  let browser: Browser | undefined;
  let page: Page | undefined;
  const trouble: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'archlint-browser-'));

  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'];
    browser = await chromium.launch({ executablePath: program ?? '', args });
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('dialog', (dialog) => {
      trouble.push(`it ran: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!/^(?:file|data|about):/.test(request.url())) trouble.push(`it asked for ${request.url()}`);
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const opened = (): Page => {
    if (!page) throw new Error('the browser opens before the first test');
    return page;
  };
  return {
    page: opened,
    trouble,
    folder,
    async open(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      trouble.length = 0;
      await opened().goto(`file://${path}`);
    },
  };
}
