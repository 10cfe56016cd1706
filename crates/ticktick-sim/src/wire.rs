//! Writes JSON out of texts that are JSON already.

use serde::Serialize;

/// Joins texts to an array.
pub(crate) fn array<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::from("[");
    for text in texts {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(text);
    }
    out.push(']');
    out
}

/// An object that is being written.
pub(crate) struct Members(String);

impl Members {
    pub(crate) fn new() -> Self {
        Self("{".into())
    }

    /// Adds a member whose value is JSON text.
    pub(crate) fn raw(mut self, key: &str, text: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&serde_json::to_string(key).unwrap_or_default());
        self.0.push(':');
        self.0.push_str(text);
        self
    }

    pub(crate) fn value(self, key: &str, value: impl Serialize) -> Self {
        let text = serde_json::to_string(&value).unwrap_or_default();
        self.raw(key, &text)
    }

    pub(crate) fn null(self, key: &str) -> Self {
        self.raw(key, "null")
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
        assert_eq!(array([]), "[]");
        assert_eq!(array(["1", "{}"]), "[1,{}]");
        let object = Members::new().null("a").value("b\"", 1).raw("c", "[]").done();
        assert_eq!(object, r#"{"a":null,"b\"":1,"c":[]}"#);
    }
}
