//! Who was replicated from whom: every parent exists, has started by then, and descends from none of its children.
//!
//! In: the models already stored and those of a file, which come before them. Out: what is wrong with the parent of
//! a model, by its id. A child of a rejected row is rejected with it.

use std::collections::BTreeMap;

use crate::domain::model::CommunityModel;

/// What is wrong with the parents of some models.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    faults: BTreeMap<String, String>,
}

type ById<'a> = BTreeMap<&'a str, &'a CommunityModel>;

impl Lineage {
    /// Follows the parents of the models of a file.
    pub fn new(kept: &[CommunityModel], coming: &[CommunityModel]) -> Self {
        let coming: ById<'_> = coming.iter().map(|model| (model.id.as_str(), model)).collect();
        let mut all: ById<'_> = kept.iter().map(|model| (model.id.as_str(), model)).collect();
        let staying: Vec<&CommunityModel> =
            kept.iter().filter(|model| !coming.contains_key(model.id.as_str())).collect();
        all.extend(&coming);
        let mut faults: BTreeMap<String, String> = BTreeMap::new();
        for model in coming.values() {
            let fault = parent_fault(model, &all).or_else(|| child_fault(model, &staying));
            faults.extend(fault.map(|fault| (model.id.clone(), fault)));
        }
        // Each turn rejects at least one more model, so it ends; afterwards no accepted row has a rejected parent.
        while let Some(fallen) = orphaned(&coming, &faults) {
            faults.extend(fallen);
        }
        Self { faults }
    }

    /// What is wrong with the parent of a model.
    pub fn fault(&self, model_id: &str) -> Option<&str> {
        self.faults.get(model_id).map(String::as_str)
    }
}

fn parent_fault(model: &CommunityModel, all: &ById<'_>) -> Option<String> {
    let parent_id = model.parent_id.as_deref()?;
    let Some(parent) = all.get(parent_id) else {
        return Some("the parent is neither in the file nor in the store".to_owned());
    };
    if parent.started_on > model.started_on {
        return Some(format!("the parent started later, on {}", parent.started_on));
    }
    is_own_ancestor(model, all).then(|| "the model descends from itself".to_owned())
}

/// Only models of one day can go round in a circle: every other step leads to an earlier day.
fn is_own_ancestor(model: &CommunityModel, all: &ById<'_>) -> bool {
    let parent_of = |child: &&CommunityModel| all.get(child.parent_id.as_deref()?).copied();
    // A circle that the model is not part of would be walked for ever; no line without a repeat is longer than all
    // models.
    let line = std::iter::successors(parent_of(&model), parent_of).take(all.len());
    line.take_while(|ancestor| ancestor.started_on == model.started_on).any(|ancestor| ancestor.id == model.id)
}

/// A model may not move behind the start of a child that stays as it is.
fn child_fault(model: &CommunityModel, staying: &[&CommunityModel]) -> Option<String> {
    let is_child = |child: &&&CommunityModel| child.parent_id.as_deref() == Some(model.id.as_str());
    let child = staying.iter().filter(is_child).find(|child| child.started_on < model.started_on)?;
    Some(format!("{} was replicated from it on {}, before it starts", child.id, child.started_on))
}

/// The models whose parent has fallen and that have not; none when there is no more.
fn orphaned(coming: &ById<'_>, faults: &BTreeMap<String, String>) -> Option<Vec<(String, String)>> {
    let fallen = coming.values().filter(|model| !faults.contains_key(&model.id)).filter(|model| {
        let parent = model.parent_id.as_ref();
        parent.is_some_and(|parent| coming.contains_key(parent.as_str()) && faults.contains_key(parent))
    });
    let fallen: Vec<_> =
        fallen.map(|model| (model.id.clone(), "the row of the parent is rejected".to_owned())).collect();
    (!fallen.is_empty()).then_some(fallen)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::domain::model::ModelOrigin;

    fn model(id: &str, parent_id: Option<&str>, started_on: Date) -> CommunityModel {
        CommunityModel {
            id: id.to_owned(),
            kind: "camera".to_owned(),
            position: None,
            area: None,
            residential_area: None,
            origin: parent_id.map_or(ModelOrigin::New, |_| ModelOrigin::Replicated),
            parent_id: parent_id.map(str::to_owned),
            started_on,
            ended_on: None,
            review: None,
        }
    }

    #[test]
    fn parent_of_the_file_or_the_store_that_started_by_then_is_right() {
        let day = date(2020, 1, 1);
        let kept = [model("A", None, day)];
        let coming = [model("B", Some("A"), day), model("C", Some("B"), date(2021, 1, 1))];
        let lineage = Lineage::new(&kept, &coming);
        assert_eq!((lineage.fault("B"), lineage.fault("C")), (None, None));
        assert!(Lineage::new(&[], &[]).faults.is_empty());
    }

    #[test]
    fn missing_and_later_parents_take_their_children_along() {
        let day = date(2020, 1, 1);
        let coming = [
            model("A", Some("Z"), day),
            model("B", Some("A"), date(2021, 1, 1)),
            model("C", Some("B"), date(2022, 1, 1)),
            model("D", Some("C"), date(2021, 6, 1)),
        ];
        let lineage = Lineage::new(&[], &coming);
        assert_eq!(lineage.fault("A"), Some("the parent is neither in the file nor in the store"));
        assert_eq!(lineage.fault("B"), Some("the row of the parent is rejected"));
        assert_eq!(lineage.fault("C"), lineage.fault("B"));
        assert_eq!(lineage.fault("D"), Some("the parent started later, on 2022-01-01"));
    }

    #[test]
    fn circle_of_one_day_is_found() {
        let day = date(2020, 1, 1);
        let coming = [model("A", Some("C"), day), model("B", Some("A"), day), model("C", Some("B"), day)];
        let outside = model("D", Some("A"), date(2021, 1, 1));
        let lineage = Lineage::new(&[], &[&coming[..], &[outside]].concat());
        for id in ["A", "B", "C"] {
            assert_eq!(lineage.fault(id), Some("the model descends from itself"));
        }
        assert_eq!(lineage.fault("D"), Some("the row of the parent is rejected"));
    }

    #[test]
    fn model_does_not_move_behind_a_child_that_stays() {
        let kept = [model("A", None, date(2020, 1, 1)), model("B", Some("A"), date(2020, 6, 1))];
        let moved = [model("A", None, date(2020, 7, 1))];
        let fault = Lineage::new(&kept, &moved).fault("A").map(str::to_owned);
        assert_eq!(fault.as_deref(), Some("B was replicated from it on 2020-06-01, before it starts"));
        let both = [model("A", None, date(2020, 7, 1)), model("B", Some("A"), date(2020, 8, 1))];
        assert_eq!(Lineage::new(&kept, &both).fault("A"), None);
    }
}
