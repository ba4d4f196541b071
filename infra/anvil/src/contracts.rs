//! What is called of the contracts in `contracts/`, and what they compile to. `compile.mjs` keeps the artifacts true.

use alloy::primitives::Bytes;
use alloy::sol;
use serde::Deserialize;

sol! {
    interface Usdc {
        function name() external view returns (string);
        function version() external view returns (string);
        function decimals() external view returns (uint8);
        function DOMAIN_SEPARATOR() external view returns (bytes32);
        function balanceOf(address account) external view returns (uint256);
        function authorizationState(address authorizer, bytes32 nonce) external view returns (bool);
        function mint(address to, uint256 value) external returns (bool);
        function blacklist(address account) external;
        function unBlacklist(address account) external;
        function pause() external;
        function unpause() external;
        function approve(address spender, uint256 value) external returns (bool);
        function transfer(address to, uint256 value) external returns (bool);
        function transferFrom(address from, address to, uint256 value) external returns (bool);
    }
    interface Batch {
        function multi(address token, address[] calldata to, uint256[] calldata values) external;
    }
    interface Fake {
        function spoof(address from, address to, uint256 value) external;
    }
    interface Oracle {
        function isSanctioned(address account) external view returns (bool);
        function setSanctioned(address account, bool listed) external;
        function setDown(bool silent) external;
    }
}

pub(crate) fn token() -> Bytes {
    code(include_str!("../artifacts/TestUSDC.json"))
}

pub(crate) fn batcher() -> Bytes {
    code(include_str!("../artifacts/Batcher.json"))
}

pub(crate) fn fake() -> Bytes {
    code(include_str!("../artifacts/FakeUSDC.json"))
}

pub(crate) fn oracle() -> Bytes {
    code(include_str!("../artifacts/SanctionsOracle.json"))
}

#[derive(Deserialize)]
struct Artifact {
    bytecode: Bytes,
}

fn code(artifact: &str) -> Bytes {
    let artifact: Artifact = serde_json::from_str(artifact).expect("compile.mjs wrote JSON with the code");
    artifact.bytecode
}
