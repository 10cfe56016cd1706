//! Prints what the simulator costs: building, memory, full syncs against bare bytes, and writes.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Simulator};
use tokio::runtime::Runtime;

const ROUNDS: usize = 41;
const WRITES: u32 = 10_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    large_account(&runtime);
    full_sync(&runtime);
    writes(&runtime, 10_000);
    writes(&runtime, 100_000);
}

/// Memory is measured first, while nothing else has been in it.
fn large_account(runtime: &Runtime) {
    let before = memory("VmRSS:");
    let start = Instant::now();
    let sim = simulator(runtime, 100_000);
    let built = start.elapsed();
    let mut client = Client::signed_on(&sim);
    let bytes = client.full_sync();
    let first = start.elapsed() - built;
    let (now, peak) = (memory("VmRSS:") - before, memory("VmHWM:") - before);
    let ratio = |kilobytes: usize| (kilobytes * 1024) as f64 / bytes as f64;
    println!("account of 100,000 open tasks: {:.1} MB of JSON", bytes as f64 / 1e6);
    println!("built in {:.2} s, first full sync {:.3} s", built.as_secs_f64(), first.as_secs_f64());
    println!("memory after a full sync {:.2}x the JSON, at most {:.2}x", ratio(now), ratio(peak));
    for _ in 0..3 {
        client.write(WRITES);
        client.full_sync();
    }
    println!("memory at most {:.2}x after more writes and syncs", ratio(memory("VmHWM:") - before));
}

/// Both sides send the same bytes to the same client, in turns.
fn full_sync(runtime: &Runtime) {
    let sim = simulator(runtime, 10_000);
    let mut client = Client::signed_on(&sim);
    let bytes = client.full_sync();
    let mut bare = Client { stream: BufReader::new(TcpStream::connect(bare_server(bytes)).unwrap()), token: None };
    let (mut served, mut sent, mut rendered) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        served.push(time(|| client.full_sync()));
        sent.push(time(|| bare.full_sync()));
        client.write(WRITES);
        rendered.push(time(|| client.full_sync()));
    }
    let (served, sent, rendered) = (median(served), median(sent), median(rendered));
    println!("full sync of 10,000 tasks ({:.2} MB), median of {ROUNDS}, interleaved", bytes as f64 / 1e6);
    println!("served {served:.2} ms, same bytes from memory {sent:.2} ms, ratio {:.3}", served / sent);
    println!("rendered anew after a write {rendered:.2} ms, ratio {:.3}", rendered / sent);
}

fn writes(runtime: &Runtime, tasks: usize) {
    let sim = simulator(runtime, tasks);
    let mut client = Client::signed_on(&sim);
    let start = Instant::now();
    for number in 0..WRITES {
        client.write(number);
    }
    let rate = f64::from(WRITES) / start.elapsed().as_secs_f64();
    println!("batch writes of one task over one connection, {tasks} tasks there: {rate:.0} a second");
}

fn simulator(runtime: &Runtime, tasks: usize) -> Simulator {
    runtime.block_on(Simulator::builder().synthetic(tasks, 1).start()).unwrap()
}

/// Answers every request with so many bytes that are in memory already.
fn bare_server(bytes: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut stream = BufReader::new(listener.accept().unwrap().0);
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {bytes}\r\n\r\n{}", "x".repeat(bytes));
        while head(&mut stream).is_some() {
            stream.get_mut().write_all(answer.as_bytes()).unwrap();
        }
    });
    address
}

/// A client that costs next to nothing: it throws bodies away.
struct Client {
    stream: BufReader<TcpStream>,
    token: Option<String>,
}

impl Client {
    fn signed_on(sim: &Simulator) -> Self {
        let address = sim.base_url().strip_prefix("http://").unwrap().to_owned();
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let mut client = Self { stream: BufReader::new(stream), token: None };
        let body = format!(r#"{{"username":"{DEMO_USER}","password":"{DEMO_PASSWORD}"}}"#);
        let answer = client.call("POST", "/api/v2/user/signon?wc=true&remember=true", &body);
        let token = answer.split_once("\"token\":\"").unwrap().1.split('"').next().unwrap();
        client.token = Some(token.to_owned());
        client
    }

    fn full_sync(&mut self) -> usize {
        self.send("GET", "/api/v3/batch/check/0", "");
        let mut left = head(&mut self.stream).unwrap();
        let bytes = left;
        let mut buffer = vec![0; 1 << 18];
        while left > 0 {
            let most = left.min(buffer.len());
            left -= self.stream.read(&mut buffer[..most]).unwrap();
        }
        bytes
    }

    fn write(&mut self, number: u32) {
        let task = format!(
            r#"{{"id":"64f0c1d2a3b4c5d6e7{number:06x}","projectId":"inbox","title":"Task {number}","content":"A line of text.","priority":3,"tags":["work"],"startDate":"2026-03-01T08:00:00.000+0000","timeZone":"Europe/Istanbul"}}"#
        );
        let answer = self.call("POST", "/api/v2/batch/task", &format!(r#"{{"add":[{task}],"update":[],"delete":[]}}"#));
        assert!(answer.contains(&format!("{number:06x}")), "{answer}");
    }

    fn call(&mut self, method: &str, target: &str, body: &str) -> String {
        self.send(method, target, body);
        let mut answer = vec![0; head(&mut self.stream).unwrap()];
        self.stream.read_exact(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    fn send(&mut self, method: &str, target: &str, body: &str) {
        let cookie = self.token.as_ref().map_or(String::new(), |token| format!("cookie: t={token}\r\n"));
        let request = format!(
            "{method} {target} HTTP/1.1\r\nhost: localhost\r\norigin: https://ticktick.com\r\n\
             referer: https://ticktick.com/\r\nuser-agent: Mozilla/5.0 (bench)\r\ncontent-type: application/json\r\n\
             x-device: {{\"platform\":\"web\",\"version\":8121,\"id\":\"66aabbccddeeff0011223344\"}}\r\n\
             {cookie}content-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
    }
}

/// Reads the head of a message and returns the length of its body, or none at the end of the stream.
fn head(stream: &mut BufReader<TcpStream>) -> Option<usize> {
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        } else if line == "\r\n" {
            return Some(length);
        }
    }
}

/// Returns a figure of this process in kilobytes, as Linux tells it.
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}
