//! What people may report: the categories of the rule file, checked.

use serde::Deserialize;

use crate::domain::incident::taxonomy::{Category, CategoryIndex, Taxonomy};

/// The values of `[reports]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRule {
    /// The categories that the form offers, in its order; without the list all that have a place and are neither
    /// sensitive nor found by police work.
    #[serde(default)]
    categories: Option<Vec<String>>,
}

impl ReportRule {
    /// The first category that nothing defines, or that nobody may report.
    pub(in crate::domain) fn fault<'a>(&'a self, taxonomy: &Taxonomy) -> Option<&'a str> {
        let named = self.categories.iter().flatten();
        let may =
            |id: &String| taxonomy.categories.iter().any(|category| category.id == *id && is_for_people(category));
        named.map(|id| (id, may(id))).find(|(_, may)| !may).map(|(id, _)| id.as_str())
    }

    /// The categories that people may report, in the order of the form.
    pub fn reportable(&self, taxonomy: &Taxonomy) -> Vec<CategoryIndex> {
        let usual = || {
            let all = taxonomy.categories.iter();
            all.filter(|category| is_for_people(category) && !category.detected && !category.unmapped)
                .map(|category| category.id.clone())
                .collect()
        };
        let ids: Vec<String> = self.categories.clone().unwrap_or_else(usual);
        ids.iter().filter_map(|id| taxonomy.category(id)).collect()
    }
}

/// What is sensitive is no matter for a form: where it happened would tell whom.
fn is_for_people(category: &Category) -> bool {
    !category.sensitive
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taxonomy() -> Taxonomy {
        Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap()
    }

    fn rule(ids: &[&str]) -> ReportRule {
        ReportRule { categories: Some(ids.iter().map(|id| (*id).to_owned()).collect()) }
    }

    #[test]
    fn the_form_offers_what_the_file_names_in_its_order() {
        let taxonomy = taxonomy();
        let rule = rule(&["chay", "trom_cap"]);
        assert_eq!(rule.fault(&taxonomy), None);
        let expected = ["chay", "trom_cap"].map(|id| taxonomy.category(id).unwrap());
        assert_eq!(rule.reportable(&taxonomy), expected);
    }

    #[test]
    fn nothing_sensitive_and_nothing_unknown_may_be_named() {
        let taxonomy = taxonomy();
        assert_eq!(rule(&["chay", "tre_em"]).fault(&taxonomy), Some("tre_em"));
        assert_eq!(rule(&["khong_co"]).fault(&taxonomy), Some("khong_co"));
        assert_eq!(rule(&[]).fault(&taxonomy), None);
        assert!(rule(&[]).reportable(&taxonomy).is_empty(), "nothing is offered");
    }

    #[test]
    fn without_a_list_all_with_a_place_that_nobody_has_to_find_are_offered() {
        let taxonomy = taxonomy();
        let offered = ReportRule::default().reportable(&taxonomy);
        let has = |id: &str| offered.contains(&taxonomy.category(id).unwrap());
        assert!(has("trom_cap") && has("chay") && has("duoi_nuoc"));
        assert!(!has("tre_em") && !has("ma_tuy") && !has("lua_dao_truc_tuyen"));
    }
}
