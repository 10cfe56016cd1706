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

        /// Writes the name in lower case, such as `wont-do`, or the number of an unknown value.
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant => f.pad(&$crate::name::kebab(stringify!($variant))),)*
                    Self::Unknown(value) => value.fmt(f),
                }
            }
        }

        /// Parses a name in any case, or the number on the wire, including unknown ones.
        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $(
                    if $crate::name::is(text, stringify!($variant)) {
                        return Ok(Self::$variant);
                    }
                )*
                text.parse::<i64>().map(Self::from).map_err(|_| {
                    $crate::UnknownName::new(stringify!($name), text, &[$(stringify!($variant)),*])
                })
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

        /// Parses a value on the wire or a name, both in any case; any other text is kept.
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $(
                    if text.eq_ignore_ascii_case($value) || $crate::name::is(text, stringify!($variant)) {
                        return Ok(Self::$variant);
                    }
                )*
                Ok(Self::Unknown(text.into()))
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
                $crate::macros::text::read(deserializer)
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
