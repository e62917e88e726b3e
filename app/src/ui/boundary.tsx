import { Component, type ComponentChildren } from 'preact';
import { links } from '../route.ts';
import { Button } from './button.tsx';

interface Props {
  /** Which screen it is: another one is drawn afresh. */
  place: string;
  children: ComponentChildren;
}

interface State {
  /** The screen that could not be drawn. */
  broken: string | undefined;
  details: string;
}

/** Keeps what cannot be drawn from taking the rest of the page with it. */
export class Boundary extends Component<Props, State> {
  override state: State = { broken: undefined, details: '' };

  override componentDidCatch(caught: unknown) {
    const details = caught instanceof Error ? caught.message : String(caught);
    this.setState({ broken: this.props.place, details });
  }

  override render({ place, children }: Props, { broken, details }: State) {
    if (broken !== place) return children;
    return (
      <div class="page narrow stack wide">
        <h1>This part of the page cannot be drawn</h1>
        <p class="soft" role="alert">
          It came upon something that it does not understand. Whatever was sent before goes on
          without it: what counts stands on the chain.
        </p>
        <p class="faint small">{details}</p>
        <div class="row">
          <Button kind="primary" onClick={() => this.setState({ broken: undefined })}>
            Draw it again
          </Button>
          <Button href={links.escrows()}>Go to your escrows</Button>
          <Button href={links.create()}>Create an escrow</Button>
          <Button href={links.network()}>Network</Button>
        </div>
      </div>
    );
  }
}
