//! Ways of paying that need an outside party, which this deployment does not have.

use contract::Code;
use domain::Mode;
use web::ApiError;

/// 400 `payment_method_unavailable` in live mode: money is credited on evidence only, and there is
/// nobody to give it.
pub(crate) fn in_live(mode: Mode) -> Result<(), ApiError> {
    match mode {
        Mode::Test => Ok(()),
        Mode::Live => Err(refusal()),
    }
}

pub(crate) fn refusal() -> ApiError {
    ApiError::of(Code::PaymentMethodUnavailable)
}
