/**
 * The QR code of an address. An address has 56 letters and digits, so that one version of the code
 * fits them all: version 3 at level M, in the alphanumeric mode, one block (ISO/IEC 18004).
 */

const SIZE = 29;
const DATA_BYTES = 44;
const CHECK_BYTES = 26;
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const LENGTH_LIMIT = 61;

/** Which modules are dark, row by row. */
export function qrCode(text: string): boolean[][] {
  const bytes = withChecks(dataBytes(text));
  const grid = emptyGrid();
  drawPatterns(grid);
  drawFormat(grid);
  drawData(grid, bytes);
  return grid.map((row) => row.map((cell) => cell.dark));
}

interface Cell {
  dark: boolean;
  /** Part of a pattern that data goes around. */
  fixed: boolean;
}

type Grid = Cell[][];

const emptyGrid = (): Grid =>
  Array.from({ length: SIZE }, () =>
    Array.from({ length: SIZE }, () => ({ dark: false, fixed: false })),
  );

function dataBytes(text: string): number[] {
  const values = [...text].map((character) => CHARACTERS.indexOf(character));
  if (values.length > LENGTH_LIMIT || values.includes(-1)) throw new RangeError('not an address');
  const bits: number[] = [];
  const push = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  push(0b0010, 4);
  push(values.length, 9);
  for (let at = 0; at < values.length; at += 2) {
    const [first = 0, second] = values.slice(at, at + 2);
    if (second === undefined) push(first, 6);
    else push(first * 45 + second, 11);
  }
  push(0, Math.min(4, DATA_BYTES * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    bytes.push(bits.slice(at, at + 8).reduce((byte, bit) => byte * 2 + bit, 0));
  }
  for (let fill = 0xec; bytes.length < DATA_BYTES; fill ^= 0xec ^ 0x11) bytes.push(fill);
  return bytes;
}

/** The product in the field of 256 elements that the checks are reckoned in. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

function withChecks(data: number[]): number[] {
  let generator = [1];
  for (let degree = 0, root = 1; degree < CHECK_BYTES; degree++, root = times(root, 2)) {
    const shifted = [...generator, 0];
    generator = shifted.map(
      (factor, at) => factor ^ (at > 0 ? times(generator[at - 1] ?? 0, root) : 0),
    );
  }
  const checks = new Array<number>(CHECK_BYTES).fill(0);
  for (const byte of data) {
    const factor = byte ^ (checks.shift() ?? 0);
    checks.push(0);
    checks.forEach((check, at) => (checks[at] = check ^ times(generator[at + 1] ?? 0, factor)));
  }
  return [...data, ...checks];
}

function fix(grid: Grid, row: number, column: number, dark: boolean): void {
  const cell = grid[row]?.[column];
  if (cell) Object.assign(cell, { dark, fixed: true });
}

/** Rings around a centre: `light` lists the distances at which they are light. */
function drawRings(grid: Grid, row: number, column: number, reach: number, light: number[]): void {
  for (let down = -reach; down <= reach; down++) {
    for (let right = -reach; right <= reach; right++) {
      const distance = Math.max(Math.abs(down), Math.abs(right));
      fix(grid, row + down, column + right, !light.includes(distance));
    }
  }
}

function drawPatterns(grid: Grid): void {
  for (let at = 8; at < SIZE - 8; at++) {
    fix(grid, 6, at, at % 2 === 0);
    fix(grid, at, 6, at % 2 === 0);
  }
  for (const [row, column] of [
    [3, 3],
    [3, SIZE - 4],
    [SIZE - 4, 3],
  ] as const) {
    drawRings(grid, row, column, 4, [2, 4]);
  }
  drawRings(grid, SIZE - 7, SIZE - 7, 2, [1]);
}

/** Level M and mask 0, with their check bits; both copies, and the module that is always dark. */
function drawFormat(grid: Grid): void {
  const format = 0b101010000010010;
  for (let bit = 0; bit < 15; bit++) {
    const dark = ((format >> bit) & 1) === 1;
    const along = bit < 6 ? bit : bit < 8 ? bit + 1 : SIZE - 15 + bit;
    fix(grid, along, 8, dark);
    const across = bit < 8 ? SIZE - 1 - bit : bit < 9 ? 7 : 14 - bit;
    fix(grid, 8, across, dark);
  }
  fix(grid, SIZE - 8, 8, true);
}

/** In columns of two, upwards and downwards in turn; every other module is turned over by the mask. */
function drawData(grid: Grid, bytes: number[]): void {
  let at = 0;
  let upwards = true;
  for (let right = SIZE - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < SIZE; step++) {
      const row = upwards ? SIZE - 1 - step : step;
      for (const column of [right, right - 1]) {
        const cell = grid[row]?.[column];
        if (!cell || cell.fixed) continue;
        const bit = ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
        cell.dark = (bit === 1) !== ((row + column) % 2 === 0);
        at++;
      }
    }
    upwards = !upwards;
  }
}
