//! How operators of a deployment say who they are: by a session of Clerk, in development by their id alone.

use super::header;
use crate::error::ApiError;
use axum::http::HeaderMap;
use contract::Code;
use domain::{Mode, OperatorId, Timestamp};
use identity::{Failure, Sessions};

/// Which of the two a deployment takes. By default neither: functions without operators need none.
#[derive(Debug, Default)]
pub struct SignIn {
    /// `ALLOW_DEV_OPERATOR_ID_HEADER`: whoever sends `X-Operator-Id` is believed.
    id_header: bool,
    sessions: Option<Sessions>,
}

/// What a request says of its operator.
#[derive(Debug)]
pub(super) enum Claim {
    Id(OperatorId),
    Token(String),
    /// Somebody, who can't be.
    Wrong(ApiError),
    Nobody(&'static str),
}

/// Who an operator is.
#[derive(Debug)]
pub(super) struct Identity {
    pub(super) operator: OperatorId,
    /// Has shown a password or the like a moment ago.
    pub(super) is_confirmed: bool,
}

impl SignIn {
    /// # Errors
    /// What must not go together, in a sentence that names the setting.
    pub fn new(mode: Mode, id_header: bool, sessions: Option<Sessions>) -> Result<Self, &'static str> {
        match (mode, id_header, &sessions) {
            (Mode::Live, true, _) => Err("ALLOW_DEV_OPERATOR_ID_HEADER must not be set in live mode"),
            (Mode::Live, false, None) => Err("CLERK_ISSUER is missing: in live mode operators sign in"),
            (Mode::Live, false, Some(_)) | (Mode::Test, _, _) => Ok(Self { id_header, sessions }),
        }
    }

    /// A token counts where the deployment takes tokens, whatever else is sent.
    pub(super) fn claim(&self, headers: &HeaderMap) -> Claim {
        let token = header(headers, "authorization").and_then(bearer).filter(|_| self.sessions.is_some());
        match (token, header(headers, "x-operator-id")) {
            (Some(token), _) => Claim::Token(token.to_owned()),
            (None, Some(text)) if self.id_header => match OperatorId::parse(text) {
                Some(id) => Claim::Id(id),
                None => Claim::Wrong(ApiError::of(Code::InvalidOperatorId)),
            },
            (None, Some(_)) => Claim::Wrong(ApiError::of(Code::HeaderNotAccepted)),
            (None, None) if self.id_header => Claim::Nobody("Send your operator id in the X-Operator-Id header."),
            (None, None) => Claim::Nobody("Sign in and send Authorization: Bearer <token>."),
        }
    }

    /// Who it is, at `now` by everybody's clock.
    pub(super) async fn identify(&self, claim: Claim, now: Timestamp) -> Result<Identity, ApiError> {
        match (claim, &self.sessions) {
            (Claim::Id(operator), _) => Ok(Identity { operator, is_confirmed: true }),
            (Claim::Token(token), Some(sessions)) => {
                let session = sessions.verify(&token, now).await.map_err(refused)?;
                Ok(Identity { is_confirmed: session.is_confirmed(), operator: session.operator })
            }
            (Claim::Token(_), None) => Err(ApiError::of(Code::MissingOperator)),
            (Claim::Wrong(refused), _) => Err(refused),
            (Claim::Nobody(sentence), _) => Err(ApiError::of(Code::MissingOperator).saying(sentence)),
        }
    }

    /// Nobody is named, and in development nobody needs to be.
    pub(super) fn takes_newcomers(&self, claim: &Claim) -> bool {
        self.id_header && matches!(claim, Claim::Nobody(_))
    }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

fn refused(failure: Failure) -> ApiError {
    match failure {
        Failure::Refused(refusal) => ApiError::of(Code::InvalidToken).saying(refusal.to_string()),
        Failure::NoKeys => ApiError::internal("there are no keys to check sign-in tokens with"),
    }
}
