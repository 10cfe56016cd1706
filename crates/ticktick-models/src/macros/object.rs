//! `object!`: a JSON object with known members, and `Extra` for the rest.

/// Implements `new`, serde and [`Inspect`](crate::Inspect) for a struct of members.
///
/// A member with a type is required and an argument of `new`; one without starts as its `Default`.
macro_rules! object {
    ($name:ident { $($field:ident $(: $ty:ty)? => $key:literal),* $(,)? }) => {
        impl $name {
            /// Creates one from its required members; all others are absent.
            #[allow(clippy::too_many_arguments)]
            #[must_use]
            pub fn new($($($field: impl Into<$ty>,)?)*) -> Self {
                Self { $($field: $crate::object!(@new $field $($ty)?),)* extra: $crate::Extra::default() }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                if self.extra.has_odd() {
                    let odd = self.extra.records();
                    $($crate::object!(@odd self map odd $field $key $($ty)?);)*
                } else {
                    $($crate::object!(@write self map $field $key $($ty)?);)*
                }
                self.extra.write(&mut map)?;
                ::serde::ser::SerializeMap::end(map)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[allow(non_camel_case_types)]
                enum Known { $($field),* }

                impl $crate::macros::support::Known for Known {
                    fn find(key: &str) -> Option<Self> {
                        match key {
                            $($key => Some(Self::$field),)*
                            _ => None,
                        }
                    }
                }

                struct Members;

                impl<'de> ::serde::de::Visitor<'de> for Members {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(concat!("an object (", stringify!($name), ")"))
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut members = $crate::macros::support::Members::new(&map);
                        $(let mut $field = $crate::object!(@slot $($ty)?);)*
                        while let Some(known) = members.next::<Known, A>(&mut map)? {
                            match known {
                                $(Known::$field => $crate::object!(@read map $field $($ty)?),)*
                            }
                        }
                        Ok($name {
                            $($field: $crate::object!(@take members $field $key $($ty)?),)*
                            extra: members.finish(),
                        })
                    }
                }

                deserializer.deserialize_struct($crate::protocol::MODEL, &[$($key),*], Members)
            }
        }

        impl $crate::StandIn for $name {}

        impl $crate::Inspect for $name {
            fn inspect(&self, at: &mut $crate::Path, found: &mut Vec<String>) {
                $(at.key($key, |at| $crate::Inspect::inspect(&self.$field, at, found));)*
                $crate::Inspect::inspect(&self.extra, at, found);
            }
        }
    };

    (@new $field:ident $ty:ty) => { $field.into() };
    (@new $field:ident) => { Default::default() };

    (@write $this:ident $map:ident $field:ident $key:literal $ty:ty) => {
        ::serde::ser::SerializeMap::serialize_entry(&mut $map, $key, &$this.$field)?
    };
    (@write $this:ident $map:ident $field:ident $key:literal) => {
        if !$this.$field.is_absent() {
            ::serde::ser::SerializeMap::serialize_entry(&mut $map, $key, &$this.$field)?;
        }
    };

    (@odd $this:ident $map:ident $odd:ident $field:ident $key:literal $ty:ty) => {
        $odd.write(&mut $map, $key, Some(&$this.$field), <$ty as $crate::StandIn>::stand_in($key).as_ref())?
    };
    (@odd $this:ident $map:ident $odd:ident $field:ident $key:literal) => {
        $odd.write(&mut $map, $key, (!$this.$field.is_absent()).then_some(&$this.$field), None)?
    };

    (@slot $ty:ty) => { None::<$ty> };
    (@slot) => { Default::default() };

    (@read $map:ident $field:ident $ty:ty) => { $crate::macros::support::read_required(&mut $map, &mut $field)? };
    (@read $map:ident $field:ident) => { $crate::macros::support::read(&mut $map, &mut $field)? };

    (@take $members:ident $field:ident $key:literal $ty:ty) => {
        match $field {
            Some(value) => value,
            None => $members.stand_in::<$ty, A::Error>($key)?,
        }
    };
    (@take $members:ident $field:ident $key:literal) => { $field };
}

pub(crate) use object;
