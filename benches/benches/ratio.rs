//! Prints what keeping unknown keys costs: the ratio of two decoders in one interleaved run, by the median of each.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use ticktick_benches::{LossyTask, tasks};
use ticktick_models::{Task, decode};

const ROUNDS: usize = 101;

fn time<T: DeserializeOwned>(json: &[u8]) -> Duration {
    let start = Instant::now();
    let decoded: Vec<T> = decode(black_box(json)).unwrap();
    let elapsed = start.elapsed();
    drop(black_box(decoded));
    elapsed
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn main() {
    let json = tasks(10_000);
    let (mut lossless, mut lossy) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Whoever comes second finds the memory of the first: take turns.
        if round % 2 == 0 {
            lossless.push(time::<Task>(json.as_bytes()));
            lossy.push(time::<LossyTask>(json.as_bytes()));
        } else {
            lossy.push(time::<LossyTask>(json.as_bytes()));
            lossless.push(time::<Task>(json.as_bytes()));
        }
    }
    let (lossless, lossy) = (median(lossless), median(lossy));
    println!("decode 10k tasks ({:.2} MB), median of {ROUNDS}, interleaved", json.len() as f64 / 1e6);
    println!("lossless {lossless:.2} ms, unknown keys dropped {lossy:.2} ms, ratio {:.3}", lossless / lossy);
}
