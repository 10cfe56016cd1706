//! The HTTP server. The only file that uses axum: converts HTTP to [`Incoming`], and [`Reply`] to HTTP.

mod pieces;
mod socket;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State as Shared};
use axum::http::header::{CONTENT_LENGTH, DATE};
use axum::http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::control::state::State;
use crate::exchange::call::Incoming;
use crate::exchange::reply::{Lost, Reply, http_date};
use crate::server::http::pieces::Pieces;
use crate::server::http::socket::{Knife, Sockets};
use crate::server::serve::BODY_LIMIT;

/// A server that listens until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    /// Dropping it stops the server.
    running: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(state: Arc<State>, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (running, dropped) = oneshot::channel::<()>();
        let app = Router::new().fallback(answer).with_state(state);
        let app = app.into_make_service_with_connect_info::<Knife>();
        let task = tokio::spawn(async move {
            let stop = async move { drop(dropped.await) };
            // Serving ends only by the signal; failed connections are handled inside.
            drop(axum::serve(Sockets(listener), app).with_graceful_shutdown(stop).await);
        });
        Ok(Self { address, running, task })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) async fn stop(self) {
        drop(self.running);
        // The task fails only after a panic, which has already been reported.
        drop(self.task.await);
    }
}

async fn answer(
    Shared(state): Shared<Arc<State>>,
    ConnectInfo(knife): ConnectInfo<Knife>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return response(Reply::empty().with_status(413));
    };
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let headers = parts
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let incoming =
        Incoming { method: parts.method.as_str().to_owned(), target, headers: headers.collect(), body: body.into() };
    let reply = state.serve(incoming);
    if !reply.delivery.late.is_zero() {
        tokio::time::sleep(reply.delivery.late).await;
    }
    if let Some(Lost::Unheard | Lost::Answer) = reply.delivery.lost {
        knife.cut();
    }
    let mut response = response(reply);
    // Hyper would send the time of the machine.
    if let Ok(date) = HeaderValue::from_str(&http_date(state.world().clock.now())) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

fn response(reply: Reply) -> Response<Body> {
    let length = reply.body.len();
    let body = match (reply.delivery.lost, reply.delivery.drip) {
        (Some(Lost::HalfBody), _) => Body::new(Pieces::half(reply.body)),
        (_, Some(drip)) => Body::new(Pieces::slow(reply.body, drip.bytes, drip.pause)),
        _ => Body::from(reply.body),
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(&*name), HeaderValue::from_str(&value)) else { continue };
        if name != CONTENT_LENGTH {
            response.headers_mut().append(name, value);
        }
    }
    response
}
