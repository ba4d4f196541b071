//! Names and what they may resolve to.

use super::{Refused, lookup, vet};
use crate::{FailureClass, Reach};

#[test]
fn one_private_address_spoils_the_lot() {
    let cases: [(&[&str], Option<FailureClass>); 6] = [
        (&["8.8.8.8:0"], None),
        (&["8.8.8.8:0", "[2606:4700:4700::1111]:0"], None),
        (&["8.8.8.8:0", "10.0.0.1:0"], Some(FailureClass::Blocked)),
        (&["[::1]:0", "8.8.8.8:0"], Some(FailureClass::Blocked)),
        (&["169.254.169.254:0"], Some(FailureClass::Blocked)),
        (&[], Some(FailureClass::DnsFailed)),
    ];
    for (addresses, expected) in cases {
        let parsed: Vec<_> = addresses.iter().map(|text| text.parse().unwrap()).collect();
        let refused = vet(parsed.clone()).map_err(|Refused(class)| class);
        assert_eq!(refused, expected.map_or(Ok(parsed), Err), "{addresses:?}");
    }
}

#[tokio::test]
async fn localhost_resolves_only_where_loopback_is_allowed() {
    let allowed = lookup("localhost", Reach::LoopbackAllowed { own_port: None }).await.unwrap();
    assert!(allowed.iter().all(|address| address.ip().is_loopback()));

    let Refused(class) = lookup("localhost", Reach::PublicOnly).await.unwrap_err();
    assert_eq!(class, FailureClass::Blocked);
}
