//! Article 5(1): did at least one community model work effectively in the window?
//!
//! A model counts where it stands, when it ran on some day of the window; it is effective when
//! its last review by the end of the window was good enough. A review that came later
//! says nothing about the window.

use crate::domain::area::CommuneIndex;
use crate::domain::area::edition::EditionId;
use crate::domain::index::IndexVec;
use crate::domain::model::model_event::reviews;
use crate::domain::model::model_stock::events_of;
use crate::domain::model::{CommunityModel, Review};
use crate::domain::rules::window::Window;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;

use super::verdict::StatutoryVerdict;

/// The models of a commune in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ModelFacts {
    /// Models that ran on some day of the window.
    pub active: u32,
    /// Those whose last review was at least the one needed.
    pub effective: u32,
    /// Those without a review by the end of the window.
    pub unreviewed: u32,
}

impl ModelFacts {
    /// Whether at least one model was effective. Without any model, or with weak ones only, none was.
    pub fn verdict(self) -> StatutoryVerdict {
        match self {
            Self { effective: 1.., .. } => StatutoryVerdict::Met,
            Self { unreviewed: 1.., .. } => StatutoryVerdict::NoData,
            _ => StatutoryVerdict::NotMet,
        }
    }

    fn add(&mut self, review: Option<Review>, least: Review) {
        self.active += 1;
        match review {
            None | Some(Review::Unclassified) => self.unreviewed += 1,
            // Reviews are ordered from the best to the worst.
            Some(review) => self.effective += u32::from(review <= least),
        }
    }
}

/// The models of every commune of an edition; none where no model is known at all.
pub(super) fn by_commune(
    snapshot: &Snapshot,
    edition: EditionId,
    window: &Window,
    least: Review,
) -> Option<IndexVec<CommuneIndex, ModelFacts>> {
    let edition_data = snapshot.edition(edition).filter(|_| !snapshot.models.is_empty())?;
    let mut facts = IndexVec::from(vec![ModelFacts::default(); edition_data.shape.communes().len()]);
    for (model, commune) in snapshot.models.iter().zip(edition_data.commune_of_model.iter()) {
        if let Some(facts) = commune.and_then(|commune| facts.at_mut(commune)).filter(|_| ran_in(model, window)) {
            facts.add(last_review(snapshot, model, window), least);
        }
    }
    Some(facts)
}

fn ran_in(model: &CommunityModel, window: &Window) -> bool {
    Day::of_date(model.started_on) < window.period.to()
        && model.ended_on.is_none_or(|end| window.period.from() < Day::of_date(end))
}

/// The result of the last review by the end of a window.
fn last_review(snapshot: &Snapshot, model: &CommunityModel, window: &Window) -> Option<Review> {
    let history = reviews(model, events_of(&model.id, &snapshot.model_events));
    let by_end = history.into_iter().rev().find(|(day, _)| Day::of_date(*day) < window.period.to());
    by_end.map(|(_, review)| review)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(reviews: &[Option<Review>]) -> ModelFacts {
        let mut facts = ModelFacts::default();
        for review in reviews {
            facts.add(*review, Review::Fair);
        }
        facts
    }

    #[test]
    fn one_model_reviewed_well_enough_is_enough() {
        assert_eq!(facts(&[Some(Review::Weak), Some(Review::Fair)]).verdict(), StatutoryVerdict::Met);
        assert_eq!(facts(&[None, Some(Review::Good)]).verdict(), StatutoryVerdict::Met);
    }

    #[test]
    fn weak_models_and_no_models_are_not_enough_and_unreviewed_ones_leave_it_open() {
        assert_eq!(facts(&[Some(Review::Weak)]).verdict(), StatutoryVerdict::NotMet);
        assert_eq!(facts(&[]).verdict(), StatutoryVerdict::NotMet);
        assert_eq!(facts(&[Some(Review::Weak), None]).verdict(), StatutoryVerdict::NoData);
        assert_eq!(facts(&[Some(Review::Unclassified)]).verdict(), StatutoryVerdict::NoData);
    }
}
