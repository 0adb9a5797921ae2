//! Days and names of editions and kinds of import as each language writes them: parts of other texts.
//!
//! In: periods, editions, words of commands. Out: text of the catalogue.

use crate::domain::area::edition::EditionEntry;
use crate::domain::release::ReleaseReference;
use crate::domain::text::{Language, Names};
use crate::domain::time::period::{Day, Period};
use crate::texts::text;

/// The days of a period from the first to the last, as Vietnamese writes dates and as English does where no country
/// misreads them.
pub fn days(period: Period) -> Names {
    let last = Day::from_number(period.to().number() - 1);
    text!("days-from-to", from = written_day(period.from()), last = written_day(last))
}

/// A day, as in [`days`].
pub fn written_day(day: Day) -> Names {
    let date = day.date();
    Names { vi: date.strftime("%d/%m/%Y").to_string(), en: date.strftime("%-d %b %Y").to_string() }
}

/// A release by its number and the day on which it was made.
pub fn release(reference: ReleaseReference) -> Names {
    let ReleaseReference { number, made_on } = reference;
    text!("release-of-day", number = number, day = written_day(Day::of_date(made_on)))
}

/// That of a period asked for the days alone are counted on which incidents are known.
pub fn cut_period(counted: Period, requested: Period) -> Names {
    text!("period-cut", counted = days(counted), requested = days(requested))
}

/// The days of some periods, one after the other.
pub fn listed_days(periods: &[Period]) -> Names {
    let listed: Vec<Names> = periods.iter().copied().map(days).collect();
    let in_language = |language| listed.iter().map(|names| names.in_language(language)).collect::<Vec<_>>().join("; ");
    Names { vi: in_language(Language::Vietnamese), en: in_language(Language::English) }
}

/// What an edition is called; by its id where the catalogue of editions does not name it.
pub fn edition_name(entry: &EditionEntry) -> Names {
    entry.catalogued_names().unwrap_or_else(|| text!("edition-without-name", id = entry.id.to_string()))
}

/// What people call a kind of import.
pub fn import_kind_name(kind: &str) -> Names {
    match kind {
        "boundaries" => text!("import-kind-boundaries"),
        "incidents" => text!("import-kind-incidents"),
        "models" => text!("import-kind-models"),
        "model events" => text!("import-kind-model-events"),
        "certifications" => text!("import-kind-certifications"),
        "residential-areas" => text!("import-kind-residential-areas"),
        "institutions" => text!("import-kind-institutions"),
        "decisions" => text!("import-kind-decisions"),
        "declarations" => text!("import-kind-declarations"),
        "movement-grades" => text!("import-kind-movement-grades"),
        "population" => text!("import-kind-population"),
        "exposures" => text!("import-kind-exposures"),
        other => Names::same(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_day_named_belongs_to_the_period() {
        let day = |text: &str| Day::of_date(text.parse().unwrap());
        let year = Period::new(day("2022-12-15"), day("2025-12-15")).unwrap();
        let days = days(year);
        assert_eq!(days.vi, "từ 15/12/2022 đến 14/12/2025");
        assert_eq!(days.en, "from 15 Dec 2022 to 14 Dec 2025");
    }

    #[test]
    fn release_has_its_number_and_its_day() {
        let said = release(ReleaseReference { number: 3, made_on: jiff::civil::date(2026, 1, 15) });
        assert_eq!(said.vi, "Bản công bố số 3, ngày 15/01/2026");
        assert_eq!(said.en, "Release 3 of 15 Jan 2026");
    }

    #[test]
    fn edition_outside_the_catalogue_is_called_by_its_id() {
        let name = edition_name(&EditionEntry::uncatalogued("2031-01".parse().unwrap()));
        assert_eq!((name.vi.as_str(), name.en.as_str()), ("Địa giới 2031-01", "Boundaries 2031-01"));
    }
}
