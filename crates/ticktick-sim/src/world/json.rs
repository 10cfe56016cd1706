//! Assembles JSON from texts that are already JSON.

use serde::Serialize;

/// Joins texts into an array.
pub(crate) fn array(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut out = String::new();
    push_array(&mut out, texts);
    out
}

fn push_array(out: &mut String, texts: impl IntoIterator<Item = impl AsRef<str>>) {
    out.push('[');
    for (place, text) in texts.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push_str(text.as_ref());
    }
    out.push(']');
}

/// An object that is being written.
pub(crate) struct Members(String);

impl Members {
    pub(crate) fn new() -> Self {
        Self("{".into())
    }

    /// Creates one with capacity for a number of bytes.
    pub(crate) fn with_room(bytes: usize) -> Self {
        let mut text = String::with_capacity(bytes);
        text.push('{');
        Self(text)
    }

    /// Writes the key of a member. The caller must write the value next.
    fn key(&mut self, key: &str) {
        // No value ends with an opening brace, so this brace belongs to the object.
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        if key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            self.0.push('"');
            self.0.push_str(key);
            self.0.push('"');
        } else {
            self.0.push_str(&serde_json::to_string(key).unwrap_or_default());
        }
        self.0.push(':');
    }

    /// Adds a member whose value is JSON text.
    pub(crate) fn raw(mut self, key: &str, text: &str) -> Self {
        self.key(key);
        self.0.push_str(text);
        self
    }

    pub(crate) fn value(self, key: &str, value: impl Serialize) -> Self {
        let text = serde_json::to_string(&value).unwrap_or_default();
        self.raw(key, &text)
    }

    /// Adds a member if it has a value.
    pub(crate) fn some(self, key: &str, value: Option<impl Serialize>) -> Self {
        match value {
            Some(value) => self.value(key, value),
            None => self,
        }
    }

    pub(crate) fn null(self, key: &str) -> Self {
        self.raw(key, "null")
    }

    /// Adds an array of texts.
    pub(crate) fn array(mut self, key: &str, texts: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.key(key);
        push_array(&mut self.0, texts);
        self
    }

    /// Adds an object without an intermediate text.
    pub(crate) fn object(mut self, key: &str, write: impl FnOnce(Self) -> Self) -> Self {
        self.key(key);
        self.0.push('{');
        let mut outer = write(self);
        outer.0.push('}');
        outer
    }

    /// Writes the key of the last member and returns the text, which lacks the value and the closing brace.
    pub(crate) fn open_end(mut self, key: &str) -> String {
        self.key(key);
        self.0
    }

    pub(crate) fn done(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_elements_are_separated() {
        assert_eq!(array([""; 0]), "[]");
        assert_eq!(array(["1", "{}"]), "[1,{}]");
        let object = Members::new().null("a").value("b\"", 1).raw("c", "[]").done();
        assert_eq!(object, r#"{"a":null,"b\"":1,"c":[]}"#);
    }

    #[test]
    fn objects_are_nested_in_place() {
        let object = Members::with_room(50)
            .object("a", |inner| inner.array("b", ["1", "2"]).null("c"))
            .object("d", |inner| inner)
            .value("e", "{");
        assert_eq!(object.open_end("f"), r#"{"a":{"b":[1,2],"c":null},"d":{},"e":"{","f":"#);
    }
}
