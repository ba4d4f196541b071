//! `/operator`: registering, finding and doing tasks, earning. Uploads are in `uploads`.

mod earnings;
mod feed;
mod payout;
mod register;
mod submit;
mod work;
