//! Values of XDR, invented or forged: a reader that makes up what it reads makes up values of any
//! type, since it is asked for one field after the other.

use crate::dice::Dice;
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::iter::repeat_n;
use stellar_xdr::{Error, Limited, Limits, ReadXdr, WriteXdr};

/// Deeper and longer than what the server takes.
const LIMITS: Limits = Limits { depth: 600, len: 1 << 20 };

/// Numbers at which something could go wrong, for fields of 8 bytes.
const NUMBERS: [i64; 14] = [
    0,
    1,
    -1,
    2,
    100,
    10_000_000,
    100_000_000_000,
    u32::MAX as i64,
    1 << 32,
    1_000_000_000_000_000_000,
    i64::MAX - 1,
    i64::MAX,
    i64::MIN,
    i64::MIN + 1,
];

/// The same for fields of 4 bytes; among them are the flags, types and codes that there are.
const WORDS: [u32; 16] = [
    0x100,
    15,
    16,
    17,
    20,
    100,
    255,
    256,
    1000,
    3_110_399,
    3_110_400,
    u32::from_be_bytes(*b"USDC"),
    i32::MAX as u32,
    1 << 31,
    u32::MAX - 1,
    u32::MAX,
];

/// What makes values up.
pub struct Forge {
    pub dice: Dice,
    /// What fields of 32 bytes are filled with: keys and hashes that mean something.
    pub known: Vec<[u8; 32]>,
}

impl Forge {
    /// A value that is like another but for a field or a few.
    pub fn like<T: ReadXdr + WriteXdr>(&mut self, value: &T) -> T {
        let fields = fields(value);
        loop {
            let mut tape: Vec<_> = fields.iter().cloned().map(Some).collect();
            for _ in 0..*self.dice.pick(&[1, 1, 1, 2, 3]) {
                let at = self.dice.below(tape.len() + 1);
                let gone = at + *self.dice.pick(&[1, 1, 1, 1, 0, 2, 3]);
                let new = *self.dice.pick(&[1, 1, 1, 1, 0, 2, 3]);
                tape.splice(at..gone.min(tape.len()), repeat_n(None, new));
            }
            if let Some(forged) = self.read(tape) {
                return forged;
            }
        }
    }

    /// All values that are like another but for one field, which is something extreme.
    pub fn extremes<T: ReadXdr + WriteXdr>(&mut self, value: &T) -> Vec<T> {
        let fields = fields(value);
        let mut forged = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let extremes: Vec<Vec<u8>> = match field.len() {
                4 => (0..4).chain(WORDS).map(|word| word.to_be_bytes().into()).collect(),
                8 => NUMBERS.iter().map(|number| number.to_be_bytes().into()).collect(),
                32 => self.known.iter().rev().take(3).map(|key| key.to_vec()).collect(),
                _ => Vec::new(),
            };
            for extreme in extremes {
                let mut tape: Vec<_> = fields.iter().cloned().map(Some).collect();
                tape[index] = Some(extreme);
                forged.extend(self.read(tape));
            }
        }
        forged
    }

    /// A value of which no more is known than its type.
    pub fn any<T: ReadXdr>(&mut self) -> T {
        loop {
            if let Some(invented) = self.read(Vec::new()) {
                return invented;
            }
        }
    }

    /// A value whose first field says which of several kinds it is.
    pub fn of_kind<T: ReadXdr>(&mut self, kind: i32) -> T {
        loop {
            if let Some(invented) = self.read(vec![Some(kind.to_be_bytes().to_vec())]) {
                return invented;
            }
        }
    }

    fn read<T: ReadXdr>(&mut self, tape: Vec<Option<Vec<u8>>>) -> Option<T> {
        let tape = Tape { forge: self, rest: tape.into(), announced: 0 };
        T::read_xdr(&mut Limited::new(tape, LIMITS)).ok()
    }

    fn invent(&mut self, field: &mut [u8], is_text: bool) {
        match field.len() {
            _ if is_text => field.fill(*self.dice.pick(b"aZ0_ \0\xff")),
            // What fills up a text to four bytes.
            1..=3 => field.fill(0),
            4 => field.copy_from_slice(&self.word().to_be_bytes()),
            8 => {
                let number = *self.dice.pick(&NUMBERS);
                let number = if self.dice.once_in(4) { self.dice.roll() as i64 } else { number };
                field.copy_from_slice(&number.to_be_bytes());
            }
            32 => field.copy_from_slice(self.dice.pick::<[u8; 32]>(&self.known)),
            length => field.copy_from_slice(&self.dice.bytes(length)),
        }
    }

    /// Most words say which of a few things something is, or how many there are.
    fn word(&mut self) -> u32 {
        match self.dice.below(20) {
            0..=9 => 0,
            10..=13 => 1,
            14..=17 => self.dice.below(10) as u32,
            _ => *self.dice.pick(&WORDS),
        }
    }
}

/// Fields to be read, `None` where one is to be invented; so is what comes after the last.
struct Tape<'a> {
    forge: &'a mut Forge,
    rest: VecDeque<Option<Vec<u8>>>,
    /// The last word, which may be the length of the text after it.
    announced: usize,
}

impl Read for Tape<'_> {
    fn read(&mut self, field: &mut [u8]) -> io::Result<usize> {
        match self.rest.pop_front().flatten() {
            Some(known) if known.len() == field.len() => field.copy_from_slice(&known),
            _ => self.forge.invent(field, field.len() < 4 && field.len() == self.announced),
        }
        let word = <[u8; 4]>::try_from(&*field).map(u32::from_be_bytes);
        self.announced = word.unwrap_or_default() as usize;
        Ok(field.len())
    }
}

/// The fields of a value, one by one.
fn fields<T: ReadXdr + WriteXdr>(value: &T) -> Vec<Vec<u8>> {
    struct Noting<'a>(&'a [u8], Vec<Vec<u8>>);
    impl Read for Noting<'_> {
        fn read(&mut self, field: &mut [u8]) -> io::Result<usize> {
            self.0.read_exact(field)?;
            self.1.push(field.to_vec());
            Ok(field.len())
        }
    }
    let bytes = value.to_xdr(Limits::none()).expect("a value");
    let mut noting = Limited::new(Noting(&bytes, Vec::new()), Limits::none());
    T::read_xdr(&mut noting).expect("what was written");
    noting.inner.1
}

pub fn base64(value: &impl WriteXdr) -> String {
    value.to_xdr_base64(Limits::none()).expect("a value")
}

/// Bytes as if they were XDR.
pub struct Raw(pub Vec<u8>);

impl WriteXdr for Raw {
    fn write_xdr<W: Write>(&self, to: &mut Limited<W>) -> Result<(), Error> {
        Ok(to.inner.write_all(&self.0)?)
    }
}
