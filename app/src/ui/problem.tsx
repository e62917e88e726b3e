import type { Problem } from 'tranche-client';
import { Notice } from './notice.tsx';
import { plain } from './words.ts';

/** What went wrong, and what to do. */
export function ProblemNotice({ problem }: { problem: Problem }) {
  return (
    <Notice tone="bad" title={plain(problem.happened)}>
      <p>{plain(problem.next)}</p>
      {problem.details && (
        <details class="small">
          <summary>Details</summary>
          <p class="mono-text">{plain(problem.details)}</p>
        </details>
      )}
    </Notice>
  );
}
