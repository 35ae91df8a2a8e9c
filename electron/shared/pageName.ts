/** A page's number for people: where it stands in the file and, in brackets, the number printed on it where that is another: `12 (viii)`. */
export function pageName(page: number, label: string | undefined): string {
  return label === undefined ? String(page) : `${page} (${label})`;
}

/** The printed number of a page among pages that know theirs; undefined where it has none of its own. */
export function labelOf(pages: readonly { readonly page: number; readonly label?: string }[], page: number): string | undefined {
  return pages.find((one) => one.page === page)?.label;
}
