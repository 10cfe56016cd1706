//! [`HttpServer`]: the server over streamable HTTP, for this machine only.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, ORIGIN, WWW_AUTHENTICATE};
use axum::http::uri::Scheme;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use ring::hmac;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use ticktick::Secret;
use tokio::net::TcpListener;

use crate::mend::mended;
use crate::server::Server;

/// The path of the endpoint.
const PATH: &str = "/mcp";
/// The hosts of web pages that may send requests, on any port. Programs send no `Origin`.
const PAGES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
/// How long a session of the older protocol lives without a request. An assistant can be idle for hours.
const IDLE: Duration = Duration::from_secs(12 * 3_600);
/// The largest request in bytes.
const LARGEST: usize = 4 * 1024 * 1024;
/// The shortest token that a user may choose.
const SHORTEST: usize = 16;

/// A [`Server`] over streamable HTTP. It listens on 127.0.0.1, and each request needs `Authorization: Bearer TOKEN`.
///
/// ```
/// use ticktick_mcp::{HttpServer, Options, Server};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), String> {
/// let server = HttpServer::bind(Server::demo(Options::default())?, 0, None).await?;
/// assert!(server.url().starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
pub struct HttpServer {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    token: Secret,
}

/// Recognizes the token.
#[derive(Clone)]
struct Lock {
    key: Arc<hmac::Key>,
    tag: hmac::Tag,
}

impl HttpServer {
    /// Listens on a port of 127.0.0.1; port 0 picks a free one. Without a token, creates a random one.
    ///
    /// # Errors
    ///
    /// If the port is in use, the token is shorter than 16 characters or contains anything but visible ASCII, or the system has
    /// no random numbers.
    pub async fn bind(server: Server, port: u16, token: Option<Secret>) -> Result<Self, String> {
        let token = token.map_or_else(random, checked)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        let listener = listener.map_err(|error| format!("cannot listen on port {port} of 127.0.0.1: {error}"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        // The library's own check accepts `http://localhost:3000.evil.com`.
        let config = StreamableHttpServerConfig::default().disable_allowed_origins();
        let mut sessions = LocalSessionManager::default();
        sessions.session_config.keep_alive = Some(IDLE);
        let service = StreamableHttpService::new(move || Ok(server.connection()), Arc::new(sessions), config);
        let router = Router::new()
            .route_service(PATH, service)
            .route_layer(from_fn(mend))
            .route_layer(from_fn_with_state(Lock::new(&token)?, guard))
            .route_layer(from_fn(check_origin));
        Ok(Self { listener, address, router, token })
    }

    /// Returns the address of the endpoint.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// Returns the token that requests need.
    #[must_use]
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// Serves until the future is dropped.
    ///
    /// # Errors
    ///
    /// If the socket fails.
    pub async fn serve(self) -> io::Result<()> {
        axum::serve(self.listener, self.router).await
    }
}

impl Lock {
    fn new(token: &Secret) -> Result<Self, String> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| error.to_string())?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        Ok(Self { tag: hmac::sign(&key, token.expose().as_bytes()), key: Arc::new(key) })
    }

    /// Returns whether a request has the token. Compares in constant time.
    fn opens(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
            let (scheme, given) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| given.trim())
        });
        given.is_some_and(|given| hmac::verify(&self.key, given.as_bytes(), self.tag.as_ref()).is_ok())
    }
}

async fn guard(State(lock): State<Lock>, request: Request, next: Next) -> Response {
    if lock.opens(request.headers()) {
        return next.run(request).await;
    }
    let text = "The bearer token is missing or wrong. The server printed it when it started.\n";
    (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")], text).into_response()
}

/// Refuses requests of web pages from other machines.
async fn check_origin(request: Request, next: Next) -> Response {
    let is_here = |origin: &[u8]| Uri::try_from(origin).is_ok_and(|origin| is_here(&origin));
    if request.headers().get_all(ORIGIN).iter().all(|origin| is_here(origin.as_bytes())) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "The header `Origin` is not a page on this machine.\n").into_response()
}

/// Compares the whole host of an origin; only a port may follow it.
fn is_here(origin: &Uri) -> bool {
    let Some(authority) = origin.authority() else { return false };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let host = match authority.as_str().rsplit_once(':') {
        Some((host, port)) if is_port(port) => host,
        _ => authority.as_str(),
    };
    origin.scheme() == Some(&Scheme::HTTP)
        && PAGES.iter().any(|name| host.eq_ignore_ascii_case(name))
        && origin.path() == "/"
        && origin.query().is_none()
}

/// Repairs the arguments of calls.
async fn mend(request: Request, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "The request is too large.\n").into_response();
    };
    let body = match mended(&body) {
        Some(mended) => {
            head.headers.insert(CONTENT_LENGTH, mended.len().into());
            Body::from(mended)
        }
        None => Body::from(body),
    };
    next.run(Request::from_parts(head, body)).await
}

fn random() -> Result<Secret, String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(Secret::from(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

fn checked(token: Secret) -> Result<Secret, String> {
    let is_visible = token.expose().bytes().all(|byte| byte.is_ascii_graphic());
    if is_visible && token.expose().len() >= SHORTEST {
        return Ok(token);
    }
    Err(format!("the token must have at least {SHORTEST} characters, all of them visible ASCII"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_opens() {
        let lock = Lock::new(&"0123456789abcdef".into()).unwrap();
        let opens = |value: &str| {
            let headers = [(AUTHORIZATION, value.parse().unwrap())].into_iter().collect();
            lock.opens(&headers)
        };
        assert!(opens("Bearer 0123456789abcdef") && opens("bearer 0123456789abcdef"));
        for wrong in
            ["Bearer", "Bearer ", "Bearer 0123456789abcde", "Bearer 0123456789abcdef0", "Basic 0123456789abcdef"]
        {
            assert!(!opens(wrong), "{wrong}");
        }
        assert!(!lock.opens(&HeaderMap::new()));
    }

    #[test]
    fn tokens_are_long_and_random() {
        assert_ne!(random().unwrap().expose(), random().unwrap().expose());
        assert!(checked("0123456789abcdef".into()).is_ok());
        for wrong in ["", "0123456789abcde", "0123456789abcde f", "0123456789abcdeé"] {
            assert!(checked(wrong.into()).is_err(), "{wrong}");
        }
    }
}
