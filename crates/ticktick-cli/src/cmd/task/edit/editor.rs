//! The user's editor.

use std::fs;
use std::path::PathBuf;

use tempfile::TempPath;

use crate::error::Error;
use crate::shell;

/// A text in a file, which the user edits any number of times.
pub(super) struct Draft {
    /// It is closed, so that an editor can replace it on Windows.
    file: TempPath,
    /// The last text that the editor opened.
    offered: String,
}

impl Draft {
    pub(super) fn new() -> Result<Self, Error> {
        let file = tempfile::Builder::new().prefix("ticktick-").suffix(".md").tempfile()?;
        Ok(Self { file: file.into_temp_path(), offered: String::new() })
    }

    /// Lets the user edit a text, with comments above it. Returns the text, or an error if the user gave up.
    pub(super) fn edit(&mut self, text: &str, comments: &[String]) -> Result<Edited, Error> {
        let mut offered: String =
            comments.iter().flat_map(|comment| comment.lines()).map(|line| format!("# {line}\n")).collect();
        offered.push_str(text);
        fs::write(&self.file, &offered)?;
        self.offered = offered;
        shell::edit(&self.file)?;
        let text = as_offered(fs::read(&self.file)?, &self.offered)?;
        Ok(if text.trim().is_empty() {
            Edited::Emptied
        } else if text == self.offered {
            Edited::Unchanged
        } else {
            Edited::Text(text)
        })
    }

    /// Keeps the file and returns its path.
    pub(super) fn keep(self) -> Result<PathBuf, Error> {
        self.file.keep().map_err(|error| Error::failed(error.to_string()))
    }
}

/// The user's decision about a text.
pub(super) enum Edited {
    Text(String),
    Unchanged,
    Emptied,
}

/// Returns an edited text without the byte order mark and the line ends that editors on Windows add. A text that had such line
/// ends before keeps them.
fn as_offered(edited: Vec<u8>, offered: &str) -> Result<String, Error> {
    let text = String::from_utf8(edited).map_err(|_| Error::usage("the edited text is not valid UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    Ok(if offered.contains("\r\n") { text.to_owned() } else { text.replace("\r\n", "\n") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_on_windows_change_only_what_the_user_changes() {
        let edited = |text: &str, offered| as_offered(text.into(), offered).unwrap();
        assert_eq!(edited("\u{feff}One\r\nTwo\r\n", "One\n"), "One\nTwo\n");
        assert_eq!(edited("One\rTwo\n", "One\n"), "One\rTwo\n");
        assert_eq!(edited("One\r\nTwo\n", "One\r\n"), "One\r\nTwo\n");
        assert!(as_offered(vec![0xff], "").is_err());
    }
}
