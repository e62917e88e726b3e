//! Signatures on exactly one call, and on nothing else.

use super::Stage;
use crate::action::{Party, Signed};
use crate::cast::{self, ACCOUNT};
use crate::order::Order;
use soroban_sdk::xdr::{
    InvokeContractArgs, ScAddress, ScSymbol, ScVal, SorobanAddressCredentials,
    SorobanAuthorizationEntry, SorobanAuthorizedFunction, SorobanAuthorizedInvocation,
    SorobanCredentials, VecM,
};
use soroban_sdk::{Address, IntoVal, TryFromVal, Val, Vec};

impl Stage {
    /// Sets up the signatures of the next call.
    pub(super) fn sign(&self, slot: u8, order: &Order, args: &Vec<Val>, signed: Signed) {
        let escrow = self.words.address(cast::escrow(slot));
        let mut args = args.clone();
        if signed == Signed::ForOther {
            args.push_back(1_u32.into_val(&self.env));
        }
        let within = match order {
            Order::Fund { payer, amount, .. } if signed != Signed::InPart => {
                let transfer = (self.words.address(*payer), &escrow, *amount).into_val(&self.env);
                let token = self.words.address(self.token[usize::from(slot)].get());
                vec![self.invocation(&token, "transfer", &transfer, vec![])]
            }
            _ => vec![],
        };
        let invocation = self.invocation(&escrow, order.name(), &args, within);
        let signers = match signed {
            Signed::Rightly | Signed::ForOther => order.signers(),
            Signed::ByNobody => vec![],
            Signed::By(party) => vec![party],
            Signed::InPart => order.signers().into_iter().take(1).collect(),
        };
        let entries: std::vec::Vec<_> = signers
            .into_iter()
            .map(|signer| SorobanAuthorizationEntry {
                credentials: self.credentials(signer),
                root_invocation: invocation.clone(),
            })
            .collect();
        self.env.set_auths(&entries);
    }

    /// The account signs by sending the transaction.
    fn credentials(&self, signer: Party) -> SorobanCredentials {
        if signer == ACCOUNT {
            return SorobanCredentials::SourceAccount;
        }
        self.nonce.set(self.nonce.get() + 1);
        SorobanCredentials::Address(SorobanAddressCredentials {
            address: ScAddress::from(&self.words.address(signer)),
            nonce: self.nonce.get(),
            signature_expiration_ledger: self.env.ledger().sequence() + 1,
            signature: ScVal::Void,
        })
    }

    fn invocation(
        &self,
        contract: &Address,
        name: &str,
        args: &Vec<Val>,
        within: std::vec::Vec<SorobanAuthorizedInvocation>,
    ) -> SorobanAuthorizedInvocation {
        let args: std::vec::Vec<_> =
            args.iter().map(|arg| ScVal::try_from_val(&self.env, &arg).unwrap()).collect();
        SorobanAuthorizedInvocation {
            function: SorobanAuthorizedFunction::ContractFn(InvokeContractArgs {
                contract_address: ScAddress::from(contract),
                function_name: ScSymbol(name.try_into().expect("a short name")),
                args: args.try_into().expect("few arguments"),
            }),
            sub_invocations: VecM::try_from(within).expect("one at most"),
        }
    }
}
