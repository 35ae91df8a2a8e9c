import { describe, expect, it } from 'vitest';
import { readBytes, valuesOf } from './readFixture.ts';

const textsOf = async (name: string, bytes: string | Uint8Array) => (await readBytes(name, bytes)).pages.map(({ text }) => text);

describe('HTML', () => {
  it('keeps headings, lists, tables and code, and nothing that the page does not show', async () => {
    const { format, title, pages } = await readBytes(
      'page.html',
      `<!DOCTYPE html><html><head><title>A page</title><style>p{color:red}</style><script>alert(1)</script></head><body>
      <nav><a href="/">Home</a></nav><h1>Main <em>thing</em></h1><p>One
      two&nbsp;three<br>four <a href="https://example.org/x">link</a> <img src="https://example.org/track.png" alt="a mill"></p>
      <p hidden>secret</p><div style="display: none">secret</div><ol start="3"><li>c<ul><li>inner</li></ul></li><li>d</li></ol>
      <table><caption>Prices</caption><tr><th>What</th><th colspan="2">Cost</th></tr><tr><td rowspan="2">Rent</td><td>1</td><td>EUR</td></tr><tr><td>2</td><td>USD</td></tr></table>
      <pre>x  =  1\n  y</pre></body></html>`,
    );
    expect([format, title]).toEqual(['html', 'A page']);
    expect(pages[0]?.text).toBe(
      [
        '# Main thing',
        'One two three\nfour link (picture: a mill)',
        '3. c\n  - inner\n4. d',
        '| What | Cost |  |\n| --- | --- | --- |\n| Rent | 1 | EUR |\n|  | 2 | USD |',
        'x  =  1\n  y',
      ].join('\n\n'),
    );
    expect(pages[0]?.tables[0]).toMatchObject({ name: 'Prices', addressed: false, rowNumbers: [1, 2, 3] });
  });

  it('reads the encoding that the page names, and tables that only arrange it as text', async () => {
    const bytes = Buffer.from(
      '<html><meta charset="windows-1251"><table><tr><td><table><tr><td>\xcf\xf0\xe8\xe2\xe5\xf2</td></tr></table></td></tr></table>',
      'latin1',
    );
    expect(await textsOf('a.htm', bytes)).toEqual(['Привет']);
  });
});

describe('RTF', () => {
  it('reads paragraphs, headings, Unicode, code pages, tables and pages', async () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\info{\title secret}}
{\*\generator secret;}\pard\s1 The heading\par\pard Caf\'e9 \u8364?\~5 {\f1 \'cf\'f0\'e8}\par
\trowd\pard\intbl A\cell B\cell\row\trowd\pard\intbl 1\cell 2\cell\row\pard{\listtext\'95\tab}entry\par
{\v hidden}{\deleted gone}\page Next \{page\}\par}`;
    const { pages, warnings } = await readBytes('a.rtf', rtf);
    expect(warnings).toEqual([]);
    expect(pages.map(({ text }) => text)).toEqual([
      '# The heading\n\nCafé €\u00a05 При\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n- entry',
      'Next {page}',
    ]);
  });

  it.each([
    [String.raw`\ansi\ansicpg850`, String.raw`Gr\'94\'e1e`],
    [String.raw`\pca`, String.raw`Gr\'94\'e1e`],
    [String.raw`\pc`, String.raw`Gr\'94\'e1e`],
    [String.raw`\mac`, String.raw`Gr\'9a\'a7e`],
  ])('knows the character set that %s names', async (set, word) => {
    expect((await readBytes('a.rtf', String.raw`{\rtf1${set} ${word}\par}`)).pages[0]?.text).toBe('Größe');
  });

  it('is known with raw bytes in it, and leaves the properties of shapes out', async () => {
    const raw = String.fromCharCode(...Array.from({ length: 200 }, (_, byte) => byte));
    const rtf = `{\\rtf1{\\pict\\bin200 ${raw}}Before {\\shp{\\*\\shpinst\\shpleft1{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt in a box\\par}}} after\\par}`;
    const { format, pages } = await readBytes('a.rtf', Buffer.from(rtf, 'latin1'));
    expect(format).toBe('rtf');
    expect(pages[0]?.text.replaceAll(/\s+/g, ' ')).toBe('Before in a box after');
  });

  it('knows entries of lists by their marks, whatever program wrote them', async () => {
    const entry = (mark: string, text: string): string => String.raw`{\listtext ${mark}\tab}${text}\par `;
    const rtf = `{\\rtf1\\ansi ${entry(' 1.', 'one')}${entry(' 2.', 'two')}\\pard Between\\par ${entry("\\'96", 'first')}${entry("\\'95", 'second')}}`;
    expect((await readBytes('a.rtf', rtf)).pages[0]?.text).toBe('1. one\n2. two\n\nBetween\n\n- first\n- second');
  });

  it('reads bytes that a wrong character set of their font cannot explain in that of the file', async () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset128 Arial;}}\f0 Nazionalit\'e0\par{\f0\'93\'fa\'96\'7b}\par}`;
    expect((await readBytes('a.rtf', rtf)).pages[0]?.text).toBe('Nazionalità\n\n日本');
  });

  it('keeps the cells of a row that does not end', async () => {
    const { pages } = await readBytes('a.rtf', String.raw`{\rtf1{Station\cell Phone\cell }}`);
    expect(valuesOf(pages[0]?.tables[0])).toEqual([['Station', 'Phone']]);
  });

  it('tells that a file is cut off', async () => {
    expect((await readBytes('a.rtf', String.raw`{\rtf1 Words {\b bold`)).pages[0]?.warnings).toEqual([
      'the file is cut off: its end is missing',
    ]);
  });
});

