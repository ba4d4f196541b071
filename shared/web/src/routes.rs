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
    router: Router<S>,
    list: Vec<Route>,
    /// Where requests that none of them is for are counted.
    gate: Option<Gate>,
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    pub fn new() -> Self {
        Self { router: Router::new(), list: Vec::new(), gate: None }
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
        let path = format!("{BASE}{}", route.path);
        self.router = self.router.route(&path, on(method, handler).layer(Extension(route)));
        self.list.push(route);
        self
    }

    /// The same, with what their handlers need.
    pub fn with_state(self, state: S) -> Routes
    where
        Gate: FromRef<S>,
    {
        let gate = Some(Gate::from_ref(&state));
        Routes { router: self.router.with_state(state), list: self.list, gate }
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
        self.list.extend(other.list);
        Self { router: self.router.merge(other.router), list: self.list, gate: self.gate.or(other.gate) }
    }

    /// Has something answer at `path` which the description does not have: a protocol of its own, or a page.
    pub fn mount(mut self, path: &str, service: MethodRouter) -> Self {
        self.router = self.router.route(path, service);
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
        self.router
    }
}
