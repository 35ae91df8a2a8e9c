import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Puts a formula into an element, or its source where KaTeX cannot read it. Sizes and macro expansion are bounded. */
export function renderFormula(tex: string, element: HTMLElement, display: boolean): void {
  try {
    katex.render(tex, element, {
      displayMode: display,
      output: 'htmlAndMathml',
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxSize: 20,
      maxExpand: 200,
    });
  } catch {
    element.textContent = display ? tex : `$${tex}$`;
  }
}
