//! Prints what a mirror costs, as ratios to a full sync by the same client in the same interleaved run.
//!
//! `cargo bench -p ticktick-benches --bench mirror -- 10000` measures one size of account.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::cell::Cell;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use ticktick::Client;
use ticktick::jiff::civil::date;
use ticktick::mirror::{Mirror, TaskQuery};
use ticktick::raw::{Error, Pending, Request, Response, Transport};

const ROUNDS: usize = 11;

/// Answers from memory, so that only the client's work is measured.
struct Canned {
    full: Vec<u8>,
    delta: Vec<u8>,
    changed: Arc<AtomicBool>,
}

impl Transport for Canned {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        let body = match request.operation.id {
            "user.status" => br#"{"inboxId":"inbox1"}"#.to_vec(),
            "user.settings" => br#"{"timeZone":"Europe/Berlin"}"#.to_vec(),
            _ if request.path.ends_with("/0") => self.full.clone(),
            _ if self.changed.load(Ordering::Relaxed) => self.delta.clone(),
            _ => br#"{"checkPoint":1}"#.to_vec(),
        };
        Box::pin(async { Ok(Response::new(200, body)) })
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, work, address] = arguments.as_slice()
        && address.starts_with("http")
    {
        return peak(work, address).into_iter().for_each(|peak| println!("{peak}"));
    }
    let sizes: Vec<usize> = arguments.iter().filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000, 50_000] } else { sizes };
    sizes.into_iter().for_each(measure);
}

fn answer(tasks: &str, checkpoint: u32) -> Vec<u8> {
    format!(r#"{{"checkPoint":{checkpoint},"syncTaskBean":{{"update":{tasks}}},"inboxId":"inbox1"}}"#).into_bytes()
}

fn measure(tasks: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let full = answer(&ticktick_benches::tasks(tasks), 1);
    let megabytes = full.len() as f64 / 1e6;
    let delta = answer(&ticktick_benches::tasks(10).replace("call about", "write about"), 2);
    let canned = Canned { full: full.clone(), delta, changed: Arc::default() };
    let changed = Arc::clone(&canned.changed);
    let client = Client::builder().transport(canned).build().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let number = Cell::new(0);
    let kept = directory.path().join("kept.db");
    runtime.block_on(Mirror::open(&kept).unwrap().refresh(&client)).unwrap();
    Mirror::open(&kept).unwrap().search("offer", 10).unwrap();
    let list = |query: TaskQuery| {
        let rows = Mirror::open(&kept).unwrap().list(&query).unwrap();
        assert_eq!(black_box(rows).len(), tasks);
    };
    let mut steps: [Step; 9] = [
        Step::new("full sync, no mirror", || drop(black_box(runtime.block_on(client.sync().full()).unwrap()))),
        Step::new("full sync, new mirror", || {
            number.set(number.get() + 1);
            let path = directory.path().join(format!("{}.db", number.get()));
            let start = Instant::now();
            let mirror = Mirror::open(&path).unwrap();
            assert!(runtime.block_on(mirror.refresh(&client)).unwrap().full);
            taken(start.elapsed());
            remove(mirror, &path);
        }),
        Step::new("delta of 10, mirror written", || {
            changed.store(true, Ordering::Relaxed);
            let path = directory.path().join("delta.db");
            std::fs::copy(&kept, &path).unwrap();
            let mirror = Mirror::open(&path).unwrap();
            let start = Instant::now();
            assert_eq!(runtime.block_on(mirror.refresh(&client)).unwrap().changes.tasks.changed.len(), 10);
            taken(start.elapsed());
            remove(mirror, &path);
        }),
        Step::new("open", || drop(Mirror::open(&kept).unwrap())),
        Step::new("open, due on one day", || {
            let day = date(2026, 3, 7);
            assert!(!black_box(Mirror::open(&kept).unwrap().tasks_due(day..=day).unwrap()).is_empty());
        }),
        Step::new("open, list all", || list(TaskQuery::new())),
        Step::new("open, list all with texts", || list(TaskQuery::new().with_texts())),
        Step::new("open, the whole account", || drop(black_box(Mirror::open(&kept).unwrap().account().unwrap()))),
        Step::new("open, search", || {
            assert_eq!(black_box(Mirror::open(&kept).unwrap().search("offer part 99", 20).unwrap()).len().min(1), 1);
        }),
    ];
    for _ in 0..ROUNDS {
        for step in &mut steps {
            step.run();
        }
    }
    println!("{tasks} tasks, {megabytes:.1} MB, median of {ROUNDS}, interleaved");
    let base = steps[0].median();
    for step in &steps {
        println!("  {:<28} {:8.2} ms  {:6.3}x", step.name, step.median(), step.median() / base);
    }
    print_peaks(&full);
}

/// Serves an answer over HTTP, so that the process that asks holds nothing but what the client needs. Returns the address.
fn serve(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            while let Some(path) = asked(&mut stream) {
                let body: &[u8] = match () {
                    () if path.contains("settings") => br#"{"timeZone":"Europe/Berlin"}"#,
                    () if path.contains("status") => br#"{"inboxId":"inbox1"}"#,
                    () => &answer,
                };
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                    body.len()
                );
                stream.get_mut().write_all(head.as_bytes()).unwrap();
                stream.get_mut().write_all(body).unwrap();
            }
        }
    });
    address
}

