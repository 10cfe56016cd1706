//! [`Row`]: an element of the JSON of `ticktick sql`.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

/// A row by column, in the order of the columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row(pub(crate) Vec<(String, Value)>);

/// Makes names of columns unique, as SQLite does: a name that is taken gets a number.
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

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Row;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
                let mut row = Row::default();
                while let Some(member) = map.next_entry()? {
                    row.0.push(member);
                }
                Ok(row)
            }
        }

        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_the_order_of_their_columns() {
        let text = r#"{"title":"Milk","id":1,"due":null}"#;
        let row: Row = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&row).unwrap(), text);
    }

    #[test]
    fn columns_with_the_same_name_are_numbered() {
        let columns = ["title", "title", "title:1", "due"].map(str::to_owned);
        assert_eq!(unique(&columns), ["title", "title:1", "title:1:1", "due"]);
    }
}
