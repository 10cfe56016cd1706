//! [`Timestamp`]: a moment in every form the service reads and writes.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// An instant, written as `2026-03-01T00:00:00.000+0000`.
///
/// Reads any offset, `Z`, a missing fraction, `2026-03-01 00:00:00` (UTC) and milliseconds since 1970 as an
/// integer. An integer is written back as one. Text that is not an instant (`""`, `"-1"`) and text finer
/// than a millisecond are kept and written back unchanged. Equal instants compare as equal, whatever their
/// form.
///
/// ```
/// use ticktick_models::Timestamp;
///
/// let at: Timestamp = "2026-03-01T02:00:00+02:00".parse()?;
/// assert_eq!(at.to_string(), "2026-03-01T00:00:00.000+0000");
/// assert_eq!(at, Timestamp::from("2026-03-01T00:00:00Z".parse::<jiff::Timestamp>()?));
/// assert_eq!("-1".parse::<Timestamp>()?.instant(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Timestamp(Form);

#[derive(Clone)]
enum Form {
    /// Milliseconds since 1970 of an instant that was text; always within the years 0 to 9999.
    Moment(i64),
    /// Milliseconds since 1970 that were an integer.
    Millis(i64),
    Text(Box<str>),
}

impl Timestamp {
    /// Returns the instant, or `None` if the text is not one.
    #[must_use]
    pub fn instant(&self) -> Option<jiff::Timestamp> {
        match &self.0 {
            Form::Moment(millis) | Form::Millis(millis) => jiff::Timestamp::from_millisecond(*millis).ok(),
            Form::Text(text) => parse(text),
        }
    }

    /// Parses text that is not in the server's own form.
    #[cold]
    fn from_other_text(text: &str) -> Self {
        parse(text)
            .filter(|instant| instant.subsec_nanosecond() % 1_000_000 == 0)
            .and_then(|instant| moment(instant.as_millisecond()))
            .unwrap_or_else(|| Self(Form::Text(text.into())))
    }
}

/// Creates an instant that the server's form can represent.
fn moment(millis: i64) -> Option<Timestamp> {
    let instant = jiff::Timestamp::from_millisecond(millis).ok()?;
    (Offset::UTC.to_datetime(instant).year() >= 0).then_some(Timestamp(Form::Moment(millis)))
}

/// Parses every form except integers.
fn parse(text: &str) -> Option<jiff::Timestamp> {
    let bytes = text.as_bytes();
    // The shape excludes dates without a time and leap seconds, which would be written back differently.
    if bytes.len() < 19 || bytes[10..].contains(&b'[') || &bytes[17..19] == b"60" {
        return None;
    }
    if bytes.len() == 19 && bytes[10] == b' ' {
        return Offset::UTC.to_timestamp(text.parse().ok()?).ok();
    }
    text.parse().ok()
}

/// Parses the server's own form, `2026-03-01T00:00:00.000+0000`, into milliseconds since 1970.
fn parse_canonical(text: &[u8]) -> Option<i64> {
    let text: &[u8; 28] = text.try_into().ok()?;
    let marks = [text[4], text[7], text[10], text[13], text[16], text[19]];
    if marks != *b"--T::." || &text[23..] != b"+0000" {
        return None;
    }
    let year = number(&text[..4])?;
    let date = Date::new(year, number(&text[5..7])? as i8, number(&text[8..10])? as i8).ok()?;
    let (hour, minute, second) = (number(&text[11..13])?, number(&text[14..16])?, number(&text[17..19])?);
    let nanos = i32::from(number(&text[20..23])?) * 1_000_000;
    let time = Time::new(hour as i8, minute as i8, second as i8, nanos).ok()?;
    Some(Offset::UTC.to_timestamp(DateTime::from_parts(date, time)).ok()?.as_millisecond())
}

/// Reads up to four digits.
fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0')))
}

/// Writes the server's own form.
fn canonical(millis: i64) -> [u8; 28] {
    let mut text = *b"0000-00-00T00:00:00.000+0000";
    // `Moment` contains only values for which this cannot fail.
    let at = Offset::UTC.to_datetime(jiff::Timestamp::from_millisecond(millis).unwrap_or_default());
    let mut put = |end: usize, width: usize, mut value: i16| {
        for digit in text[end - width..end].iter_mut().rev() {
            *digit = b'0' + (value % 10) as u8;
            value /= 10;
        }
    };
    put(4, 4, at.year());
    put(7, 2, at.month().into());
    put(10, 2, at.day().into());
    put(13, 2, at.hour().into());
    put(16, 2, at.minute().into());
    put(19, 2, at.second().into());
    put(23, 3, at.millisecond());
    text
}

fn as_text(form: &[u8; 28]) -> &str {
    // Only digits and punctuation.
    std::str::from_utf8(form).unwrap_or_default()
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        match parse_canonical(text.as_bytes()) {
            Some(millis) => Self(Form::Moment(millis)),
            None => Self::from_other_text(text),
        }
    }
}

impl FromStr for Timestamp {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

/// Truncates to milliseconds.
impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        moment(instant.as_millisecond()).unwrap_or_else(|| Self(Form::Text(instant.to_string().into())))
    }
}

impl From<&jiff::ZonedDateTime> for Timestamp {
    fn from(zoned: &jiff::ZonedDateTime) -> Self {
        zoned.timestamp().into()
    }
}

/// Writes the text as it is on the wire, in the service's own form for milliseconds. For people, print the
/// [`instant`](Timestamp::instant) in a time zone.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Moment(millis) => f.write_str(as_text(&canonical(*millis))),
            Form::Millis(millis) => match moment(*millis) {
                Some(moment) => moment.fmt(f),
                None => millis.fmt(f),
            },
            Form::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Texts that are not instants come first, ordered as text.
impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.instant(), other.instant()) {
            (None, None) => self.to_string().cmp(&other.to_string()),
            (one, other) => one.cmp(&other),
        }
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.instant() {
            Some(instant) => instant.hash(state),
            None => self.to_string().hash(state),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Moment(millis) => serializer.serialize_str(as_text(&canonical(*millis))),
            Form::Millis(millis) => serializer.serialize_i64(*millis),
            Form::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyForm)
    }
}

struct AnyForm;

impl Visitor<'_> for AnyForm {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date as text or in milliseconds")
    }

    fn visit_str<E>(self, text: &str) -> Result<Timestamp, E> {
        Ok(text.into())
    }

    fn visit_i64<E>(self, millis: i64) -> Result<Timestamp, E> {
        Ok(Timestamp(Form::Millis(millis)))
    }

    fn visit_u64<E: Error>(self, millis: u64) -> Result<Timestamp, E> {
        millis.try_into().map(|millis| Timestamp(Form::Millis(millis))).map_err(|_| E::custom("a date beyond 64 bits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CANONICAL: &str = "2026-03-01T00:00:00.000+0000";

    fn json(text: &str) -> String {
        serde_json::to_string(&serde_json::from_str::<Timestamp>(text).unwrap()).unwrap()
    }

    #[test]
    fn every_form_is_read_and_the_server_s_is_written() {
        for form in [
            CANONICAL,
            "2026-03-01T00:00:00+0000",
            "2026-03-01T00:00:00.000Z",
            "2026-03-01T00:00:00Z",
            "2026-03-01T00:00:00+00:00",
            "2026-02-28T18:00:00.000-0600",
            "2026-03-01T05:45:00+05:45",
            "2026-03-01 00:00:00",
            "2026-03-01T00:00:00.000000Z",
        ] {
            assert_eq!(Timestamp::from(form).to_string(), CANONICAL, "{form}");
        }
    }

    #[test]
    fn odd_texts_are_kept() {
        for text in [
            "",
            "-1",
            "soon",
            "2026-03-01",
            "2026-03-01T00:00:00",
            "2026-02-30T00:00:00.000+0000",
            "2026-03-01T00:00:60.000+0000",
            "2026-03-01T24:00:00.000+0000",
            "9999-12-31T23:59:59.999+0000",
            "2026-03-01T00:00:00.00é+0000",
            "2026-03-01T00:00:00Z[Europe/Berlin]",
        ] {
            let quoted = serde_json::to_string(text).unwrap();
            assert_eq!(json(&quoted), quoted);
            assert_eq!(Timestamp::from(text).instant(), None, "{text}");
        }
    }

    #[test]
    fn fine_texts_are_kept_and_still_name_an_instant() {
        let fine = "\"2026-03-01T00:00:00.000123456Z\"";
        assert_eq!(json(fine), fine);
        let fine: Timestamp = serde_json::from_str(fine).unwrap();
        assert_eq!(fine.instant().unwrap().subsec_nanosecond(), 123_456);
        assert!(fine > Timestamp::from(CANONICAL));
    }

    #[test]
    fn integers_stay_integers() {
        assert_eq!(json("1771308178221"), "1771308178221");
        assert_eq!(json("-9223372036854775808"), "-9223372036854775808");
        let integer: Timestamp = serde_json::from_str("1772323200000").unwrap();
        assert_eq!(integer, Timestamp::from(CANONICAL));
        assert_eq!(integer.to_string(), CANONICAL);
        assert!(serde_json::from_str::<Timestamp>("18446744073709551615").is_err());
        assert!(serde_json::from_str::<Timestamp>("true").is_err());
    }

    #[test]
    fn years_below_zero_survive() {
        let old: jiff::Timestamp = "-000044-03-15T12:00:00Z".parse().unwrap();
        assert_eq!(Timestamp::from(old).instant(), Some(old));
        assert_eq!(Timestamp::from(Timestamp::from(old).to_string().as_str()).instant(), Some(old));
    }

    #[test]
    fn jiff_s_extremes_survive() {
        for instant in [jiff::Timestamp::MIN, jiff::Timestamp::MAX] {
            let millis = Timestamp::from(instant).instant().unwrap().as_millisecond();
            assert_eq!(millis, instant.as_millisecond());
        }
    }

    proptest! {
        #[test]
        fn instants_survive(millis in -62_167_219_200_000i64..=253_402_207_200_000) {
            let instant = jiff::Timestamp::from_millisecond(millis).unwrap();
            let ours = Timestamp::from(instant);
            prop_assert_eq!(ours.instant(), Some(instant));
            prop_assert_eq!(ours.to_string(), instant.strftime("%Y-%m-%dT%H:%M:%S.%3f+0000").to_string());
            prop_assert_eq!(parse_canonical(ours.to_string().as_bytes()), Some(millis));
        }

        #[test]
        fn the_fast_path_agrees_with_jiff(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]\\.[0-9]{3}\\+0000",
        ) {
            let fast = parse_canonical(text.as_bytes());
            prop_assert_eq!(fast, parse(&text).map(|instant| instant.as_millisecond()));
        }

        #[test]
        fn any_text_is_kept_or_means_the_same(text in "\\PC{0,30}") {
            let read = Timestamp::from(text.as_str());
            let written = read.to_string();
            prop_assert!(written == text || Timestamp::from(written.as_str()) == read && read.instant().is_some());
        }
    }
}