/// Reads a request without a body. Returns its first line.
fn asked(stream: &mut impl BufRead) -> Option<String> {
    let mut lines = stream.lines().map_while(Result::ok);
    let first = lines.next()?;
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    Some(first)
}

/// Does one piece of work in a process of its own. Returns the peak of its memory in kilobytes.
fn peak(work: &str, address: &str) -> Option<u64> {
    let client = Client::builder().base_url(address).token("t").build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match work {
        "sync" => drop(black_box(runtime.block_on(client.sync().full()).unwrap())),
        "refresh" => {
            let directory = tempfile::tempdir().unwrap();
            let mirror = Mirror::open(directory.path().join("mirror.db")).unwrap();
            assert!(runtime.block_on(mirror.refresh(&client)).unwrap().full);
        }
        _ => drop(black_box(client)),
    }
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

/// Prints how much memory a sync takes at its peak, as a multiple of the answer.
fn print_peaks(answer: &[u8]) {
    let address = serve(answer.to_vec());
    for (work, name) in [("start", "no sync"), ("sync", "full sync, no mirror"), ("refresh", "full sync, new mirror")] {
        let output =
            std::process::Command::new(std::env::current_exe().unwrap()).arg(work).arg(&address).output().unwrap();
        if let Ok(kilobytes) = String::from_utf8_lossy(&output.stdout).trim().parse::<f64>() {
            let times = kilobytes * 1024.0 / answer.len() as f64;
            println!("  {name:<28} {:8.2} MB  {times:6.3}x the answer at the peak", kilobytes * 1.024e-3);
        }
    }
}

fn remove(mirror: Mirror, path: &Path) {
    drop(mirror);
    std::fs::remove_file(path).unwrap();
}

/// Time that a step measured itself, if only a part of it counts.
fn taken(time: Duration) {
    *PART.get_or_init(std::sync::Mutex::default).lock().unwrap() = Some(time);
}

static PART: OnceLock<std::sync::Mutex<Option<Duration>>> = OnceLock::new();

struct Step<'a> {
    name: &'static str,
    work: Box<dyn FnMut() + 'a>,
    times: Vec<Duration>,
}

impl<'a> Step<'a> {
    fn new(name: &'static str, work: impl FnMut() + 'a) -> Self {
        Self { name, work: Box::new(work), times: Vec::new() }
    }

    fn run(&mut self) {
        let start = Instant::now();
        (self.work)();
        let whole = start.elapsed();
        self.times.push(PART.get_or_init(std::sync::Mutex::default).lock().unwrap().take().unwrap_or(whole));
    }

    fn median(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64() * 1e3
    }
}
