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
                struct Shapes;

                impl<'de> ::serde::de::Visitor<'de> for Shapes {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(concat!("a known shape (", stringify!($name), ")"))
                    }

                    fn visit_newtype_struct<D>(self, deserializer: D) -> Result<$name, D::Error>
                    where
                        D: ::serde::Deserializer<'de>,
                    {
                        let json = <$crate::Json as ::serde::Deserialize>::deserialize(deserializer)?;
                        let mut misfit = None;
                        $(
                            if json.is(stringify!($kind)) {
                                match json.decode() {
                                    Ok(value) => return Ok($name::$variant(value)),
                                    Err(error) => misfit = Some(error),
                                }
                            }
                        )*
                        // The right kind with something odd in it may be read leniently.
                        misfit.map_or(Ok($name::Other(json)), |error| Err(::serde::de::Error::custom(error)))
                    }

                    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, mut tries: A) -> Result<$name, A::Error> {
                        let kind = tries.next_element::<String>()?.unwrap_or_default();
                        $(
                            if $crate::json::is_of(&kind, stringify!($kind)) && let Ok(Some(value)) = tries.next_element() {
                                return Ok($name::$variant(value));
                            }
                        )*
                        let json = tries.next_element::<$crate::Json>()?;
                        json.map($name::Other).ok_or_else(|| ::serde::de::Error::custom("no value"))
                    }
                }

                deserializer.deserialize_newtype_struct($crate::macros::support::SHAPES, Shapes)
            }
        }

        impl $crate::StandIn for $name {}

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