const mail = [
  'From: =?utf-8?B?w4RubmU=?= <anne@example.org>',
  'To: bob@example.org',
  'Subject: The =?utf-8?Q?r=C3=A9sum=C3=A9?=',
  'Date: Mon, 2 Mar 2026 09:30:00 +0100',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=xx',
  '',
  '--xx',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'It is caf=C3=A9 time.',
  '--xx',
  'Content-Type: application/pdf; name="r.pdf"',
  'Content-Disposition: attachment; filename="r.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  'JVBERi0xLjQ=',
  '--xx--',
  '',
].join('\r\n');

describe('e-mail', () => {
  it('shows the headers that matter and the body, and names attachments without opening them', async () => {
    const { format, title, pages } = await readBytes('a.eml', mail);
    expect([format, title]).toEqual(['eml', 'The résumé']);
    expect(pages[0]?.text).toBe(
      '# The résumé\n\nFrom: Änne <anne@example.org>\nTo: bob@example.org\nDate: Mon, 2 Mar 2026 09:30:00 +0100\n\nIt is café time.\n\nAttachments (not opened):\n\n- r.pdf (application/pdf, 8 bytes)',
    );
    expect(pages[0]?.warnings).toEqual(['attachments were not opened (1): save and add them to read them']);
  });

  it('takes the HTML body where the plain one is a stub', async () => {
    const html = `From: a@b.c\nTo: d@e.f\nSubject: S\nContent-Type: text/html\n\n<p>Hello <b>you</b></p><script>x</script><img src="http://example.org/p.gif">`;
    expect((await textsOf('m.eml', html))[0]).toMatch(/\n\nHello you$/);
  });

  it('has a page for each message of a mailbox', async () => {
    const message = (subject: string): string =>
      `From x@y Mon Mar  2 09:30:00 2026\nFrom: a@b.c\nSubject: ${subject}\nDate: x\n\nBody\n>From here on\n\n`;
    const { format, pages } = await readBytes('box', message('One') + message('Two'));
    expect(format).toBe('mbox');
    expect(pages.map(({ text }) => text.split('\n')[0])).toEqual(['# One', '# Two']);
    expect(pages[1]?.text).toContain('\nFrom here on');
  });
});

describe('CSV', () => {
  it.each([
    ['commas', 'a.csv', 'Name,Price\n"Pear, ripe",1.5\n'],
    ['semicolons', 'a.csv', 'Name;Price\r\n"Pear, ripe";1.5\r\n'],
    ['tabs', 'a.tsv', 'Name\tPrice\nPear, ripe\t1.5\n'],
    ['an announced mark', 'a.csv', 'sep=|\nName|Price\nPear, ripe|1.5\n'],
  ])('reads %s', async (_name, name, text) => {
    const { pages } = await readBytes(name, text);
    expect(pages[0]?.text).toBe('| Name | Price |\n| --- | --- |\n| Pear, ripe | 1.5 |');
    expect(valuesOf(pages[0]?.tables[0])[1]).toEqual(['Pear, ripe', '1.5']);
  });

  it('keeps line breaks in a value on one line, and rows of different lengths', async () => {
    expect(await textsOf('a.csv', 'a,b\n"x\ny"\n1,2,3\n')).toEqual(['| a | b |  |\n| --- | --- | --- |\n| x y |  |  |\n| 1 | 2 | 3 |']);
  });
});

describe('source code and data', () => {
  it.each([
    ['tool.py', 'python', 'def f():\n\treturn 1\n'],
    ['data.json', 'json', '{"a": [1, 2]}'],
    ['config.yml', 'yaml', 'a:\n  - b\n'],
    ['note.xml', 'xml', '<?xml version="1.0"?>\n<a>b</a>'],
    ['Makefile', 'makefile', 'all:\n\techo'],
  ])('shows %s as it is and names its language', async (name, format, text) => {
    const document = await readBytes(name, text);
    expect(document.format).toBe(format);
    expect(document.pages[0]?.text).toBe(text);
    expect(document.warnings).toEqual([]);
  });
});

describe('Markdown', () => {
  it('tells its headings and tables, but not those in code', async () => {
    const text = '# Top\n\n```\n# no\n| a | b |\n|---|---|\n```\n\n| a | b |\n|---|:-:|\n| 1 | x \\| y |\n\n## Sub ##\n';
    const { pages } = await readBytes('a.md', text);
    expect(pages[0]?.headings).toEqual([
      { level: 1, text: 'Top', offset: 0 },
      { level: 2, text: 'Sub', offset: text.indexOf('## Sub') },
    ]);
    expect(pages[0]?.tables).toHaveLength(1);
    expect(valuesOf(pages[0]?.tables[0])).toEqual([
      ['a', 'b'],
      ['1', 'x | y'],
    ]);
  });
});

describe('encodings without a mark', () => {
  const russian = 'Договор аренды заключён между сторонами на один год, оплата вносится каждый месяц до третьего числа.';
  const windows1251 = Uint8Array.from(russian, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code === 0x451 ? 0xb8 : code >= 0x410 ? code - 0x410 + 0xc0 : code;
  });
  it('are told by the language, and said to be a guess', async () => {
    const { pages, warnings } = await readBytes('a.txt', windows1251);
    expect(pages[0]?.text).toBe(russian);
    expect(warnings).toEqual(['not UTF-8: read as Windows-1251 (Cyrillic), which is a guess; letters with accents may be wrong']);
  });

  it('are Windows-1252 in Western European languages', async () => {
    const german =
      'Der Mieter überweist die Miete für die Räume über dem Café bis zum dritten Werktag; größere Schäden löst der Eigentümer.';
    expect((await readBytes('a.txt', Buffer.from(german, 'latin1'))).pages[0]?.text).toBe(german);
  });
});
