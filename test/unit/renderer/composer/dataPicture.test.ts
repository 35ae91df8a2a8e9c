import { expect, test } from 'vitest';
import { dataPicture, longestDataAddress } from '../../../../renderer/features/composer/dataPicture.ts';

test('a picture in its own address becomes a file, whatever way it is written', async () => {
  const gif = dataPicture('data:image/gif;base64,R0lGODlh');
  if (gif.kind !== 'picture') throw new Error(gif.why);
  expect([gif.file.name, gif.file.type]).toEqual(['picture.gif', 'image/gif']);
  expect(new TextDecoder().decode(await gif.file.arrayBuffer())).toBe('GIF89a');
  const svg = dataPicture('DATA:image/svg+xml;charset=utf-8,%3Csvg%2F%3E');
  if (svg.kind !== 'picture') throw new Error(svg.why);
  expect([svg.file.name, await svg.file.text()]).toEqual(['picture.svg', '<svg/>']);
  expect(dataPicture('data:image/jpeg;base64,%2F9j%2F')).toMatchObject({ kind: 'picture' });
});

test.each([
  ['data:text/html,<b>no</b>', /no picture \(text\/html\)/],
  ['data:,plain', /no picture\./],
  ['data:image/png;base64,@@@', /damaged/],
  ['data:image/png;base64,', /damaged/],
  [`data:image/png;base64,${'A'.repeat(longestDataAddress)}`, /larger than .*drop the file/],
])('%.40s is refused with what to do', (address, why) => {
  expect(dataPicture(address)).toMatchObject({ kind: 'refused', why: expect.stringMatching(why) as string });
});
