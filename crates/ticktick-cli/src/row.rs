//! [`Row`]: an element of the JSON of `ticktick sql`.

use std::collections::HashSet;

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// A row by column, in the order of the columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row(pub(crate) Vec<(String, Value)>);

/// Makes names of columns unique, as SQLite does: repeated names get a number.
pub(crate) fn unique(columns: &[String]) -> Vec<String> {
    let mut taken = HashSet::new();
    let names = columns.iter().map(|column| {
        let numbered = (1..).map(|number| format!("{column}:{number}"));
        let mut names = std::iter::once(column.clone()).chain(numbered);
        names.find(|name| taken.insert(name.clone())).unwrap_or_default()
    });
    names.collect()
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(column, value)| (column, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_the_order_of_their_columns() {
        let row = Row(vec![("title".into(), "Milk".into()), ("id".into(), 1.into()), ("due".into(), Value::Null)]);
        assert_eq!(serde_json::to_string(&row).unwrap(), r#"{"title":"Milk","id":1,"due":null}"#);
    }

    #[test]
    fn columns_with_the_same_name_are_numbered() {
        let columns = ["title", "title", "title:1", "due"].map(str::to_owned);
        assert_eq!(unique(&columns), ["title", "title:1", "title:1:1", "due"]);
    }
}
