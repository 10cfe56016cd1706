//! Drafts and patches: how they are declared, set and serialized.

/// Declares a draft or a patch, with its form in serde.
///
/// Members before the semicolon are required. A declaration without a semicolon is a patch: it has a `Default`, which
/// changes nothing. Every derive of serde on these types is here.
macro_rules! form {
    ($(#[$meta:meta])* pub struct $name:ident { $($required:ident: $of:ty),* ; $($(#[$attr:meta])* $field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        ///
        /// # Serialized form
        ///
        /// In serde, this is an object. Its members have the names of the setters in camelCase. A member that is not set is
        /// left out, and an unknown member is an error.
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            $($required: $of,)*
            $(
                $(#[$attr])*
                #[serde(default, skip_serializing_if = "crate::form::is_default")]
                $field: $ty,
            )*
        }
    };

    ($(#[$meta:meta])* pub struct $name:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        ///
        /// # Serialized form
        ///
        /// In serde, this is an object. Its members have the names of the setters in camelCase. A member that is not set is
        /// left out, null clears, and an unknown member is an error.
        #[derive(Clone, Debug, Default, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            $(
                #[serde(default, skip_serializing_if = "crate::form::is_default")]
                $field: $ty,
            )*
        }

        impl $name {
            /// Creates a patch that changes nothing.
            pub fn new() -> Self {
                Self::default()
            }
        }
    };
}

/// Declares setters: methods that take the value by move, store it and return it.
///
/// `set` takes the type itself, `into` takes what converts into it, `id` takes an object or its id, `on` sets a flag, and
/// `clear` removes the value.
macro_rules! setters {
    () => {};
    ($(#[$doc:meta])* set $name:ident: $ty:ty; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name(mut self, $name: $ty) -> Self {
            self.$name = $name.into();
            self
        }

        $crate::form::setters!($($rest)*);
    };
    ($(#[$doc:meta])* into $name:ident: $ty:ty; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name(mut self, $name: impl Into<$ty>) -> Self {
            let value: $ty = $name.into();
            self.$name = value.into();
            self
        }

        $crate::form::setters!($($rest)*);
    };
    ($(#[$doc:meta])* id $name:ident: $ty:ty; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name(mut self, $name: impl ::ticktick_models::AsId<$ty>) -> Self {
            self.$name = $name.as_id().into();
            self
        }

        $crate::form::setters!($($rest)*);
    };
    ($(#[$doc:meta])* on $name:ident: $field:ident; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name(mut self) -> Self {
            self.$field = true;
            self
        }

        $crate::form::setters!($($rest)*);
    };
    ($(#[$doc:meta])* clear $name:ident: $field:ident; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name(mut self) -> Self {
            self.$field = $crate::change::Change::Clear;
            self
        }

        $crate::form::setters!($($rest)*);
    };
}

pub(crate) use {form, setters};

/// Returns whether a member is not set, so that the form leaves it out.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests;
