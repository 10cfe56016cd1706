//! Containers that remember whether they were absent or null when they were read as empty.

/// How an empty container is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Empty {
    #[default]
    Absent,
    Null,
    Present,
}

/// Implements what [`List`](crate::List) and [`Map`](crate::Map) have in common, around the members `items` and `empty`.
/// `tidy` is called with items that were read.
macro_rules! container {
    ($name:ident, $inner:ty, $written:literal, $tidy:expr) => {
        impl<T> Default for $name<T> {
            fn default() -> Self {
                Self { items: <$inner>::default(), empty: $crate::container::Empty::Absent }
            }
        }

        #[doc = concat!("An empty one is written as ", $written, ".")]
        impl<T> From<$inner> for $name<T> {
            fn from(items: $inner) -> Self {
                Self { items, empty: $crate::container::Empty::Present }
            }
        }

        impl<T> std::ops::Deref for $name<T> {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.items
            }
        }

        impl<T> std::ops::DerefMut for $name<T> {
            fn deref_mut(&mut self) -> &mut $inner {
                &mut self.items
            }
        }

        impl<T: std::fmt::Debug> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.items.fmt(f)
            }
        }

        impl<T: PartialEq> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.items == other.items
            }
        }

        impl<T: Eq> Eq for $name<T> {}

        impl<T: serde::Serialize> serde::Serialize for $name<T> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if self.is_null() { serializer.serialize_unit() } else { self.items.serialize(serializer) }
            }
        }

        impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for $name<T> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut items = Option::<$inner>::deserialize(deserializer)?;
                items.iter_mut().for_each($tidy);
                Ok(items.map_or(Self { empty: $crate::container::Empty::Null, ..Self::default() }, Self::from))
            }
        }
    };
}

pub(crate) use container;
