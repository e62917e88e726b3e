import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * State of something that goes on when its component is gone. Where it is not over by then, `leave` is
 * given what it is, and all that it becomes.
 */
export function useOutlasting<T>(
  first: T,
  isOver: (value: T) => boolean,
  leave: (value: T) => void,
): [T, (next: T) => void] {
  const [shown, show] = useState(first);
  const here = useRef(true);
  const latest = useRef(first);
  const follow = (next: T) => {
    latest.current = next;
    if (here.current) show(() => next);
    else leave(next);
  };
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      if (!isOver(latest.current)) leave(latest.current);
    };
  }, []);
  return [shown, follow];
}
