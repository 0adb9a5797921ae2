//! Certification shares by kind of unit.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::{CertificationShare, UnitCounts};
use crate::domain::role::Role;
use crate::domain::standard::certification::UnitKind;

/// The share of recognised units of one kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CertificationShareAnswer {
    /// The kind of unit.
    pub(crate) kind: UnitKind,
    /// The id of the window that was judged.
    window: String,
    /// Units on the roll; null, as the next three, for the public.
    #[schema(required)]
    pub(crate) units: Option<u32>,
    /// Units that registered.
    #[schema(required)]
    registered: Option<u32>,
    /// Units that were recognised.
    #[schema(required)]
    pub(crate) recognised: Option<u32>,
    /// Units on the register of which nobody said anything.
    #[schema(required)]
    silent: Option<u32>,
    /// Recognised units over units, 0 to 1; null where there is none. For the public the nearest tenth, and null below
    /// ten units; decisions on communes are published one by one, so that their share is exact.
    #[schema(required)]
    pub(crate) share: Option<f64>,
}

/// Certification shares as a role may see them.
pub(crate) fn shares(shares: &[CertificationShare], role: Role) -> Vec<CertificationShareAnswer> {
    if role.sees_small_counts() { full_shares(shares) } else { public_shares(shares) }
}

/// Certification shares with the counts behind them.
pub(crate) fn full_shares(shares: &[CertificationShare]) -> Vec<CertificationShareAnswer> {
    shares.iter().map(CertificationShareAnswer::full).collect()
}

/// Certification shares alone.
pub(crate) fn public_shares(shares: &[CertificationShare]) -> Vec<CertificationShareAnswer> {
    shares.iter().map(CertificationShareAnswer::public).collect()
}

impl CertificationShareAnswer {
    fn full(share: &CertificationShare) -> Self {
        let counted = |count: fn(UnitCounts) -> u32| share.counts.map(count);
        Self {
            kind: share.kind,
            window: share.window.clone(),
            units: counted(|counts| counts.units),
            registered: counted(|counts| counts.registered),
            recognised: counted(|counts| counts.recognised),
            silent: counted(|counts| counts.silent),
            share: share.share,
        }
    }

    /// The share without the counts behind it.
    fn public(share: &CertificationShare) -> Self {
        let CertificationShare { kind, window, share, counts: _ } = share;
        Self {
            kind: *kind,
            window: window.clone(),
            units: None,
            registered: None,
            recognised: None,
            silent: None,
            share: *share,
        }
    }
}
