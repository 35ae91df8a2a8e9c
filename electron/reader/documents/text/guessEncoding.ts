import { analyse } from 'chardet';
import { decodeBytes } from './decodeBytes.ts';
import type { TextEncoding } from './decodeText.ts';
import { oldSystemEncoding } from './oldSystemEncoding.ts';

/** What detection may answer, by the names that it uses. */
const guessed: Readonly<Record<string, TextEncoding>> = {
  'ISO-8859-2': 'iso-8859-2',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'KOI8-R': 'koi8-r',
  'windows-1253': 'windows-1253',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  GB18030: 'gb18030',
  Big5: 'big5',
  'EUC-KR': 'euc-kr',
};
/** Bytes that are looked at. */
const guessBytes = 64 * 1024;
/** Of 100, and this much more than for Western European: Russian reaches 30 and has none of the latter, German and French 27 to 53 for others beside 65 to 90. */
const leastConfidence = 25;
const leastLead = 10;
/** Western languages write most letters of a word in ASCII; words of another script have none. */
const otherScriptShare = 0.7;
const fewLetters = 16;

/** Encodings of one byte for other scripts: their letters, and the most frequent of them. */
const scripts: readonly { readonly encoding: TextEncoding; readonly letters: RegExp; readonly frequent: RegExp }[] = [
  { encoding: 'windows-1251', letters: /\p{Script=Cyrillic}/u, frequent: /[оеаинтслв]/ },
  { encoding: 'koi8-r', letters: /\p{Script=Cyrillic}/u, frequent: /[оеаинтслв]/ },
  { encoding: 'iso-8859-5', letters: /\p{Script=Cyrillic}/u, frequent: /[оеаинтслв]/ },
  { encoding: 'ibm866', letters: /\p{Script=Cyrillic}/u, frequent: /[оеаинтслв]/ },
  { encoding: 'x-mac-cyrillic', letters: /\p{Script=Cyrillic}/u, frequent: /[оеаинтслв]/ },
  { encoding: 'windows-1253', letters: /\p{Script=Greek}/u, frequent: /[αοιετσνη]/ },
  { encoding: 'windows-1255', letters: /\p{Script=Hebrew}/u, frequent: /[יוהלאמרב]/ },
  { encoding: 'windows-1256', letters: /\p{Script=Arabic}/u, frequent: /[اليمونرت]/ },
  { encoding: 'windows-874', letters: /\p{Script=Thai}/u, frequent: /[านรอกเงม]/ },
];
/** A script fits when its letters are this share of those that are not ASCII. */
const fits = 0.9;

/** The encoding of a text that is not Unicode: by the usual letters of languages, else Windows-1252, in which every byte has a meaning. */
export function guessEncoding(bytes: Uint8Array): TextEncoding {
  const sample = bytes.subarray(0, guessBytes);
  const old = oldSystemEncoding(sample);
  if (old !== null) return old;
  const matches = analyse(sample);
  const western = matches.find(({ name }) => name === 'ISO-8859-1' || name === 'windows-1252')?.confidence ?? 0;
  const best = matches.find(({ name, confidence }) => guessed[name] !== undefined && confidence >= leastConfidence);
  if (best !== undefined && best.confidence >= western + leastLead) return guessed[best.name] ?? 'windows-1252';
  const turkish = matches.find(({ name }) => name === 'ISO-8859-9' || name === 'windows-1254')?.confidence ?? 0;
  if (turkish > western && !isIcelandic(sample)) return 'windows-1254';
  if (isOtherScript(sample)) return bestScript(sample) ?? 'windows-1252';
  return isHungarian(sample) ? 'windows-1250' : 'windows-1252';
}

/** The letters that Turkish has in the places of Icelandic ones; æ and á are in Icelandic alone. */
function isIcelandic(bytes: Uint8Array): boolean {
  return bytes.includes(0xe6) || bytes.includes(0xe1);
}

/** Hungarian has õ and û in the places of its own two letters, and beyond those only letters that Western languages have too. */
function isHungarian(bytes: Uint8Array): boolean {
  const letters: readonly string[] = decodeBytes(bytes, 'windows-1252').match(/[\u00c0-\u00ff]/g) ?? [];
  return (
    letters.length >= fewLetters && letters.includes('õ') && letters.includes('á') && letters.every((letter) => /[áéíóöõúüû]/i.test(letter))
  );
}

/** Whether words that are not ASCII have few ASCII letters among theirs, in a text with enough of them to tell. */
function isOtherScript(bytes: Uint8Array): boolean {
  let high = 0;
  let ascii = 0;
  const word = { high: 0, ascii: 0 };
  for (const byte of [...bytes, 0x20]) {
    if (byte >= 0x80 && byte !== 0xa0) word.high += 1;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) word.ascii += 1;
    else {
      // One alone is a dash or a mark.
      if (word.high > 0 && word.high + word.ascii > 1) {
        high += word.high;
        ascii += word.ascii;
      }
      word.high = word.ascii = 0;
    }
  }
  return high >= fewLetters && high > otherScriptShare * (high + ascii);
}

function bestScript(bytes: Uint8Array): TextEncoding | null {
  let best: { readonly encoding: TextEncoding; readonly score: number } | null = null;
  for (const { encoding, letters, frequent } of scripts) {
    const text = decodeBytes(bytes, encoding);
    const high = Array.from(text).filter((character) => character > '\u007f');
    const count = (pattern: RegExp): number => high.filter((character) => pattern.test(character)).length;
    const ofScript = count(letters);
    // Marks such as dashes and quotation marks are not letters of any script.
    if (ofScript < fits * (high.length - count(/[\u00a0\u00ab\u00bb\u2010-\u201f\u2116\u2026]/))) continue;
    const turnedCase = text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
    const score = (count(frequent) + 0.1 * ofScript - 2 * turnedCase) / Math.max(1, high.length);
    if (best === null || score > best.score) best = { encoding, score };
  }
  return best?.encoding ?? null;
}
