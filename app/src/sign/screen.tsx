import {
  problemOf,
  readHandedOver,
  type HandedOver,
  type Network,
  type Problem,
} from 'tranche-client';
import { useState } from 'preact/hooks';
import { useLoad } from '../load.ts';
import { go, links, parseRoute } from '../route.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem.tsx';
import { connecting } from '../wallet/connect-sheet.tsx';
import { session } from '../wallet/session.ts';
import { readAsked } from './asked.ts';
import { Shown } from './shown.tsx';
import { Turn } from './turn.tsx';

/** A call that takes the signatures of two: shown, signed by each, and sent. */
export function SignScreen({ network, given }: { network: Network; given: string }) {
  const [problem, handed] = given ? readText(network, given) : [];
  return (
    <div class="page narrow stack wide">
      <h1>Sign with somebody</h1>
      {problem && <ProblemNotice problem={problem} />}
      {handed ? <Asking network={network} text={given} handed={handed} /> : <Paste />}
    </div>
  );
}

function readText(network: Network, text: string): [Problem | undefined, HandedOver?] {
  try {
    return [undefined, readHandedOver(network, text)];
  } catch (caught) {
    return [problemOf(caught)];
  }
}

/** What was given is shown once it is wholly understood, and only then can it be signed. */
function Asking({ network, text, handed }: { network: Network; text: string; handed: HandedOver }) {
  const who = useStore(session);
  const { value: asked, problem, reload } = useLoad(
    () => readAsked(network, text, handed),
    [network, text],
  );
  if (problem) {
    const refused = problem.kind === 'input' || problem.kind === 'not-found';
    return (
      <>
        <ProblemNotice problem={problem} />
        {!refused && (
          <div class="row">
            <Button onClick={() => void reload()}>Try again</Button>
          </div>
        )}
      </>
    );
  }
  if (!asked) return <p class="waiting">Reading what it is about…</p>;
  const escrow = asked.what === 'seat' ? asked.state.id : asked.creation.id;
  return (
    <>
      <Shown network={network} handed={handed} asked={asked} />
      {who ? (
        <Turn network={network} text={text} handed={handed} who={who} escrow={escrow} />
      ) : (
        <div class="row">
          <Button kind="primary" icon="wallet" onClick={() => connecting.set(true)}>
            Connect
          </Button>
        </div>
      )}
    </>
  );
}

function Paste() {
  const [typed, setTyped] = useState('');
  const text = textIn(typed);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (text) go(links.sign(text));
      }}
    >
      <TextField
        label="What you were given"
        mono
        lines={6}
        value={typed}
        onInput={setTyped}
        hint="A text, or a link with the text in it."
      />
      <Button
        type="submit"
        kind="primary"
        reason={text ? undefined : 'Paste the text or the link first.'}
      >
        Look at it
      </Button>
    </form>
  );
}

/** The text that was pasted, or that a pasted link carries. */
function textIn(typed: string): string {
  const given = typed.replace(/\s/g, '');
  const place = parseRoute(given.replace(/^[^#]*(?=#\/sign\/)/, ''));
  return place.page === 'sign' ? place.text : given;
}
