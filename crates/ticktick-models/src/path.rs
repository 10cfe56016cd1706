//! [`Path`]: the place of a value in its document.

use std::fmt;

/// The path of a value in its document, such as `$.items[0].newKey`.
///
/// ```
/// let mut path = ticktick_models::Path::default();
/// let text = path.key("items", |path| path.index(0, |path| path.to_string()));
/// assert_eq!((text.as_str(), path.to_string().as_str()), ("$.items[0]", "$"));
/// ```
#[derive(Clone, Debug)]
pub struct Path(String);

impl Path {
    /// Enters a member while `visit` runs.
    pub fn key<R>(&mut self, key: &str, visit: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.0.len();
        self.push_key(key);
        let result = visit(self);
        self.0.truncate(length);
        result
    }

    /// Enters a value of a map while `visit` runs; its key is always in brackets, because it may be user
    /// data rather than a name of the contract.
    pub(crate) fn entry<R>(&mut self, key: &str, visit: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.0.len();
        self.0.push_str(&format!("[{key:?}]"));
        let result = visit(self);
        self.0.truncate(length);
        result
    }

    /// Enters an element while `visit` runs.
    pub fn index<R>(&mut self, index: usize, visit: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.0.len();
        self.push_index(index);
        let result = visit(self);
        self.0.truncate(length);
        result
    }

    pub(crate) fn push_key(&mut self, key: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !key.is_empty() && key.chars().all(plain) {
            self.0.push('.');
            self.0.push_str(key);
        } else {
            self.0.push_str(&format!("[{key:?}]"));
        }
    }

    pub(crate) fn push_index(&mut self, index: usize) {
        self.0.push_str(&format!("[{index}]"));
    }
}

/// The document itself, `$`.
impl Default for Path {
    fn default() -> Self {
        Self("$".to_owned())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
