//! `shapes!`: values that come as more than one JSON kind.

/// Implements serde and [`Inspect`](crate::Inspect) for an enum with one variant for each JSON kind and `Other(Json)`.
///
/// A value of the right kind that does not fit is `Other`, too. In an `answer` it is an error, so that the whole is
/// read leniently.
macro_rules! shapes {
    (answer $name:ident $variants:tt) => { $crate::shapes!(@make $name, true, $variants); };
    ($name:ident $variants:tt) => { $crate::shapes!(@make $name, false, $variants); };

    (@make $name:ident, $answer:literal, { $($variant:ident: $kind:ident),* $(,)? }) => {
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
                        match misfit {
                            Some(error) if $answer => Err(::serde::de::Error::custom(error)),
                            _ => Ok($name::Other(json)),
                        }
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

                deserializer.deserialize_newtype_struct($crate::protocol::SHAPES, Shapes)
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
