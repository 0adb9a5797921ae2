//! What `--help` of each import of rows says behind its options: columns, words, defaults, examples.
//!
//! The columns are those of the kind of row itself. A test holds the words to the files that are built in.

use std::fmt::Write as _;

use crate::ingest::{
    Certifications, Decisions, Declarations, Exposures, Field, Incidents, Institutions, ModelEvents, Models,
    MovementGrades, Need, Populations, ResidentialAreas, RowKind,
};

/// The columns of a kind of row, those that every file needs first; other headings that name them in brackets.
fn columns<K: RowKind>() -> String {
    let named = |need: Need| -> Vec<String> {
        let name = |field: &Field| match field.aliases {
            [] => field.name.to_owned(),
            aliases => format!("{} ({})", field.name, aliases.join(", ")),
        };
        K::FIELDS.iter().filter(|field| field.need == need).map(name).collect()
    };
    let (required, optional) = (named(Need::Required), named(Need::Optional));
    let mut text = format!("Columns that every file needs: {}.\n", required.join("; "));
    if !optional.is_empty() {
        let _ = writeln!(text, "Columns that it may have: {}.", optional.join("; "));
    }
    text
}

fn help<K: RowKind>(more: &str) -> String {
    format!("{}{more}\n{ALL}", columns::<K>())
}

const ALL: &str = "\
A column that the file lacks, or a blank cell in it, leaves what is stored; --clear-empty lets a blank cell empty it.
Exit code 0 when all was taken, 1 when rows were rejected, 2 when the file could not be used.";

const INCIDENTS: &str = "\
Times carry an offset (2024-12-31T08:15:00+07:00) or stand in the zone of --time-zone; a bare date is its midnight.
Days as 31/12/2024 and decimal commas are read where the whole file shows them, or by --date-order and --decimal.
A position of 0, 0 is none: the incident then counts in the commune of its area_code, without a point; one that names
a district or a province alone is counted apart. Positions are degrees: 108.42, 108°25'12\"E, 108.42°Đ.
Words are those of taxonomy.toml, by id, number or name in either language.
  category: trom_cap, co_y_gay_thuong_tich, danh_bac, cuop_cuop_giat, lua_dao_truc_tiep, huy_hoai_tai_san,
    gay_roi_trat_tu, giet_nguoi, tai_nan_giao_thong, vi_pham_giao_thong, chay, no, xam_hai_tinh_duc, bao_luc_gia_dinh,
    tre_em, ma_tuy, kinh_te, moi_truong, lua_dao_truc_tuyen, duoi_nuoc
  severity: 1 to 5, or hanh_chinh, it_nghiem_trong, nghiem_trong, rat_nghiem_trong, dac_biet_nghiem_trong; a file
    without the column needs --severity-from, and a blank cell counts as 1 without it
  status: recorded (the default), verified, closed, unfounded
  channel: 113, patrol, phone, portal, zalo, facebook, in_person, other (the default)
  precision: exact (the default of a point), street, hamlet, area (the default without)

Say which days the file covers: --covers 2022-12-15..2025-12-15 means that all incidents of these days are known, those
of 15 December 2025 not. Periods that reach beyond are cut to the days covered, so that missing months never look like
a fall. Declarations of several imports hold together; --covers-anew puts new ones in the place of the old. Without any,
the days from the first to the last incident count as covered; an import without --covers changes no declaration.

Examples:
  binhyen import incidents 2026-h1.csv --covers 2025-12-15..2026-06-15
  binhyen import incidents all.csv --covers 2022-12-15.. --covers-channel app=2024-03-01.. \\
    --edition 2025-01 --covers-district 503=2023-06-01..2025-12-15
  binhyen import incidents vu-viec.csv --map category=loai --ignore-column \"ghi chú\" --rejects rejects.csv
  binhyen import incidents bao-cao.csv --encoding tcvn3 --decimal comma --date-order dmy --severity-from category
  binhyen import incidents incidents.csv --time-zone utc --value \"category:trộm=trom_cap\" --dry-run
";

const MODELS: &str = "\
A model needs a position, or the code of its area with the edition.
  kind: those of rules.toml, such as camera, to_tu_quan, keng_loa_an_ninh
  origin: new (the default without a parent), replicated (the default with one)
  review: good, fair, weak, unclassified; with its day in reviewed_on
Ids stand in addresses: none of / \\ ? # %.

Example:
  binhyen import models mo-hinh.csv --map kind=loai --rejects rejects.csv
";

const MODEL_EVENTS: &str = "\
  event: built, replicated, kept, reviewed, adjusted, retired; each must fit the model it names
  result: of a review alone, good, fair, weak, unclassified

Example:
  binhyen import model-events ra-soat.csv --map on=ngay_ra_soat
