//! Bodies on their way in and out, as far as they say what a connection waits for.

use super::connections::Place;
use axum::body::{Body, Bytes};
use http_body::{Body as _, Frame, SizeHint};
use hyper::body::Incoming;
use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// Until more of a request's body comes.
const PAUSE_MAX: Duration = Duration::from_secs(10);

/// A request's body: its connection is busy from its end on. It breaks off when nothing more comes.
pub(super) struct Arriving {
    body: Incoming,
    place: Place,
    patience: Pin<Box<Sleep>>,
}

impl Arriving {
    pub(super) fn new(body: Incoming, place: Place) -> Self {
        if body.is_end_stream() {
            place.busy();
        }
        Self { body, place, patience: Box::pin(sleep(PAUSE_MAX)) }
    }
}

impl http_body::Body for Arriving {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if frame.is_pending() {
            ready!(self.patience.as_mut().poll(context));
            return Poll::Ready(Some(Err("the body did not go on".into())));
        }
        self.patience.as_mut().reset(Instant::now() + PAUSE_MAX);
        if matches!(frame, Poll::Ready(None)) || self.body.is_end_stream() {
            self.place.busy();
        }
        frame.map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer's body: its connection is idle when it has been handed over.
pub(super) struct Leaving {
    body: Body,
    place: Place,
}

impl Leaving {
    pub(super) fn new(body: Body, place: Place) -> Self {
        Self { body, place }
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.place.idle();
    }
}

impl http_body::Body for Leaving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
