/** Endings of names, and the format that each of them promises; null for what is no document. */
const promises: Readonly<Record<string, string | null>> = {
  ...{ pdf: 'pdf', docx: 'docx', docm: 'docx', dotx: 'docx', xlsx: 'xlsx', xlsm: 'xlsx', xltx: 'xlsx', pptx: 'pptx', pptm: 'pptx' },
  ...{ ppsx: 'pptx', potx: 'pptx', odt: 'odt', ods: 'ods', odp: 'odp', epub: 'epub', rtf: 'rtf', txt: 'text', md: 'markdown', csv: 'csv' },
  ...{ tsv: 'tsv', html: 'html', htm: 'html', eml: 'eml', mbox: 'mbox' },
  ...{ png: null, jpg: null, jpeg: null, gif: null, webp: null, zip: null, exe: null, doc: null, xls: null, ppt: null, msg: null },
};

/** A name whose ending is not what the content is: content decides, and people are told. `format` as `DocumentFacts.format`. */
export function endingWarnings(name: string, format: string): readonly string[] {
  const ending = /\.([a-z0-9]{2,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const promised = Object.hasOwn(promises, ending) ? promises[ending] : undefined;
  if (promised === undefined || promised === format) return [];
  return [`its name ends in .${ending}, but its content is ${formatName(format)}, and was read as such`];
}

function formatName(format: string): string {
  switch (format) {
    case 'text':
      return 'plain text';
    case 'markdown':
      return 'Markdown';
    case 'eml':
      return 'an e-mail';
    case 'mbox':
      return 'a mailbox';
    case 'multipage-tiff':
      return 'a TIFF of several pages';
    default:
      return format.toUpperCase();
  }
}
