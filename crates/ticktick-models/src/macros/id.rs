//! `id!`: keys of objects, each a type of its own.

/// Implements conversions and serde for a newtype over `Box<str>`; `made` ids can also be made here, `private` ones are
/// hidden in `Debug`, and `text` leaves `Debug` to the caller.
macro_rules! id {
    ($name:ident, made) => {
        $crate::id!($name, given);

        #[allow(clippy::new_without_default)]
        impl $name {
            /// Generates a new id; every call returns a different one.
            #[must_use]
            pub fn new() -> Self {
                Self($crate::IdSource::shared_id())
            }

            /// Generates a new id from the given source, for reproducible results.
            #[must_use]
            pub fn new_with(source: &mut $crate::IdSource) -> Self {
                Self(source.next_id())
            }
        }
    };

    ($name:ident, given) => {
        $crate::id!($name, text);

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };

    ($name:ident, private) => {
        $crate::id!($name, text);

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(concat!(stringify!($name), "([private])"))
            }
        }
    };

    ($name:ident, text) => {
        impl $name {
            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                *self.0 == *other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                *self.0 == **other
            }
        }

        impl PartialEq<str> for $crate::Field<$name> {
            fn eq(&self, other: &str) -> bool {
                self.get().is_some_and(|id| *id == *other)
            }
        }

        impl PartialEq<&str> for $crate::Field<$name> {
            fn eq(&self, other: &&str) -> bool {
                *self == **other
            }
        }

        impl From<&str> for $crate::Field<$name> {
            fn from(text: &str) -> Self {
                Self::Value(text.into())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::macros::text::read(deserializer)
            }
        }

        impl $crate::StandIn for $name {}

        impl $crate::Inspect for $name {
            fn inspect(&self, _: &mut $crate::Path, _: &mut Vec<String>) {}
        }
    };
}

pub(crate) use id;
