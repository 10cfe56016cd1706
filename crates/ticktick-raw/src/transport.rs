//! The interface between calls and the network.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use ticktick_models::Misfit;

use crate::{Error, Operation, Request, Response};

/// A boxed future, as [`Transport::send`] returns it.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests to the service, or to a server in its place.
///
/// Returns `Ok` for a response of any status; [`Call`](crate::Call) detects refusals.
///
/// # Examples
///
/// ```
/// use ticktick_raw::{Error, Pending, Request, Response, Transport};
///
/// struct Canned;
///
/// impl Transport for Canned {
///     fn send<'a>(&'a self, _: Request) -> Pending<'a, Result<Response, Error>> {
///         Box::pin(async { Ok(Response::new(200, "[]")) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends the request and waits for the complete response.
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>>;

    /// Records the values of a response that did not fit their types, and returns whether the response is
    /// accepted. If not, the call fails with [`Error::Decode`].
    ///
    /// Accepts every response by default.
    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        let _ = (operation, misfits);
        true
    }

    /// Returns whether an upload may be sent while its file is read, as [`Call::upload`](crate::Call::upload) does, and
    /// whether a response may be read while it arrives ([`Call::reader`](crate::Call::reader)).
    ///
    /// A transport that hands requests unchanged to another one, and does not look at bodies, returns what that one
    /// returns. Defaults to false: the file is read into memory first, and requests and responses contain everything.
    fn can_stream(&self) -> bool {
        false
    }
}

impl<T: Transport + ?Sized> Transport for &T {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        (**self).send(request)
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        (**self).accepts(operation, misfits)
    }

    fn can_stream(&self) -> bool {
        (**self).can_stream()
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        (**self).send(request)
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        (**self).accepts(operation, misfits)
    }

    fn can_stream(&self) -> bool {
        (**self).can_stream()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        (**self).send(request)
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        (**self).accepts(operation, misfits)
    }

    fn can_stream(&self) -> bool {
        (**self).can_stream()
    }
}
