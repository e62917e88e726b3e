//! The sizes of a WASM module that the network charges for.

const IMPORT_SECTION: u8 = 2;
const EXPORT_SECTION: u8 = 7;
const CODE_SECTION: u8 = 10;
/// The magic number and the version.
const HEADER_BYTES: usize = 8;

pub struct Sizes {
    pub wasm_bytes: usize,
    pub code_section_bytes: usize,
    pub imports: usize,
    pub exports: usize,
}

pub fn sizes(wasm: &[u8]) -> Sizes {
    let mut sizes = Sizes { wasm_bytes: wasm.len(), code_section_bytes: 0, imports: 0, exports: 0 };
    let mut rest = &wasm[HEADER_BYTES..];
    while let [section, after @ ..] = rest {
        let (length, body) = number(after);
        match *section {
            IMPORT_SECTION => sizes.imports = number(body).0,
            EXPORT_SECTION => sizes.exports = number(body).0,
            CODE_SECTION => sizes.code_section_bytes = length,
            _ => {}
        }
        rest = &body[length..];
    }
    sizes
}

/// A number as WASM writes it, seven bits to a byte, and what follows it.
fn number(bytes: &[u8]) -> (usize, &[u8]) {
    let mut value = 0;
    for (position, byte) in bytes.iter().enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * position);
        if byte & 0x80 == 0 {
            return (value, &bytes[position + 1..]);
        }
    }
    panic!("a number that does not end")
}
