//! [`Change`]: what a patch does to one field.

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
