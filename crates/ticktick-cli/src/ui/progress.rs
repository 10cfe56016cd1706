//! Progress on standard error, for longer operations.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long an operation may take before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often it is drawn.
const TICK: Duration = Duration::from_millis(100);

const SPINNER: &str = "{spinner:.cyan} {msg} {elapsed:.dim}";

/// A spinner that appears after half a second and is removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Ends the wait of the thread.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts a spinner with a text, such as "syncing".
    pub(crate) fn spinner(text: &str, shown: bool) -> Self {
        Self::start(ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()), text, shown)
    }

    fn start(bar: ProgressBar, text: &str, shown: bool) -> Self {
        if let Ok(style) = ProgressStyle::with_template(SPINNER) {
            bar.set_style(style);
        }
        bar.set_message(text.to_owned());
        if !shown {
            return Self { bar, stop: None, thread: None };
        }
        let (stop, stopped) = mpsc::channel::<()>();
        let later = bar.clone();
        let thread = thread::spawn(move || {
            if stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                later.set_draw_target(ProgressDrawTarget::stderr());
                later.enable_steady_tick(TICK);
            }
        });
        Self { bar, stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quick_shows_nothing() {
        for shown in [false, true] {
            assert!(Progress::spinner("reading", shown).bar.is_hidden());
        }
    }

    #[test]
    fn the_template_is_valid() {
        assert!(ProgressStyle::with_template(SPINNER).is_ok());
    }
}
