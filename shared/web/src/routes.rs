//! The endpoints of a function, each at the route of its description.

use crate::gate::Gate;
use axum::extract::FromRef;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use axum::{Extension, Router};
use contract::endpoint::Method;
use contract::{BASE, Route};

/// Routes with their handlers, and the list of them.
#[derive(Debug)]
pub struct Routes<S = ()> {
    /// By their paths. A router is made of all of them at once: each one that is made, given a state or merged with another
    /// costs every start.
    answering: Vec<(String, MethodRouter<S>)>,
    list: Vec<Route>,
    /// Where requests that none of them is for are counted.
    gate: Option<Gate>,
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    pub fn new() -> Self {
        Self { answering: Vec::new(), list: Vec::new(), gate: None }
    }

    /// Has `handler` answer at `route`. Functions say `const { ENDPOINT.route }`, which alone is then linked of the
    /// endpoint's description.
    pub fn on<H, T>(mut self, route: Route, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        let method = match route.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Put => MethodFilter::PUT,
            Method::Patch => MethodFilter::PATCH,
            Method::Delete => MethodFilter::DELETE,
        };
        self.answering.push((format!("{BASE}{}", route.path), on(method, handler).layer(Extension(route))));
        self.list.push(route);
        self
    }

    /// The same, with what their handlers need.
    pub fn with_state(self, state: S) -> Routes
    where
        Gate: FromRef<S>,
    {
        let gate = Some(Gate::from_ref(&state));
        let answering = self.answering.into_iter().map(|(path, methods)| (path, methods.with_state(state.clone())));
        Routes { answering: answering.collect(), list: self.list, gate }
    }
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl Routes {
    /// Those of two functions.
    pub fn merge(mut self, other: Self) -> Self {
        self.answering.extend(other.answering);
        self.list.extend(other.list);
        Self { gate: self.gate.or(other.gate), ..self }
    }

    /// Has something answer at `path` which the description does not have: a protocol of its own, or a page.
    pub fn mount(mut self, path: &str, service: MethodRouter) -> Self {
        self.answering.push((path.to_owned(), service));
        self
    }

    /// What there is.
    pub fn list(&self) -> &[Route] {
        &self.list
    }

    pub(crate) fn gate(&self) -> Option<Gate> {
        self.gate.clone()
    }

    pub(crate) fn into_router(self) -> Router {
        let all = self.answering.into_iter();
        all.fold(Router::new(), |router, (path, methods)| router.route(&path, methods))
    }
}
