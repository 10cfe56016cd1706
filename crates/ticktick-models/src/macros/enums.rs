//! `integer_enum!` and `text_enum!`: enums that keep values they do not know.

/// Implements conversions, serde and [`Inspect`](crate::Inspect) for an enum of integers with `Unknown(i64)`.
macro_rules! integer_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// Every value that this version knows.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value on the wire.
            #[must_use]
            pub const fn value(self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    value => Self::Unknown(value),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.value().fmt(f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <i64 as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        impl $crate::StandIn for $name {}

        impl $crate::Inspect for $name {
            fn inspect(&self, at: &mut $crate::Path, found: &mut Vec<String>) {
                if let Self::Unknown(_) = self {
                    found.push(at.to_string());
                }
            }
        }
    };
}

/// Implements conversions, serde and [`Inspect`](crate::Inspect) for an enum of texts with `Unknown(Box<str>)`.
macro_rules! text_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// Every value that this version knows.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value on the wire.
            #[must_use]
            pub const fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    value => Self::Unknown(value.into()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::macros::support::text(deserializer)
            }
        }

        impl $crate::StandIn for $name {}

        impl $crate::Inspect for $name {
            fn inspect(&self, at: &mut $crate::Path, found: &mut Vec<String>) {
                if let Self::Unknown(_) = self {
                    found.push(at.to_string());
                }
            }
        }
    };
}

pub(crate) use {integer_enum, text_enum};
