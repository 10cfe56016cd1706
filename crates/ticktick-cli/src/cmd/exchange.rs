//! The progress line of `export` and `import`.

use std::io::{IsTerminal, Write};

use crate::output::Output;

/// Shows progress on one line of the terminal. An empty text removes the line.
pub(crate) fn progress(output: Output, text: &str) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let mut err = output.stderr();
    drop(write!(err, "\r\x1b[K{text}").and_then(|()| err.flush()));
}
