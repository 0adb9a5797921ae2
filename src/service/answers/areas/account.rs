//! The account of incidents: how many there are, and how much is known of where each of them happened.
//!
//! In: totals of an assessment, or those that the release publishes. Out: terms that add up to all incidents. A term
//! that may not be seen is null, and then so is every sum from which it would follow.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::Totals;
use crate::assessment::release::PublishedTotals;
use crate::domain::text::Names;
use crate::texts::text;

/// All incidents by how much is known of their place: `with_point + by_commune + by_wider_area + outside + unplaced +
/// district_only = incidents`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AccountAnswer {
    /// All incidents that the filter counts.
    #[schema(required)]
    pub(crate) incidents: Option<u32>,
    /// Those at a point inside an area of the level.
    #[schema(required)]
    pub(crate) with_point: Option<u32>,
    /// Those known by their commune alone; they count in it, and have no point.
    #[schema(required)]
    pub(crate) by_commune: Option<u32>,
    /// Those known by a district or a province alone; they are in no area of any level.
    #[schema(required)]
    pub(crate) by_wider_area: Option<u32>,
    /// Those outside every area.
    #[schema(required)]
    pub(crate) outside: Option<u32>,
    /// Those without any place, as all of online fraud.
    #[schema(required)]
    pub(crate) unplaced: Option<u32>,
    /// Those in communes, but shown at district level and above only; null for the public.
    #[schema(required)]
    pub(crate) district_only: Option<u32>,
}

impl AccountAnswer {
    /// The whole account.
    pub(crate) fn full(totals: &Totals) -> Self {
        let Totals { incidents, with_point, by_commune, by_wider_area, outside, unplaced, district_only, models: _ } =
            *totals;
        Self {
            incidents: Some(incidents),
            with_point: Some(with_point),
            by_commune: Some(by_commune),
            by_wider_area: Some(by_wider_area),
            outside: Some(outside),
            unplaced: Some(unplaced),
            district_only: Some(district_only),
        }
    }

    /// What the release publishes of it.
    pub(crate) fn published(published: &PublishedTotals) -> Self {
        let PublishedTotals { in_areas: _, by_commune, by_wider_area, outside, unplaced } = *published;
        let with_point = published.with_point();
        Self {
            incidents: published.incidents(),
            with_point,
            // Alone it would say nothing of the account, which could not be added up.
            by_commune: by_commune.filter(|_| with_point.is_some()),
            by_wider_area,
            outside,
            unplaced,
            district_only: None,
        }
    }

    /// The account in words, from all incidents to the last of the terms that may be seen.
    pub(crate) fn in_words(&self) -> Names {
        let Self { incidents, with_point, by_commune, by_wider_area, outside, unplaced, district_only } = *self;
        let terms = [
            with_point.map(|count| text!("account-with-point", count = count)),
            by_commune.map(|count| text!("account-by-commune", count = count)),
            by_wider_area.map(|count| text!("account-by-wider-area", count = count)),
            outside.map(|count| text!("account-outside", count = count)),
            unplaced.map(|count| text!("account-unplaced", count = count)),
            // Most filters have none, and the public never hears of any.
            district_only.filter(|count| *count > 0).map(|count| text!("account-district-only", count = count)),
        ];
        let known: Vec<Names> = terms.into_iter().flatten().collect();
        match (incidents, with_point.zip(by_commune)) {
            (None, _) if known.is_empty() => text!("method-account-none"),
            (None, _) => text!("method-account-part", terms = joined(&known, "; ")),
            (Some(incidents), Some(_)) => text!("method-account", incidents = incidents, terms = joined(&known, " + ")),
            // Without the first two nothing adds up.
            (Some(incidents), None) => {
                text!("method-account-of-which", incidents = incidents, terms = joined(&known, "; "))
            }
        }
    }
}

fn joined(terms: &[Names], between: &str) -> Names {
    let of = |language: fn(&Names) -> &str| terms.iter().map(language).collect::<Vec<&str>>().join(between);
    Names { vi: of(|names| &names.vi), en: of(|names| &names.en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOTALS: Totals = Totals {
        incidents: 1250,
        with_point: 900,
        by_commune: 300,
        by_wider_area: 20,
        outside: 10,
        unplaced: 15,
        district_only: 5,
        models: 7,
    };

    #[test]
    fn account_is_said_term_by_term_and_adds_up() {
        let said = AccountAnswer::full(&TOTALS).in_words();
        assert_eq!(
            said.vi,
            "1.250 vụ việc = 900 có toạ độ + 300 chỉ biết xã + 20 chỉ biết huyện hoặc tỉnh + 10 ngoài địa bàn + \
             15 không rõ nơi + 5 chỉ hiện từ cấp huyện trở lên."
        );
        let none_apart = Totals { incidents: 1245, district_only: 0, ..TOTALS };
        assert!(AccountAnswer::full(&none_apart).in_words().en.ends_with("15 without any place."));
    }

    #[test]
    fn hidden_term_leaves_no_sum_from_which_it_follows() {
        let published = PublishedTotals {
            in_areas: Some(1200),
            by_commune: Some(300),
            by_wider_area: None,
            outside: Some(10),
            unplaced: Some(15),
        };
        let account = AccountAnswer::published(&published);
        assert_eq!((account.incidents, account.with_point, account.by_commune), (None, Some(900), Some(300)));
        assert_eq!(
            account.in_words().en,
            "Too little is published to add up to the total; published are 900 with a point; 300 known by commune only; \
             10 outside the area; 15 without any place."
        );
        let hidden_province = AccountAnswer::published(&PublishedTotals { in_areas: None, ..published });
        assert_eq!((hidden_province.with_point, hidden_province.by_commune), (None, None));
        let unsplit = PublishedTotals { by_commune: None, by_wider_area: Some(20), ..published };
        assert_eq!(
            AccountAnswer::published(&unsplit).in_words().en,
            "1,245 incidents, of which 20 known by district or province only; 10 outside the area; 15 without any place."
        );
        let nothing =
            PublishedTotals { in_areas: None, by_commune: None, by_wider_area: None, outside: None, unplaced: None };
        assert_eq!(AccountAnswer::published(&nothing).in_words().vi, "Không công bố.");
    }
}
