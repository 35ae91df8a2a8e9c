/** Offers a text as a download of the browser, which asks for a place or takes its usual folder. */
export function saveText(fileName: string, text: string, mime: string): void {
  save(fileName, new Blob([text], { type: `${mime};charset=utf-8` }));
}

/** The same for bytes in base64. */
export function saveBytes(fileName: string, base64: string, mime: string): void {
  save(fileName, new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: mime }));
}

function save(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has begun by the next turn of the loop; later the address would only hold memory.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
