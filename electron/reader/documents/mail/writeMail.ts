import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { bytesInWords } from '../../../shared/bytesInWords.ts';
import { createDocumentWriter, type DocumentWriter } from '../documentWriter.ts';
import { parseMarkup } from '../markup/parseMarkup.ts';
import { writeHtml } from '../markup/writeHtml.ts';

/** An HTML body this many times longer than the plain one holds more than it: the plain one only says to open the other. */
const muchLonger = 2;

/** Writes a message: its headers that matter, its body, and the names of its attachments, which are not opened. Returns its subject. */
export async function writeMail(bytes: Uint8Array, writer: DocumentWriter): Promise<string> {
  const email = await PostalMime.parse(bytes, { maxNestingDepth: 100 });
  if (email.subject !== undefined) writer.heading(1, email.subject);
  const lines = [
    ['From', people(email.from === undefined ? [] : [email.from])],
    ['To', people(email.to ?? [])],
    ['Cc', people(email.cc ?? [])],
    // As it was sent: the parsed date is in another zone.
    ['Date', email.headers.find(({ key }) => key === 'date')?.value ?? email.date ?? ''],
  ].filter(([, value]) => value !== '');
  writer.paragraph(lines.map(([name = '', value = '']) => `${name}: ${value}`).join('\n'));
  writeBody(email, writer);
  if (email.attachments.length > 0) {
    writer.paragraph('Attachments (not opened):');
    for (const attachment of email.attachments) writer.item(nameOf(attachment), 0, '-');
    writer.warn(`attachments were not opened (${String(email.attachments.length)}): save and add them to read them`);
  }
  return email.subject ?? '';
}

function writeBody({ text, html }: Email, writer: DocumentWriter): void {
  const plain = text?.trim() ?? '';
  if (html !== undefined) {
    const root = parseMarkup(html, 'html');
    const measured = createDocumentWriter();
    writeHtml(root, measured);
    const length = measured.finish().reduce((sum, page) => sum + page.text.length, 0);
    if (length > muchLonger * plain.length) {
      writeHtml(root, writer);
      return;
    }
  }
  writer.paragraph(plain.replaceAll(/\r\n?/g, '\n'));
}

function people(addresses: readonly Address[]): string {
  return addresses
    .flatMap((address) => address.group ?? [address])
    .map(({ name, address }) => (name === '' ? address : `${name} <${address}>`))
    .join(', ');
}

function nameOf({ filename, mimeType, content }: Attachment): string {
  const bytes = typeof content === 'string' ? content.length : content.byteLength;
  return `${filename ?? 'without a name'} (${mimeType}, ${bytesInWords(bytes)})`;
}
