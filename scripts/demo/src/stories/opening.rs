//! Who takes part, and the contract's code on the network.

use crate::Outcome;
use crate::walk::Walk;

pub fn tell(walk: &mut Walk) -> Outcome {
    let page = &walk.page;
    page.title("Tranche: a payer's money, locked up front, and paid milestone by milestone");
    page.prose(
        "This is a Stellar network on this machine. The contract is the one that goes on chain, run by the host \
         that validators run; every transaction is signed by the keys of those who act, and charged at Mainnet's \
         rates. After each step it is checked that exactly the amounts that are shown have changed hands. A name \
         in brackets is of somebody who tried, and whose wallet found out in time.",
    );
    for account in walk.stage.people.accounts() {
        page.line(&format!("  {:<12} {}", account.name, account.public()));
    }
    page.line(&format!("  {:<12} {}", "USDC", walk.stage.token));
    page.line("");
    page.header();
    walk.upload()
}
