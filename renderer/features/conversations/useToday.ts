import { useEffect, useState } from 'react';
import { startOfDay } from './groupByDay.ts';

/** A time within the present day; changes at midnight, so that what was today becomes yesterday. */
export function useToday(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), startOfDay(now, 1) - Date.now() + 1000);
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}
