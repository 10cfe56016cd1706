//! Reads and writes 10,000 tasks, with and without keeping what is not known.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use ticktick_benches::{LossyTask, tasks};
use ticktick_models::Task;

fn decode(c: &mut Criterion) {
    let json = tasks(10_000);
    let decoded: Vec<Task> = serde_json::from_str(&json).unwrap();
    let mut group = c.benchmark_group("10k tasks");
    group.sample_size(20).throughput(Throughput::Bytes(json.len() as u64));
    group.bench_function("decode, lossless", |b| {
        b.iter_with_large_drop(|| ticktick_models::decode::<Vec<Task>>(black_box(json.as_bytes())).unwrap());
    });
    group.bench_function("decode, unknown keys dropped", |b| {
        b.iter_with_large_drop(|| ticktick_models::decode::<Vec<LossyTask>>(black_box(json.as_bytes())).unwrap());
    });
    group.bench_function("encode", |b| {
        b.iter_batched(|| (), |()| serde_json::to_vec(black_box(&decoded)).unwrap(), BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, decode);
criterion_main!(benches);
