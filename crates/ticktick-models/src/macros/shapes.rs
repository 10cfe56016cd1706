//! `shapes!`: values that come as more than one JSON kind.

/// Implements serde and [`Inspect`](crate::Inspect) for an enum with one variant for each JSON kind and `Other(Json)`.
macro_rules! shapes {
    ($name:ident { $($variant:ident: $kind:ident),* $(,)? }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, serializer),)*
                    Self::Other(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let json = <$crate::Json as ::serde::Deserialize>::deserialize(deserializer)?;
                $(
                    if json.is(stringify!($kind)) && let Ok(value) = json.decode() {
                        return Ok(Self::$variant(value));
                    }
                )*
                Ok(Self::Other(json))
            }
        }

        impl $crate::Inspect for $name {
            fn inspect(&self, at: &mut $crate::Path, found: &mut Vec<String>) {
                match self {
                    $(Self::$variant(value) => $crate::Inspect::inspect(value, at, found),)*
                    Self::Other(_) => found.push(at.to_string()),
                }
            }
        }
    };
}

pub(crate) use shapes;
