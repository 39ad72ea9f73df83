//! Classes of bytes, by which a line is searched in one pass.

/// Control characters, and the bytes that start code, HTML, references and escapes: `` ` ``, `<`,
/// `&`, `\`.
pub(super) const MARKUP: u8 = 1;
/// `[` and `]`.
pub(super) const SQUARE: u8 = 2;
/// `(` and `)`.
pub(super) const ROUND: u8 = 4;
/// `*`, `_` and `!`.
pub(super) const EMPHASIS: u8 = 8;
/// `"` and the first bytes of all other quotation marks, wide parentheses and dashes.
pub(super) const QUOTE: u8 = 16;
/// `#`, `^`, `:`, `y` and `Y`: a tag, a block id, a URL or "not yet read" may be here.
pub(super) const SIGNAL: u8 = 32;
/// Space and `>`.
pub(super) const SPACE: u8 = 64;
/// `0` to `9`.
pub(super) const DIGIT: u8 = 128;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below 256")]
        let class = match byte as u8 {
            0..=0x1F | 0x7F | b'`' | b'<' | b'&' | b'\\' => MARKUP,
            b'[' | b']' => SQUARE,
            b'(' | b')' => ROUND,
            b'*' | b'_' | b'!' => EMPHASIS,
            b'"' | 0xC2 | 0xE2 | 0xE3 | 0xEF => QUOTE,
            b'#' | b'^' | b':' | b'y' | b'Y' => SIGNAL,
            b' ' | b'>' => SPACE,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        classes[byte] = class;
        byte += 1;
    }
    classes
}

/// Returns the offset of the first byte at or after `from` that is in one of the classes `mask`; the
/// length of the text if there is none.
pub(super) fn find(bytes: &[u8], from: usize, mask: u8) -> usize {
    let is_other = |byte: &u8| CLASSES[usize::from(*byte)] & mask == 0;
    from + bytes[from..].iter().take_while(|byte| is_other(byte)).count()
}
