/** Offers a text as a download of the browser, which asks for a place or takes its usual folder. */
export function saveText(fileName: string, text: string, mime: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${mime};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has begun by the next turn of the loop; later the address would only hold memory.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
