use std::task::Waker;

use super::*;

/// Yields three numbers, with an error after the first.
struct Counter {
    next: u32,
    failed: bool,
}

impl Source for Counter {
    type Item = u32;

    fn step<'a>(mut self) -> Pending<'a, Step<Self>>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let read = if self.next == 1 && !self.failed {
                self.failed = true;
                Err(Error::invalid_input("not now"))
            } else {
                self.next += 1;
                Ok((self.next <= 3).then_some(self.next))
            };
            (self, read)
        })
    }
}

#[test]
fn a_stream_goes_on_after_an_error_and_ends_once() {
    let mut items = Items::Idle(Counter { next: 0, failed: false });
    let mut context = Context::from_waker(Waker::noop());
    let mut read = Vec::new();
    for _ in 0..6 {
        read.push(match Pin::new(&mut items).poll_next(&mut context) {
            Poll::Ready(Some(Ok(number))) => number.to_string(),
            Poll::Ready(Some(Err(_))) => "error".to_owned(),
            Poll::Ready(None) => "end".to_owned(),
            Poll::Pending => "pending".to_owned(),
        });
    }
    assert_eq!(read, ["1", "error", "2", "3", "end", "end"]);
}
