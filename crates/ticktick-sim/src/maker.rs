//! Makes what a server makes: ids, etags and tokens, the same ones for the same seed.

use ticktick_models::{IdSource, TaskId};

use crate::clock::SimClock;

const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const LOWER_HEX: &[u8] = b"0123456789abcdef";
const UPPER_HEX: &[u8] = b"0123456789ABCDEF";

/// Length of a session token; real ones have 200 to 370 characters.
const TOKEN: usize = 240;

/// A seeded source.
pub(crate) struct Maker {
    random: fastrand::Rng,
    ids: IdSource,
}

impl Maker {
    pub(crate) fn new(seed: u64, clock: &SimClock) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let entropy = random.u64(..).to_be_bytes();
        Self { random, ids: IdSource::new(clock.clone(), entropy) }
    }

    /// Makes an id; those of all kinds have one form.
    pub(crate) fn id(&mut self) -> String {
        TaskId::new_with(&mut self.ids).to_string()
    }

    pub(crate) fn etag(&mut self) -> String {
        pick(&mut self.random, LOWER, 8)
    }

    pub(crate) fn token(&mut self) -> String {
        pick(&mut self.random, UPPER_HEX, TOKEN)
    }

    pub(crate) fn hex(&mut self, digits: usize) -> String {
        pick(&mut self.random, LOWER_HEX, digits)
    }
}

fn pick(random: &mut fastrand::Rng, letters: &[u8], count: usize) -> String {
    (0..count).map(|_| char::from(letters[random.usize(..letters.len())])).collect()
}

/// Tells whether an id has the form that the service keeps: 24 lower-case hex digits.
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
    fn ids_are_kept_and_differ() {
        let mut maker = maker(1);
        let (one, two) = (maker.id(), maker.id());
        assert!(is_id(&one) && is_id(&two) && one != two, "{one} {two}");
        for foreign in ["", "7", "69A38180aaaaaaaaaa000001", "69a38180-aaaa-aaaa-aaaa-00001"] {
            assert!(!is_id(foreign), "{foreign}");
        }
    }
}
