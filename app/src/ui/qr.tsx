import { qrCode } from './qr-code.ts';

/** Light modules around the code, so that cameras find it. */
const MARGIN = 4;

/** An address as a picture for a phone's camera. */
export function Qr({ text, what }: { text: string; what: string }) {
  const rows = qrCode(text);
  const size = rows.length + 2 * MARGIN;
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : '')))
    .join('');
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={`QR code of ${what}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
