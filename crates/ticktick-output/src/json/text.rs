//! The text of JSON that is being written.

use std::fmt::Display;
use std::io::{self, Write};

use serde_json::Error;

use crate::text::is_deceptive;

/// Number of bytes that are written at once.
const PART: usize = 1 << 15;

/// JSON that is being written.
pub(super) struct Json<'a> {
    /// Text that has not been written yet.
    pub(super) text: Vec<u8>,
    out: &'a mut dyn Write,
    /// Keys of types in their written form, and the index of the last one.
    keys: Vec<(&'static str, String)>,
    key: usize,
    /// Whether the next text is JSON.
    pub(super) is_raw: bool,
}

impl<'a> Json<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { text: Vec::with_capacity(1024), out, keys: Vec::new(), key: 0, is_raw: false }
    }

    /// Ends the line.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.text.push(b'\n');
        self.out.write_all(&self.text)
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    pub(super) fn display(&mut self, value: impl Display) {
        // Writing to memory does not fail.
        let _ = write!(self.text, "{value}");
    }

    /// Writes the key of a member of a type, which needs no escaping, with the comma before it.
    pub(super) fn key(&mut self, key: &'static str, is_first: bool) {
        // Rows have the same keys in the same order.
        let next = self.key + 1;
        self.key = if self.keys.get(next).is_some_and(|(known, _)| std::ptr::eq(*known, key)) {
            next
        } else if let Some(at) = self.keys.iter().position(|(known, _)| std::ptr::eq(*known, key)) {
            at
        } else {
            debug_assert_eq!(plain(key.as_bytes()), key.len(), "{key:?} needs escapes");
            self.keys.push((key, format!(",\"{key}\":")));
            self.keys.len() - 1
        };
        self.text.extend_from_slice(&self.keys[self.key].1.as_bytes()[usize::from(is_first)..]);
    }

    /// Writes a value as a text.
    pub(super) fn text_of(&mut self, value: impl Display) {
        let start = self.text.len();
        self.text.push(b'"');
        self.display(value);
        if plain(&self.text[start + 1..]) < self.text.len() - start - 1 {
            let text = String::from_utf8_lossy(&self.text.split_off(start)[1..]).into_owned();
            return self.string(&text);
        }
        self.text.push(b'"');
    }

    pub(super) fn string(&mut self, text: &str) {
        self.text.push(b'"');
        let bytes = text.as_bytes();
        let (mut written, mut at) = (0, 0);
        loop {
            at += plain(&bytes[at..]);
            let Some(&byte) = bytes.get(at) else { break };
            let length = if byte < 0x80 { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) };
            if let Some(escape) = escape(text, at, byte) {
                self.text.extend_from_slice(&bytes[written..at]);
                self.push(&escape);
                written = at + length;
            }
            at += length;
        }
        self.text.extend_from_slice(&bytes[written..]);
        self.text.push(b'"');
    }

    /// Writes the complete part, to free its memory.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        if self.text.len() >= PART {
            self.out.write_all(&self.text).map_err(Error::io)?;
            self.text.clear();
        }
        Ok(())
    }
}

/// Returns how many bytes at the start need no escaping.
fn plain(bytes: &[u8]) -> usize {
    /// A one in each of eight bytes.
    const EACH: u64 = u64::MAX / 255;
    let (words, _) = bytes.as_chunks::<8>();
    let is_plain = |word: &&[u8; 8]| {
        let word = u64::from_le_bytes(**word);
        let without = |byte: u64| (word ^ (EACH * byte)).wrapping_sub(EACH);
        // The highest bit of a byte is set if it is not ASCII, below a space, DEL, a quote or a backslash.
        let special = word | word.wrapping_sub(EACH * 0x20) | word.wrapping_add(EACH) | without(0x22) | without(0x5c);
        special & (EACH * 0x80) == 0
    };
    let whole = 8 * words.iter().take_while(is_plain).count();
    let is_plain = |byte: &&u8| matches!(byte, 0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    whole + bytes[whole..].iter().take_while(is_plain).count()
}

/// Returns the escaped form of a character, if it needs one.
fn escape(text: &str, at: usize, byte: u8) -> Option<String> {
    let short = match byte {
        b'"' => "\\\"",
        b'\\' => "\\\\",
        b'\n' => "\\n",
        b'\r' => "\\r",
        b'\t' => "\\t",
        0x08 => "\\b",
        0x0c => "\\f",
        _ => {
            let c = text[at..].chars().next().filter(|c| is_deceptive(text, at, *c))?;
            return Some(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect());
        }
    };
    Some(short.to_owned())
}
