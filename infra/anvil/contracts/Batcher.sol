// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface Token {
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

/// @title Several transfers in one transaction, as exchanges pay out.
/// @notice The transaction is sent to the batcher, not to the token, and several of its logs are transfers. The sender
/// must have allowed the batcher to spend.
contract Batcher {
    function multi(Token token, address[] calldata to, uint256[] calldata values) external {
        require(to.length == values.length, "Batcher: one value for each receiver");
        for (uint256 i = 0; i < to.length; i++) {
            require(token.transferFrom(msg.sender, to[i], values[i]), "Batcher: not transferred");
        }
    }
}
