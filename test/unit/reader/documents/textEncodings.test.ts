import { expect, it } from 'vitest';
import { readBytes } from './readFixture.ts';

/** The text in an encoding of one byte, by what decoding makes of every byte. */
function encoded(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from(Array.from(text), (letter) => {
    const byte = bytes.get(letter);
    if (byte === undefined) throw new Error(`${encoding} has no ${letter}`);
    return byte;
  });
}

it.each([
  ['windows-1251', 'Съешь же ещё этих мягких французских булок, да выпей чаю. Цена 500 рублей.\n'],
  ['koi8-r', 'Съешь же ещё этих мягких французских булок, да выпей чаю. Цена 500 рублей.\n'],
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

it('XML names its encoding itself', async () => {
  const { pages, warnings } = await readBytes('a.xml', encoded('<?xml version="1.0" encoding="iso-8859-1"?><p>Müller</p>', 'windows-1252'));
  expect(pages[0]?.text).toContain('Müller');
  expect(warnings).toEqual([]);
});
