//! [`Pick`]: what a write is done to.

/// Chooses, in the same way each time for the same seed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pick {
    seed: u64,
    /// Whether only what fits is chosen; else one time in four anything is.
    fitting: bool,
}

impl Pick {
    pub(crate) fn any(seed: u64) -> Self {
        Self { seed, fitting: false }
    }

    pub(crate) fn fitting(seed: u64) -> Self {
        Self { seed, fitting: true }
    }

    /// Chooses a number below another one.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        // Knuth's generator; its high bits are the good ones.
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).unwrap() % most
    }

    /// Chooses an object, or returns `None` if no object fits.
    pub(crate) fn of<T: Clone>(&mut self, all: &[T], fits: impl Fn(&T) -> bool) -> Option<T> {
        let anything = self.below(4) == 0 && !self.fitting;
        let fitting: Vec<&T> = all.iter().filter(|one| anything || fits(one)).collect();
        (!fitting.is_empty()).then(|| fitting[self.below(fitting.len())].clone())
    }
}
