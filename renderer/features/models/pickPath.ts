/**
 * Opens the system's file dialog for GGUF files.
 * @param pathOf path of a picked file; empty when the host gives none
 * @returns the path, or null when nothing was picked or no path is given
 */
export function pickPath(pathOf: (file: File) => string): Promise<string | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.gguf';
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      const path = file === undefined ? '' : pathOf(file);
      resolve(path === '' ? null : path);
    });
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
