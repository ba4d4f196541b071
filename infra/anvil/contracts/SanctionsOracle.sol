// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title A double of Chainalysis's oracle of sanctioned addresses.
/// @notice Its owner decides who is on the list, and whether it answers at all.
contract SanctionsOracle {
    address public immutable owner = msg.sender;
    bool public down;
    mapping(address => bool) private sanctioned;

    modifier onlyOwner() {
        require(msg.sender == owner, "Ownable: caller is not the owner");
        _;
    }

    function isSanctioned(address account) external view returns (bool) {
        require(!down, "SanctionsOracle: down");
        return sanctioned[account];
    }

    function setSanctioned(address account, bool listed) external onlyOwner {
        sanctioned[account] = listed;
    }

    function setDown(bool silent) external onlyOwner {
        down = silent;
    }
}
