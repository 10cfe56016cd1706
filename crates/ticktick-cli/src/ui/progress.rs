//! Progress on standard error, for what takes longer than a moment.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long something may take before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often it is drawn.
const TICK: Duration = Duration::from_millis(100);

const SPINNER: &str = "{spinner:.cyan} {msg} {elapsed:.dim}";
const BAR: &str = "{msg} {bar:24.cyan/dim} {pos} of {len} {elapsed:.dim}";

/// A spinner or a bar that appears after half a second and is removed when it is dropped.
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
        Self::start(ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()), SPINNER, text, shown)
    }

    /// Starts a bar with a text and a number of steps.
    pub(crate) fn bar(text: &str, steps: u64, shown: bool) -> Self {
        Self::start(ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden()), BAR, text, shown)
    }

    /// Records that some steps are done.
    pub(crate) fn advance(&self, steps: u64) {
        self.bar.inc(steps);
    }

    fn start(bar: ProgressBar, template: &str, text: &str, shown: bool) -> Self {
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("█▌░"));
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
            let progress = Progress::bar("importing", 3, shown);
            progress.advance(2);
            assert!(progress.bar.is_hidden());
            assert_eq!((progress.bar.position(), progress.bar.length()), (2, Some(3)));
        }
    }

    #[test]
    fn templates_are_valid() {
        for template in [SPINNER, BAR] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
