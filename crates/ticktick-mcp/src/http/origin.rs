//! Refuses the requests of web pages from elsewhere.

use axum::extract::Request;
use axum::http::header::ORIGIN;
use axum::http::uri::Scheme;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The hosts of pages that may send requests, on any port.
const HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Passes on a request without `Origin`, which programs send, and those of pages of this machine.
pub(super) async fn check(request: Request, next: Next) -> Response {
    let is_here = |origin: &[u8]| Uri::try_from(origin).is_ok_and(|origin| is_here(&origin));
    if request.headers().get_all(ORIGIN).iter().all(|origin| is_here(origin.as_bytes())) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "The header `Origin` is not a page of this machine.\n").into_response()
}

/// Compares the host as a whole, and lets nothing but a port follow it.
fn is_here(origin: &Uri) -> bool {
    let Some(authority) = origin.authority() else { return false };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let host = match authority.as_str().rsplit_once(':') {
        Some((host, port)) if is_port(port) => host,
        _ => authority.as_str(),
    };
    origin.scheme() == Some(&Scheme::HTTP)
        && HOSTS.iter().any(|name| host.eq_ignore_ascii_case(name))
        && origin.path() == "/"
        && origin.query().is_none()
}
