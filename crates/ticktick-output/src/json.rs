//! Writes JSON without control or invisible characters: every character that [`shown`](crate::text::shown) would change
//! is written as a JSON escape.
//!
//! The serializer of `serde_json` writes each part of a text on its own and looks at each byte. Lists have megabytes of
//! texts, nearly all of which need no escape.

mod text;

use std::fmt::Display;
use std::io::{self, Write};

use serde::ser::{self, Error as _, Serialize, Serializer};
use serde_json::{Error, Number};

use self::text::Json;

/// The name by which `serde_json` marks JSON to write unchanged.
const RAW: &str = "$serde_json::private::RawValue";

/// Writes a value on its own line.
pub fn write_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Json::new(out);
    value.serialize(&mut json)?;
    json.end()
}

/// Members or elements that are being written.
struct Parts<'a, 'o> {
    json: &'a mut Json<'o>,
    is_first: bool,
    end: &'static str,
}

impl<'a, 'o> Parts<'a, 'o> {
    fn new(json: &'a mut Json<'o>, start: &str, end: &'static str) -> Self {
        json.push(start);
        Self { json, is_first: true, end }
    }

    fn next(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.json.text.push(b',');
        }
    }

    fn member(&mut self, key: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        if self.end.is_empty() {
            self.json.is_raw = true;
        } else {
            self.json.key(key, std::mem::take(&mut self.is_first));
        }
        value.serialize(&mut *self.json)
    }

    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.next();
        value.serialize(&mut *self.json)?;
        self.json.flush()
    }

    fn close(self) {
        self.json.push(self.end);
    }
}

/// Writes numbers, whose form is the same as in Rust.
macro_rules! numbers {
    ($($name:ident $ty:ty),*) => {
        $(fn $name(self, value: $ty) -> Result<(), Error> {
            self.display(value);
            Ok(())
        })*
    };
}

impl<'a, 'o> Serializer for &'a mut Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'a, 'o>;
    type SerializeTuple = Parts<'a, 'o>;
    type SerializeTupleStruct = Parts<'a, 'o>;
    type SerializeTupleVariant = Parts<'a, 'o>;
    type SerializeMap = Parts<'a, 'o>;
    type SerializeStruct = Parts<'a, 'o>;
    type SerializeStructVariant = Parts<'a, 'o>;

    numbers! {
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        match Number::from_f64(value) {
            Some(number) => self.display(number),
            None => self.push("null"),
        }
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.string(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        if std::mem::take(&mut self.is_raw) {
            self.push(text);
        } else {
            self.string(text);
        }
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.text_of(value);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.push("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut parts = Parts::new(self, "{", "}");
        parts.member(variant, value)?;
        parts.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a, 'o>, Error> {
        Ok(Parts::new(self, "[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a, 'o>, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a, 'o>, Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'a, 'o>, Error> {
        self.push("{");
        self.string(variant);
        Ok(Parts::new(self, ":[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a, 'o>, Error> {
        Ok(Parts::new(self, "{", "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Parts<'a, 'o>, Error> {
        if name == RAW { Ok(Parts::new(self, "", "")) } else { self.serialize_map(None) }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'a, 'o>, Error> {
        self.push("{");
        self.string(variant);
        Ok(Parts::new(self, ":{", "}}"))
    }
}

/// Implements a trait for lists.
macro_rules! lists {
    ($($trait:ident $add:ident),*) => {
        $(impl ser::$trait for Parts<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.element(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        })*
    };
}

lists! {
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
}

/// Implements a trait for objects.
macro_rules! objects {
    ($($trait:ident),*) => {
        $(impl ser::$trait for Parts<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
                self.member(key, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        })*
    };
}

objects! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Parts<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.next();
        let start = self.json.text.len();
        key.serialize(&mut *self.json)?;
        match self.json.text.get(start) {
            Some(b'"') => {}
            Some(b'[' | b'{') | None => return Err(Error::custom("key must be a string")),
            Some(_) => {
                self.json.text.insert(start, b'"');
                self.json.text.push(b'"');
            }
        }
        self.json.text.push(b':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::json;
    use serde_json::value::RawValue;

    use super::*;

    fn written(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write_line(value, &mut out).unwrap();
        String::from_utf8(out).unwrap().strip_suffix('\n').unwrap().to_owned()
    }

    #[test]
    fn json_keeps_each_character_as_an_escape() {
        for (text, json) in [
            ("a\x7f\u{9b}\u{202e}\u{e0041}👩‍👩‍👧\x1b\"é", r#""a\u007f\u009b\u202e\udb40\udc41👩‍👩‍👧\u001b\"é""#),
            ("ascii\x7f", r#""ascii\u007f""#),
        ] {
            assert_eq!(written(&text), json);
            assert_eq!(written(&format_args!("{text}")), json);
            assert_eq!(serde_json::from_str::<String>(json).unwrap(), text);
        }
    }

    #[test]
    fn every_byte_is_written_as_usual_in_every_place() {
        for c in (0..0x7f).map(char::from).chain(['é', '牛', '🏡']) {
            for before in 0..10 {
                let text = format!("{}{c}{c}tail of the text", "x".repeat(before));
                assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
            }
        }
    }

    #[test]
    fn values_are_written_as_usual() {
        #[derive(Serialize)]
        enum Shape {
            Unit,
            One(u8),
            Two(i8, f64),
            Named { a: Option<bool>, b: char },
        }
        let raw = RawValue::from_string("{\"n\": 1.50}".into()).unwrap();
        let numbered: BTreeMap<i64, &str> = [(-1, "a"), (2, "b")].into();
        let shapes = (Shape::Unit, Shape::One(1), Shape::Two(-1, 0.1), Shape::Named { a: None, b: '"' });
        let value = json!({"a": [1, -2.5, 1e300, null, true, {}, []], "\"": {"b": u64::MAX}});
        let all = (value, raw, numbered, shapes, (), [f64::NAN, 1.0], Some("x"), jiff::Timestamp::UNIX_EPOCH);
        assert_eq!(written(&all), serde_json::to_string(&all).unwrap());
    }

    #[test]
    fn keys_are_those_of_each_object() {
        #[derive(Serialize)]
        struct Row {
            #[serde(skip_serializing_if = "Option::is_none")]
            a: Option<Inner>,
            b: u8,
        }
        #[derive(Serialize)]
        struct Inner {
            b: u8,
            c: u8,
        }
        let rows = (0..6).map(|b| Row { a: (b % 3 > 0).then_some(Inner { b, c: 0 }), b }).collect::<Vec<_>>();
        assert_eq!(written(&rows), serde_json::to_string(&rows).unwrap());
    }

    #[test]
    fn long_lists_are_written_in_parts() {
        let list: Vec<String> = (0..20_000).map(|number| format!("number {number}")).collect();
        assert_eq!(written(&list), serde_json::to_string(&list).unwrap());
    }
}
