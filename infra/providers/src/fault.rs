//! What can be the matter with a server, whoever it plays.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// Holds until it is taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Answers 500 and does nothing.
    Down,
    /// Does what it is asked and answers 500.
    DownAfterwards,
    /// Never answers, and does nothing.
    Silent,
    /// Does what it is asked and never answers.
    SilentAfterwards,
    /// Answers so many bytes, with 200.
    Endless { bytes: usize },
    /// Sends everybody elsewhere.
    Redirect { status: u16, to: String },
    /// Answers this and does nothing.
    Says { status: u16, body: String },
}

impl Fault {
    /// Whether what was asked is done all the same.
    pub(crate) fn is_afterwards(&self) -> bool {
        matches!(self, Self::DownAfterwards | Self::SilentAfterwards)
    }

    pub(crate) async fn answer(self) -> Response {
        match self {
            Self::Down | Self::DownAfterwards => {
                (StatusCode::INTERNAL_SERVER_ERROR, "<html>Internal Server Error</html>").into_response()
            }
            Self::Silent | Self::SilentAfterwards => std::future::pending().await,
            Self::Endless { bytes } => vec![b' '; bytes].into_response(),
            Self::Redirect { status, to } => (code(status), [(header::LOCATION, to)]).into_response(),
            Self::Says { status, body } => json(status, body),
        }
    }
}

pub(crate) fn json(status: u16, body: String) -> Response {
    (code(status), [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a test names a status of HTTP")
}
