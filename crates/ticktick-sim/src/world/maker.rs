//! Generates ids, etags and tokens; the same seed produces the same ones.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use ticktick_models::{IdSource, TaskId};

use crate::world::clock::SimClock;
use crate::world::part::Part;

const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const LOWER_HEX: &[u8] = b"0123456789abcdef";
const UPPER_HEX: &[u8] = b"0123456789ABCDEF";

/// Length of a session token; real ones have 200 to 370 characters.
const TOKEN: usize = 240;

/// A seeded generator.
pub(crate) struct Maker {
    random: fastrand::Rng,
    ids: IdSource,
    /// The seed for ids.
    entropy: [u8; 8],
    /// Number of ids generated with this seed.
    made: u32,
    clock: SimClock,
}

/// The state of a generator.
#[derive(Serialize, Deserialize)]
pub(crate) struct MakerState {
    #[serde(with = "hex")]
    random: u64,
    #[serde(with = "hex")]
    ids: u64,
}

/// Encodes long numbers as text, because not every language parses them exactly.
mod hex {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(number: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{number:016x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

impl Maker {
    pub(crate) fn new(seed: u64, clock: &SimClock) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let entropy = random.u64(..).to_be_bytes();
        Self { random, ids: IdSource::new(clock.clone(), entropy), entropy, made: 0, clock: clock.clone() }
    }

    /// Returns its state; [`Self::restore_state`] restores it.
    pub(crate) fn state(&self) -> MakerState {
        let [a, b, c, d, e, counter @ ..] = self.entropy;
        let [high, middle, low] = counter;
        let count = u32::from_be_bytes([0, high, middle, low]).wrapping_add(self.made);
        let [_, high, middle, low] = count.to_be_bytes();
        MakerState { random: self.random.get_seed(), ids: u64::from_be_bytes([a, b, c, d, e, high, middle, low]) }
    }

    /// Restores a state.
    pub(crate) fn restore_state(&mut self, state: &MakerState) {
        self.random = fastrand::Rng::with_seed(state.random);
        self.entropy = state.ids.to_be_bytes();
        self.made = 0;
        self.ids = IdSource::new(self.clock.clone(), self.entropy);
    }

    /// Creates an id. Ids of all kinds of objects have the same form.
    pub(crate) fn id(&mut self) -> String {
        self.made = self.made.wrapping_add(1);
        TaskId::new_with(&mut self.ids).to_string()
    }

    pub(crate) fn etag(&mut self) -> String {
        pick(&mut self.random, LOWER, 8)
    }

    pub(crate) fn token(&mut self) -> String {
        pick(&mut self.random, UPPER_HEX, TOKEN)
    }

    /// Creates a code of six digits.
    pub(crate) fn digits(&mut self) -> String {
        pick(&mut self.random, b"0123456789", 6)
    }

    pub(crate) fn hex(&mut self, digits: usize) -> String {
        pick(&mut self.random, LOWER_HEX, digits)
    }
}

impl Part for Maker {
    fn write(&self, out: &mut Vec<u8>) {
        self.state().write(out);
    }

    fn read(&mut self, json: &RawValue) -> Result<(), serde_json::Error> {
        self.restore_state(&serde_json::from_str(json.get())?);
        Ok(())
    }
}

fn pick(random: &mut fastrand::Rng, letters: &[u8], count: usize) -> String {
    (0..count).map(|_| char::from(letters[random.usize(..letters.len())])).collect()
}

/// Returns `true` if an id has the form that the service keeps: 24 lower-case hex digits.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| LOWER_HEX.contains(&byte))
}

#[cfg(test)]
mod tests {
    use ticktick_models::FixedClock;

    use super::*;

    fn maker(seed: u64) -> Maker {
        let now = "2026-03-01T00:00:00Z".parse().unwrap();
        Maker::new(seed, &SimClock::new(FixedClock(now)))
    }

    #[test]
    fn the_same_seed_makes_the_same() {
        let (mut one, mut two) = (maker(7), maker(7));
        assert_eq!(one.id(), two.id());
        assert_eq!(one.etag(), two.etag());
        assert_eq!(one.token().len(), TOKEN);
    }

    #[test]
    fn a_maker_continues_from_a_restored_state() {
        let (mut one, mut two) = (maker(7), maker(8));
        one.id();
        one.etag();
        let mut state = Vec::new();
        one.write(&mut state);
        two.read(serde_json::from_slice(&state).unwrap()).unwrap();
        assert_eq!(one.id(), two.id());
        assert_eq!(one.etag(), two.etag());
        assert_eq!(one.token(), two.token());
        for broken in [r#"{"random":"","ids":"0"}"#, r#"{"random":"x","ids":"0"}"#, "[]"] {
            assert!(two.read(serde_json::from_str(broken).unwrap()).is_err(), "{broken}");
        }
    }

    #[test]
    fn ids_are_kept_and_differ() {
        let mut maker = maker(1);
        let (one, two) = (maker.id(), maker.id());
        assert!(is_id(&one) && is_id(&two) && one != two, "{one} {two}");
        for foreign in ["", "7", "69A38180aaaaaaaaaa000001", "69a38180-aaaa-aaaa-aaaa-00001"] {
            assert!(!is_id(foreign), "{foreign}");
        }
    }
}
