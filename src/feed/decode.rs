//! Bytes to text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::feed::{LARGEST, NotAFeed};

/// The length of the text in which a declaration of the encoding is searched, in bytes.
const DECLARATION: usize = 256;

/// Decodes bytes to text without control characters, except for tabs and ends of lines.
///
/// The encoding is that of the byte order mark; UTF-16 if the first character is `<` with a zero
/// byte; UTF-8 if the bytes are valid UTF-8, independent of declarations; the charset of the header;
/// that of the XML declaration; windows-1252.
pub(super) fn decode(bytes: &[u8], charset: Option<&str>) -> Result<String, NotAFeed> {
    if bytes.len() > LARGEST {
        return Err(NotAFeed::TooLarge);
    }
    let encoding = encoding(bytes, charset)?;
    let (text, _, _) = encoding.decode(bytes);
    let text: String = text.chars().filter(|c| !c.is_control() || is_whitespace(*c)).collect();
    if text.len() > LARGEST { Err(NotAFeed::TooLarge) } else { Ok(text) }
}

fn is_whitespace(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r')
}

fn encoding(bytes: &[u8], charset: Option<&str>) -> Result<&'static Encoding, NotAFeed> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    match bytes {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ if std::str::from_utf8(bytes).is_ok() => return Ok(UTF_8),
        _ => {}
    }
    let declared = charset.map(str::to_string).or_else(|| declared(bytes));
    match declared {
        Some(label) => Encoding::for_label(label.as_bytes()).ok_or(NotAFeed::Encoding(label)),
        None => Ok(WINDOWS_1252),
    }
}

/// Returns the encoding of an XML declaration: `<?xml version="1.0" encoding="koi8-r"?>` gives
/// `koi8-r`.
fn declared(bytes: &[u8]) -> Option<String> {
    let start: String = bytes.iter().take(DECLARATION).map(|byte| char::from(*byte)).collect();
    let declaration = start.trim_start().strip_prefix("<?xml")?;
    let declaration = &declaration[..declaration.find("?>")?];
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_string)
}
