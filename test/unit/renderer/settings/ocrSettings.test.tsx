// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OcrSettings } from '../../../../renderer/features/settings/OcrSettings.tsx';
import { eventually } from '../../../fakes/eventually.ts';
import { sampleState } from '../../../fakes/preview/samples.ts';
import { type ShownPart, showPart } from '../harness.tsx';

let shown: ShownPart;
beforeEach(async () => {
  shown = showPart(<OcrSettings />, { state: sampleState({}) });
  await see(/Get French/);
});
afterEach(() => shown.close());

const see = (words: RegExp): Promise<void> => eventually(() => expect(document.body.textContent).toMatch(words));
const press = (words: string): void => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words)?.click();

it('a language that is fetched shows its bytes and a bar, and can be given up', async () => {
  press('Get French');
  await see(/Getting French: [1-9][.\d]* [MK]B of 5\.0 MB/);
  const bar = document.querySelector('[role=progressbar]');
  expect(Number(bar?.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  press('Cancel');
  await see(/French is 5\.0 MB to download/);
  expect(document.querySelector('[role=progressbar]')).toBeNull();
});

it('once it is here it can be deleted again, and no bar is left', async () => {
  press('Get French');
  await see(/Delete French/);
  expect(document.querySelector('[role=progressbar]')).toBeNull();
});
