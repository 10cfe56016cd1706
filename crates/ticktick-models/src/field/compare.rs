//! Fields compared with plain values.

use std::cmp::Ordering;

use super::Field;

impl<T: PartialEq> PartialEq<T> for Field<T> {
    fn eq(&self, other: &T) -> bool {
        self.get() == Some(other)
    }
}

impl<T: PartialOrd> PartialOrd<T> for Field<T> {
    fn partial_cmp(&self, other: &T) -> Option<Ordering> {
        self.get()?.partial_cmp(other)
    }
}

impl PartialEq<str> for Field<String> {
    fn eq(&self, other: &str) -> bool {
        self.as_deref() == Some(other)
    }
}

impl PartialEq<&str> for Field<String> {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<Field<String>> for str {
    fn eq(&self, other: &Field<String>) -> bool {
        *other == *self
    }
}

impl PartialEq<Field<String>> for &str {
    fn eq(&self, other: &Field<String>) -> bool {
        *other == **self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_compares_with_a_plain_value() {
        let title = Field::from("Milk");
        assert_eq!(title, "Milk");
        assert_eq!("Milk", title);
        assert_ne!(title, *"milk");
        assert_eq!(title, String::from("Milk"));
        assert!(Field::Value(3) > 2 && Field::Value(3) <= 3);
        let absent = Field::<i64>::Absent;
        assert_eq!(absent.partial_cmp(&2), None, "no value is neither more nor less");
        assert_ne!(absent, 2);
    }

    #[test]
    fn fields_are_ordered_absent_null_value() {
        let mut fields = [Field::Value(2), Field::Absent, Field::Value(1), Field::Null];
        fields.sort();
        assert_eq!(fields, [Field::Absent, Field::Null, Field::Value(1), Field::Value(2)]);
    }
}
