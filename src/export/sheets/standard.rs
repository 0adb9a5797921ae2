//! The community models of an area, and whether it meets the standard.
//!
//! In: the answers on an area. Out: two sections of a column.

use super::look::TextColumn;
use super::numbers::{count, decimal, density, share};
use crate::domain::area::Level;
use crate::domain::standard::certification::UnitKind;
use crate::service::answers::statutory::shares::CertificationShareAnswer;
use crate::service::area_sheets::SheetAnswers;
use crate::texts::{TextId, text, text_id};

/// More kinds of model than this are counted.
const NAMED_KINDS: usize = 5;

/// The models: how many, how dense, of which kinds.
pub(super) fn models(column: &mut TextColumn<'_>, answers: &SheetAnswers<'_>) {
    let (look, models) = (column.look, &answers.area.models);
    column.section(&look.say(text_id!("sheet-models")));
    if models.total == 0 {
        return column.text(&look.say(text_id!("sheet-models-none")));
    }
    let densities = &models.densities;
    let language = look.language;
    let measures = [
        densities.per_10k_residents.map(|value| text!("sheet-models-per-residents", value = density(value, language))),
        densities.per_km2.map(|value| text!("sheet-models-per-km2", value = decimal(value, language))),
        densities
            .per_residential_area
            .map(|value| text!("sheet-models-per-residential-area", value = decimal(value, language))),
        densities.residential_areas_served.map(|value| text!("sheet-models-served", value = share(value, language))),
    ];
    let measures: Vec<String> = measures.iter().flatten().map(|measure| look.spoken(measure)).collect();
    let total = look.spoken(&text!("sheet-models-count", count = models.total));
    let said = if measures.is_empty() { total } else { format!("{total} {}.", measures.join("; ")) };
    column.text(&said);
    let mut kinds: Vec<_> = models.by_kind.iter().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.density.counted.count));
    for kind in kinds.iter().take(NAMED_KINDS) {
        column.pair(&look.spoken(&kind.name), &count(f64::from(kind.density.counted.count), language));
    }
    if kinds.len() > NAMED_KINDS {
        column.note(&look.spoken(&text!("sheet-models-more", count = kinds.len() - NAMED_KINDS)));
    }
}

/// The decision on the area, and the shares of recognised units.
pub(super) fn standard(column: &mut TextColumn<'_>, answers: &SheetAnswers<'_>) {
    let look = column.look;
    let reading = &answers.area.statutory;
    column.section(&look.say(text_id!("sheet-standard")));
    let verdict = match (answers.row.level, answers.row.assessment.statutory.as_str()) {
        (Level::Commune, "met") => text_id!("sheet-standard-met"),
        (Level::Commune, "not_met") => text_id!("sheet-standard-not-met"),
        (Level::Commune, _) => text_id!("sheet-standard-insufficient"),
        _ => text_id!("sheet-standard-wider"),
    };
    let window = reading.window.as_ref().map(|window| text!("sheet-standard-window", window = &window.name));
    let said = [Some(look.say(verdict)), window.map(|window| look.spoken(&window))];
    column.text(&said.into_iter().flatten().collect::<Vec<_>>().join(" "));
    // A kind of which there is no unit says nothing.
    let shares: Vec<_> = answers.area.certification.iter().filter(|share| share.units != Some(0)).collect();
    if shares.is_empty() {
        return column.note(&look.say(text_id!("sheet-shares-none")));
    }
    for found in shares {
        let value = share_text(column, found);
        column.pair(&look.say(unit(found.kind)), &value);
    }
}

/// A share without the number of units is rounded, and left out where there are few; of communes it is exact.
fn share_text(column: &TextColumn<'_>, found: &CertificationShareAnswer) -> String {
    let (look, language) = (column.look, column.look.language);
    let is_rounded = found.units.is_none() && found.kind != UnitKind::Commune;
    let Some(value) = found.share else {
        return look.say(if is_rounded { text_id!("sheet-share-few") } else { text_id!("sheet-none") });
    };
    let written = share(value, language);
    match found.recognised.zip(found.units) {
        Some((recognised, units)) => {
            let [recognised, units] = [recognised, units].map(|number| count(f64::from(number), language));
            let counted = look.spoken(&text!("sheet-recognised", recognised = recognised, units = units));
            format!("{counted} · {written}")
        }
        None if is_rounded => look.spoken(&text!("sheet-share-about", share = written)),
        None => written,
    }
}

fn unit(kind: UnitKind) -> TextId {
    match kind {
        UnitKind::ResidentialArea => text_id!("sheet-unit-residential-area"),
        UnitKind::Commune => text_id!("sheet-unit-commune"),
        UnitKind::Agency => text_id!("sheet-unit-agency"),
        UnitKind::Business => text_id!("sheet-unit-business"),
        UnitKind::School => text_id!("sheet-unit-school"),
    }
}
