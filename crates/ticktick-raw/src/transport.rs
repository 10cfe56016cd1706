//! What carries a request to the service.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use ticktick_models::Misfit;

use crate::{Error, Operation, Request, Response};

/// A boxed future, as [`Transport::send`] returns it.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests to the service, or to something that answers in its place.
///
/// An answer of any status is an `Ok`; [`Call`](crate::Call) tells refusals apart.
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
    /// Sends the request and waits for the whole answer.
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>>;

    /// Takes note of what did not fit its type in an answer that was read all the same, and returns whether that is
    /// accepted. If not, the call fails with [`Error::Decode`].
    ///
    /// Accepts everything by default.
    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        let _ = (operation, misfits);
        true
    }
}

impl<T: Transport + ?Sized> Transport for &T {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        (**self).send(request)
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        (**self).accepts(operation, misfits)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        (**self).send(request)
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        (**self).accepts(operation, misfits)
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        (**self).send(request)
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        (**self).accepts(operation, misfits)
    }
}
