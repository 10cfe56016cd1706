//! [`Change`]: what a patch does to one field.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ticktick_models::Field;

/// Keep, clear or set: what a patch does to one field.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Change<T> {
    /// Leaves the field unchanged, including absent and null.
    #[default]
    Keep,
    /// Sets the field to null.
    Clear,
    /// Sets a value.
    Set(T),
}

impl<T> Change<T> {
    /// Returns the new value, if there is one.
    pub(crate) fn set_value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// Converts the new value.
    pub(crate) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::Set(value) => Change::Set(convert(value)),
        }
    }

    /// Applies the change to a field.
    pub(crate) fn apply(self, field: &mut Field<T>) {
        match self {
            Self::Keep => {}
            // An absent field is already clear and stays absent.
            Self::Clear if field.get().is_none() => {}
            Self::Clear => field.clear(),
            Self::Set(value) => *field = Field::Value(value),
        }
    }
}

impl<T> From<T> for Change<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// Null clears. A member that is kept is left out by the object around it.
impl<T: Serialize> Serialize for Change<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.set_value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_states_are_kept_apart() {
        let mut field = Field::Absent;
        Change::Keep.apply(&mut field);
        Change::Clear.apply(&mut field);
        assert!(field.is_absent());
        Change::Set(3).apply(&mut field);
        Change::Keep.apply(&mut field);
        assert_eq!(field, 3);
        Change::Clear.apply(&mut field);
        assert!(field.is_null());
    }
}
