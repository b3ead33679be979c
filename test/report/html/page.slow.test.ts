/**
 * The reports for browsers and servers in a real Chromium: /usr/bin/chromium, or what RMSPROOF_CHROMIUM names.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { htmlReport } from '../../../src/report/html/page.ts';
import { junitReport } from '../../../src/report/junit.ts';
import { HOSTILE, hostileReport, report, result } from '../../fixtures/report.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

let browser: Browser;
beforeAll(async () => {
  const executablePath = process.env['RMSPROOF_CHROMIUM'] ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(() => browser.close());

/** What went wrong on a page: errors, and requests for anything but its file. */
const wrong: string[] = [];

async function opened(html: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  wrong.length = 0;
  const file = join(temporaryFolder(), 'report.html');
  writeFileSync(file, html);
  const page = await browser.newPage(options);
  page.on('console', (message) => wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('dialog', (dialog) => (wrong.push(dialog.message()), dialog.dismiss()));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) wrong.push(request.url());
  });
  await page.goto(`file://${file}`);
  return page;
}

/** Asked as a text, as tsx would rewrite a function. */
const ask = (page: Page, code: string): Promise<unknown> => page.evaluate(code);

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  test.each([360, 768, 1280])(
    'at %i pixels nothing is wider than the page, and every text stands out',
    async (width) => {
      const page = await opened(htmlReport(report(), 'npx rmsproof check ./p.ts'), {
        ...{ colorScheme, viewport: { width, height: 900 } },
      });
      expect(await ask(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      // WCAG's contrast of each text with the first background behind it.
      const faint = await ask(
        page,
        `(() => {
        const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const luminance = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const colour = numbers(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
          }
          return [255, 255, 255];
        };
        return [...document.querySelectorAll('body *')].filter((element) => [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && element.offsetParent)
          .filter((element) => {
            const [a, b] = [numbers(getComputedStyle(element).color), behind(element)].map(luminance).sort((x, y) => y - x);
            return (a + 0.05) / (b + 0.05) < 4.5;
          }).map((element) => element.outerHTML.slice(0, 80));
      })()`,
      );
      expect(faint).toEqual([]);
      expect(wrong).toEqual([]);
      await page.close();
    },
  );
});

test('cases are found by words, and by verdict', async () => {
  const page = await opened(htmlReport(report(), 'x'));
  const ids = (): Promise<unknown> =>
    ask(page, `[...document.querySelectorAll('#list .id')].map((cell) => cell.firstChild.data)`);
  expect(await ids()).toHaveLength(5);
  await page.fill('#query', 'GROUPS bounded');
  expect(await ids()).toEqual(['groups/a/bounded']);
  await page.fill('#query', '');
  await page.click('.chip.failed');
  expect(await ids()).toEqual(['step/a/failed']);
  expect(await ask(page, `document.querySelector('#found').textContent`)).toBe('1 of 5 cases');
  expect(wrong).toEqual([]);
  await page.close();
});

test("a stranger's texts are shown as they are, and none runs", async () => {
  const page = await opened(htmlReport(hostileReport(), HOSTILE));
  await page.fill('#query', 'onerror');
  expect(await ask(page, `document.querySelectorAll('#list tr').length`)).toBe(2);
  expect(await ask(page, `document.querySelector('.subject').textContent`)).toContain('<img src=x onerror=alert(1)>');
  expect(await ask(page, `document.querySelectorAll('img, script:not([type]) ~ script').length`)).toBe(0);
  expect(wrong).toEqual([]);
  await page.close();
});

test('every case is listed, the first hundred at once', async () => {
  const cases = Array.from({ length: 3000 }, (_, i) => result('exact', { id: `step/a/${i}` }));
  const page = await opened(htmlReport(report({ cases }), 'x'));
  expect(await ask(page, `document.querySelectorAll('#list tr').length`)).toBe(100);
  expect(await ask(page, `document.querySelector('#found').textContent`)).toBe(
    '3,000 of 3,000 cases, the first 100 shown',
  );
  await page.close();
});

test("JUnit's XML is well-formed, whatever a stranger's texts are", async () => {
  const page = await browser.newPage();
  for (const made of [report(), hostileReport()]) {
    const xml = junitReport(made, HOSTILE);
    const told = (await ask(
      page,
      `(() => {
        const document = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
        return { errors: document.querySelectorAll('parsererror').length, cases: document.querySelectorAll('testcase').length };
      })()`,
    )) as object;
    expect(told).toEqual({ errors: 0, cases: made.footer.cases });
  }
  await page.close();
});
