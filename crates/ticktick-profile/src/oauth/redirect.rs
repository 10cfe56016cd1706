//! Receives the browser's redirect from the authorization page.

use std::io::{self, ErrorKind as IoKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;
use ticktick::Secret;

use crate::error::Error;

/// How long a connection may take to send its request.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);
const LONGEST_REQUEST: usize = 16 * 1024;

/// A listener on the redirect address.
#[derive(Debug)]
pub(super) struct Redirect {
    listener: TcpListener,
    path: String,
}

/// The content of a request.
enum Brought {
    Code(Secret),
    Refusal(String),
    Nothing,
}

impl Redirect {
    pub(super) fn listen(address: &str) -> Result<Self, Error> {
        let (port, path) = parts(address).ok_or_else(|| {
            Error::usage("the redirect address is not on this machine")
                .hint("use an address such as http://127.0.0.1:8765/callback, exactly as registered for the client")
        })?;
        let failed = |error: io::Error| {
            Error::failed(format!("cannot listen on port {port} of the redirect address: {error}"))
                .hint("close the program that uses the port, or register another redirect address")
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(failed)?;
        // Limits the wait.
        listener.set_nonblocking(true).map_err(failed)?;
        Ok(Self { listener, path: path.to_owned() })
    }

    /// Handles requests until one contains a code.
    pub(super) fn wait(&self, state: &str, limit: Duration) -> Result<Secret, Error> {
        let started = Instant::now();
        while started.elapsed() < limit {
            match self.listener.accept() {
                // A broken connection comes from another program.
                Ok((stream, _)) => match self.answer(stream, state).unwrap_or(Brought::Nothing) {
                    Brought::Code(code) => return Ok(code),
                    Brought::Refusal(why) => {
                        return Err(Error::refused(format!("the authorization was refused: {why}"))
                            .hint("try again, and grant access in the browser"));
                    }
                    Brought::Nothing => {}
                },
                Err(error) if error.kind() == IoKind::WouldBlock => thread::sleep(PAUSE),
                Err(error) => return Err(Error::failed(format!("the redirect cannot be received: {error}"))),
            }
        }
        Err(Error::refused(format!("access was not granted within {} s", limit.as_secs()))
            .hint("try again, or create a token in the settings of the web app and use --token-stdin"))
    }

    fn answer(&self, mut stream: TcpStream, state: &str) -> io::Result<Brought> {
        stream.set_nonblocking(false)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let request = read(&mut stream)?;
        let target = request.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let value = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let found = pairs.into_iter().find(|(key, _)| *key == name)?.1;
            percent_decode_str(found).decode_utf8().ok().map(String::from)
        };
        if path != self.path {
            return reply(&mut stream, "404 Not Found", "Nothing is here.").map(|()| Brought::Nothing);
        }
        if value("state").as_deref() != Some(state) {
            let text = "This page was not opened by the program that is waiting for it.";
            return reply(&mut stream, "400 Bad Request", text).map(|()| Brought::Nothing);
        }
        let brought = match (value("code"), value("error")) {
            (Some(code), None) => Brought::Code(code.into()),
            (_, error) => Brought::Refusal(plain(&error.unwrap_or_default())),
        };
        let text = match brought {
            Brought::Code(_) => "Access was granted. You can close this page and return to the terminal.",
            _ => "Access was not granted. You can close this page.",
        };
        // The code has arrived, even if the browser cannot show the page.
        drop(reply(&mut stream, "200 OK", text));
        Ok(brought)
    }
}

/// Reads the head of a request.
fn read(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    let mut chunk = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < LONGEST_REQUEST {
        match stream.read(&mut chunk)? {
            0 => break,
            count => head.extend_from_slice(&chunk[..count]),
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

fn reply(stream: &mut TcpStream, status: &str, text: &str) -> io::Result<()> {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>TickTick</title></head><body><p>{text}</p></body></html>"
    );
    let head = "Content-Type: text/html; charset=utf-8\r\nReferrer-Policy: no-referrer\r\nConnection: close";
    write!(stream, "HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {}\r\n\r\n{page}", page.len())?;
    stream.flush()
}

/// Returns the port and path of an address on the loopback interface.
fn parts(address: &str) -> Option<(u16, &str)> {
    let rest = address.strip_prefix("http://")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.rsplit_once(':')?;
    let port = port.parse().ok().filter(|port| *port != 0)?;
    let path = if path.is_empty() { "/" } else { path };
    (matches!(host, "127.0.0.1" | "localhost") && !path.contains(['?', '#'])).then_some((port, path))
}

/// Returns an error code of the service without control characters.
fn plain(error: &str) -> String {
    let known: String = error.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect();
    if known.is_empty() { "no reason was given".to_owned() } else { known }
}