";

const CERTIFICATIONS: &str = "\
  unit_kind: residential_area, commune, agency, business, school
  window: those of rules.toml, such as ANTT-2024-kdc
  registered, recognised: yes or no (có, không; đạt, chưa đạt; 1, 0)
  edition: that of --edition where the column is missing

Example:
  binhyen import certifications cong-nhan.csv --edition 2025-07
";

const RESIDENTIAL_AREAS: &str = "\
Labels name places, never persons. edition: that of --edition where the column is missing.

Example:
  binhyen import residential-areas khu-dan-cu.xlsx --sheet \"2025\" --edition 2025-07
";

const INSTITUTIONS: &str = "\
  unit_kind: agency, business, school
  form: micro, small, medium, large (of a business); kindergarten, primary, lower_secondary, upper_secondary, higher (of
    a school). Which forms need not register is said by the circular in force.
Label the place, never a person. edition: that of --edition where the column is missing.

Example:
  binhyen import institutions don-vi.xlsx --edition 2025-07 --map unit_id=\"Mã\" --value \"unit_kind:trường=school\"
";

const DECISIONS: &str = "\
  unit_kind: residential_area, commune, agency, business, school
  window: one of certification, such as ANTT-2024-xa
  recognised: yes or no (có, không; đạt, chưa đạt; 1, 0)

Example:
  binhyen import decisions quyet-dinh.xlsx --edition 2025-07
";

const DECLARATIONS: &str = "\
  unit_kind: residential_area, commune, agency, business, school
  window: one of certification, such as ANTT-2024-xa
  criterion: of the circular in force at the end of the window, as 5.1.a; met: yes or no

Example:
  binhyen import declarations tieu-chi.xlsx --edition 2025-07 --rejects rejects.csv
";

const MOVEMENT_GRADES: &str = "\
  grade: Xuất sắc, Khá, Trung bình, Yếu; or excellent, good, average, weak

Example:
  binhyen import movement-grades phan-loai.xlsx --edition 2025-07
";

const POPULATION: &str = "\
  population: a whole number; 12.345 is read with --decimal comma

Example:
  binhyen import population dan-so.csv --edition 2025-07
";

const EXPOSURES: &str = "\
  measure: visitors (mean number present per day), road_km (kilometres of public road)
A rating scheme names what each of its components is measured against; a component without its figure is not rated
there.

Example:
  binhyen import exposures khach-va-duong.xlsx --edition 2025-07 --value \"measure:khách=visitors\"
";

pub(super) fn incidents() -> String {
    help::<Incidents<'static>>(INCIDENTS)
}

pub(super) fn models() -> String {
    help::<Models<'static>>(MODELS)
}

pub(super) fn model_events() -> String {
    help::<ModelEvents<'static>>(MODEL_EVENTS)
}

pub(super) fn certifications() -> String {
    help::<Certifications<'static>>(CERTIFICATIONS)
}

pub(super) fn residential_areas() -> String {
    help::<ResidentialAreas<'static>>(RESIDENTIAL_AREAS)
}

pub(super) fn institutions() -> String {
    help::<Institutions<'static>>(INSTITUTIONS)
}

pub(super) fn decisions() -> String {
    help::<Decisions<'static>>(DECISIONS)
}

pub(super) fn declarations() -> String {
    help::<Declarations<'static>>(DECLARATIONS)
}

pub(super) fn movement_grades() -> String {
    help::<MovementGrades<'static>>(MOVEMENT_GRADES)
}

pub(super) fn population() -> String {
    help::<Populations<'static>>(POPULATION)
}

pub(super) fn exposures() -> String {
    help::<Exposures<'static>>(EXPOSURES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::LoadedRules;
    use crate::config::RuleFiles;

    #[test]
    fn words_of_incidents_are_those_of_the_taxonomy_that_is_built_in() {
        let taxonomy = LoadedRules::from_files(&RuleFiles::embedded()).unwrap().taxonomy;
        let terms = [&taxonomy.severities, &taxonomy.statuses, &taxonomy.channels, &taxonomy.precisions];
        let terms = terms.into_iter().flatten().map(|term| term.id.as_str());
        for word in taxonomy.categories.iter().map(|category| category.id.as_str()).chain(terms) {
            assert!(INCIDENTS.split([' ', ',', ':', ';', '\n']).any(|said| said == word), "{word}");
        }
    }

    #[test]
    fn columns_are_those_of_the_kind_of_row() {
        let text = columns::<Populations<'static>>();
        assert_eq!(
            text,
            "Columns that every file needs: area_code (commune_code, ward_code, ma_xa); year; population (residents).\n\
             Columns that it may have: edition.\n"
        );
    }
}
