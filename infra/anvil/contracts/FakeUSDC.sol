// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A token that says whatever it is asked to.
/// @notice Its Transfer looks like USDC's in all but the address of the contract, and moves nothing.
contract FakeUSDC {
    string public constant name = "USD Coin";
    string public constant symbol = "USDC";
    uint8 public constant decimals = 6;

    event Transfer(address indexed from, address indexed to, uint256 value);

    function spoof(address from, address to, uint256 value) external {
        emit Transfer(from, to, value);
    }
}
