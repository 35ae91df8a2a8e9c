import { useEffect, useLayoutEffect, useRef } from 'react';
import styles from './MarkdownText.module.css';

/**
 * A formula. KaTeX builds DOM nodes itself here (no HTML text, so Trusted Types hold), is loaded when the first formula
 * comes, and may not follow links or pictures (`trust` off). Until then, and where it cannot read the formula, the source stands.
 */
export function MathFormula({ tex, display }: { readonly tex: string; readonly display: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (place.current !== null) place.current.textContent = tex;
  }, [tex]);
  useEffect(() => {
    let current = true;
    const show = async (): Promise<void> => {
      const { renderFormula } = await import('./renderFormula.ts');
      if (current && place.current !== null) renderFormula(tex, place.current, display);
    };
    void show();
    return () => {
      current = false;
    };
  }, [tex, display]);
  return <span ref={place} className={display ? styles['formulaDisplay'] : undefined} data-tex={tex} />;
}
