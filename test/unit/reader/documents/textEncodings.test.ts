import { expect, it } from 'vitest';
import { decodeBytes } from '../../../../electron/reader/documents/text/decodeBytes.ts';
import type { TextEncoding } from '../../../../electron/reader/documents/text/decodeText.ts';
import { readBytes } from './readFixture.ts';

/** The text in an encoding of one byte, by what decoding makes of every byte. */
function encoded(text: string, encoding: TextEncoding): Uint8Array {
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decodeBytes(Uint8Array.of(byte), encoding), byte]));
  return Uint8Array.from(Array.from(text), (letter) => {
    const byte = bytes.get(letter);
    if (byte === undefined) throw new Error(`${encoding} has no ${letter}`);
    return byte;
  });
}

it.each<[TextEncoding, string]>([
  ['windows-1251', 'Съешь же ещё этих мягких французских булок, да выпей чаю. Цена 500 рублей.\n'],
  ['koi8-r', 'Съешь же ещё этих мягких французских булок, да выпей чаю. Цена 500 рублей.\n'],
  ['iso-8859-5', 'Съешь же ещё этих мягких французских булок, да выпей чаю. Цена 500 рублей.\n'],
  ['ibm866', 'Съешь же ещё этих мягких французских булок, да выпей чаю. Цена 500 рублей.\n'],
  ['x-mac-cyrillic', 'Съешь же ещё этих мягких французских булок, да выпей чаю. Цена 500 рублей.\n'],
  ['windows-1250', 'Árvíztűrő tükörfúrógép, és az ára ötszáz forint. Köszönöm szépen, győztünk!\n'],
  ['windows-1253', 'Η γρήγορη καφέ αλεπού πηδάει πάνω από το τεμπέλικο σκυλί. Τιμή 500 ευρώ.\n'],
  ['windows-1254', 'Pijamalı hasta yağız şoföre çabucak güvendi. Fiyat 500 lira. İstanbul, ığdır.\n'],
  ['windows-1255', 'שלום עולם. המחיר הוא 500 שקלים. זהו מבחן של קידוד עברית.\n'],
  ['windows-1256', 'مرحبا بالعالم. السعر هو 500 دينار. هذا اختبار للترميز العربي.\n'],
  ['windows-874', 'สวัสดีชาวโลก ราคา 500 บาท นี่คือการทดสอบ\n'],
  ['windows-1252', 'Halló, ég heiti Þórður og á að borga 500 krónur fyrir æðardúninn, sagði hún.\n'],
  ['windows-1252', 'Müller zahlt 1.234,56 € – „sehr gut“. Größe: 12 m². Überweisung an François.\n'],
])('a text in %s is told by its letters', async (encoding, text) => {
  const { pages, warnings } = await readBytes('a.txt', encoded(text.repeat(10), encoding));
  expect(pages[0]?.text).toBe(text.repeat(10));
  expect(warnings.join()).toMatch(/a guess/);
});

it.each<TextEncoding>(['windows-1251', 'koi8-r', 'windows-1253', 'windows-1255'])(
  'a text in %s is told by its letters where most of the file is ASCII',
  async (encoding) => {
    const words =
      encoding === 'windows-1253'
        ? 'Η γρήγορη αλεπού'
        : encoding === 'windows-1255'
          ? 'שלום עולם המחיר הוא שקלים זהו מבחן של קידוד עברית'
          : 'Съешь же этих булок';
    const text = `<item type="entry" class="first of all"><b>${words}</b></item>\n`.repeat(20);
    const { pages } = await readBytes('a.txt', encoded(text, encoding));
    expect(pages[0]?.text).toBe(text);
  },
);

const western = [
  'Müller zahlt für die Größe: 12 Äpfel & Öl, „sehr gut“.',
  'Le garçon a déjà mangé à Noël ; où est la forêt ? Ça va, Élodie.',
  'El niño comió en España. ¿Qué pasó mañana? ¡Adiós, José!',
  'A informação não é só para você; as ações são públicas.',
  'La città è più bella così, perché c’è il caffè.',
  'Smörgåsbord på Östermalm, räksmörgås och en ö i ån.',
  'Rødgrød med fløde på Ærø, så æder vi blåbær.',
  'Pöydällä on sänky ja äiti, Åbo.',
  'De coördinatie van het ideeën­café, één reünie.',
].map((text) => text.replaceAll('\u00ad', ''));

it.each<TextEncoding>(['ibm850', 'ibm437', 'macintosh', 'windows-1252'])('Western languages in %s', async (encoding) => {
  for (const sentence of western) {
    const has = new Set(Array.from({ length: 256 }, (_, byte) => decodeBytes(Uint8Array.of(byte), encoding)));
    const text = `${Array.from(sentence, (letter) => (has.has(letter) ? letter : letter === '’' ? "'" : '')).join('')}\n`;
    const { pages } = await readBytes('a.txt', encoded(text, encoding));
    expect(pages[0]?.text).toBe(text);
  }
});

it.each(['le', 'be'])('UTF-16%s without a mark is told by its zero bytes, with an emoji in it too', async (order) => {
  const text = 'Well done \u{1f600}, and thank you.\n';
  const bytes = Buffer.from(text, 'utf16le');
  const { pages, warnings } = await readBytes('a.txt', order === 'le' ? bytes : bytes.swap16());
  expect(pages[0]?.text).toBe(text);
  expect(warnings).toEqual([]);
});

it('a bad byte makes a text in UTF-8 no other encoding', async () => {
  const text = 'Größe für Gärten, schön. ';
  const { pages, warnings } = await readBytes('a.txt', Buffer.concat([Buffer.from(text.repeat(5)), Buffer.of(0xe4), Buffer.from(' Ende')]));
  expect(pages[0]?.text).toBe(`${text.repeat(5)}\ufffd Ende`);
  expect(warnings).toEqual(['some bytes of it are no text; they show as \ufffd']);
});

it('a table that DOS drew keeps its frame', async () => {
  const text = '┌────────┬───────┐\n│ Größe  │ Preis │\n├────────┼───────┤\n│ Tür    │ 500   │\n└────────┴───────┘\n';
  const { pages, warnings } = await readBytes('a.txt', encoded(text, 'ibm850'));
  expect(pages[0]?.text).toBe(text);
  expect(warnings.join()).toContain('DOS');
});

it.each(['le', 'be'])('UTF-32%s says what it is by its mark', async (order) => {
  const text = 'Größe 😀 5 €';
  const bytes = new DataView(new ArrayBuffer(4 * (1 + Array.from(text).length)));
  for (const [index, letter] of Array.from(`\ufeff${text}`).entries())
    bytes.setUint32(4 * index, letter.codePointAt(0) ?? 0, order === 'le');
  const { pages, warnings } = await readBytes('a.txt', new Uint8Array(bytes.buffer));
  expect(pages[0]?.text).toBe(text);
  expect(warnings).toEqual([]);
});

it('XML names its encoding itself', async () => {
  const { pages, warnings } = await readBytes('a.xml', encoded('<?xml version="1.0" encoding="iso-8859-1"?><p>Müller</p>', 'windows-1252'));
  expect(pages[0]?.text).toContain('Müller');
  expect(warnings).toEqual([]);
});
