const units = ['kB', 'MB', 'GB', 'TB'];

/** Bytes for people, such as `241 MB` or `2.5 GB`: decimal units, as in file managers, downloads and disks. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${String(Math.round(bytes))} bytes`;
  let value = bytes;
  let unit = -1;
  // 999.5 and more would be shown as 1000 of the smaller unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = (unit >= 1 && value < 10) || (unit >= 2 && value < 100) ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}
