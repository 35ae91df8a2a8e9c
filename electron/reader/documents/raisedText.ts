const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻';
const lowered = '₀₁₂₃₄₅₆₇₈₉₊₋';
const plain = '0123456789+-';

/**
 * Figures above or below the line as such, so that 10² is not read as 102; several with commas between them too. Other letters, as of 1st, are left as they
 * are; so is a minus that Unicode has a sign of its own for.
 */
export function raisedText(text: string, where: 'above' | 'below'): string {
  const figures = text.replaceAll('\u2212', '-');
  if (!/^\s*[\d+-]*\d(?:,\s?\d+)*\s*,?\s*$/.test(figures)) return text;
  const signs = where === 'above' ? raised : lowered;
  return figures.replaceAll(/[\d+-]/g, (figure) => signs[plain.indexOf(figure)] ?? figure);
}
