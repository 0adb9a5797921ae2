//! What `--help` of each import of rows says behind its options: columns, words, defaults, examples.
//!
//! The columns are those of the kind of row itself. A test holds the words to the files that are built in. The same in
//! Vietnamese stands in the texts of help, apart from the columns.

use crate::domain::text::Names;
use crate::ingest::{
    Certifications, Decisions, Declarations, Exposures, Field, Incidents, Institutions, ModelEvents, Models,
    MovementGrades, Need, Populations, ResidentialAreas, RowKind,
};
use crate::texts::text;

/// The columns of a kind of row, those that every file needs first; other headings that name them in brackets.
fn columns<K: RowKind>() -> Names {
    let named = |need: Need| -> String {
        let name = |field: &Field| match field.aliases {
            [] => field.name.to_owned(),
            aliases => format!("{} ({})", field.name, aliases.join(", ")),
        };
        K::FIELDS.iter().filter(|field| field.need == need).map(name).collect::<Vec<_>>().join("; ")
    };
    let (required, optional) = (named(Need::Required), named(Need::Optional));
    let needed = text!("import-columns-needed", columns = required);
    if optional.is_empty() {
        return needed;
    }
    let possible = text!("import-columns-possible", columns = optional);
    Names { vi: format!("{}\n{}", needed.vi, possible.vi), en: format!("{}\n{}", needed.en, possible.en) }
}

fn help<K: RowKind>(more: &str) -> String {
    format!("{}\n{more}\n{ALL}", columns::<K>().en)
}

/// The columns of a verb of import in Vietnamese; none of a verb that imports no rows.
pub(in crate::cli) fn vietnamese_columns(verb: &str) -> Option<String> {
    let columns = match verb.strip_prefix("import-")? {
        "incidents" => columns::<Incidents<'static>>(),
        "models" => columns::<Models<'static>>(),
        "model-events" => columns::<ModelEvents<'static>>(),
        "certifications" => columns::<Certifications<'static>>(),
        "residential-areas" => columns::<ResidentialAreas<'static>>(),
        "institutions" => columns::<Institutions<'static>>(),
        "decisions" => columns::<Decisions<'static>>(),
        "declarations" => columns::<Declarations<'static>>(),
        "movement-grades" => columns::<MovementGrades<'static>>(),
        "population" => columns::<Populations<'static>>(),
        "exposures" => columns::<Exposures<'static>>(),
        _ => return None,
    };
    Some(format!("{}\n", columns.vi))
}

const ALL: &str = "\
A column that the file lacks, or a blank cell in it, leaves what is stored; --clear-empty lets a blank cell empty it.
Exit code 0 when all was taken, 1 when rows were rejected, 2 when the file could not be used.";

const INCIDENTS: &str = "\
Times carry an offset (2024-12-31T08:15:00+07:00) or stand in the zone of --time-zone; a bare date is its midnight.
Days as 31/12/2024 and decimal commas are read where the whole file shows them, or by --date-order and --decimal.
A position of 0, 0 is none: the incident then counts in the commune of its area_code, without a point; one that names
a district or a province alone is counted apart. Positions are degrees: 108.42, 108°25'12\"E, 108.42°Đ.
  edition: that of --edition where the row has none; needed only beside area_code
Words are those of taxonomy.toml, by id, number or name in either language.
  category: trom_cap, co_y_gay_thuong_tich, danh_bac, cuop_cuop_giat, lua_dao_truc_tiep, huy_hoai_tai_san,
    gay_roi_trat_tu, giet_nguoi, tai_nan_giao_thong, vi_pham_giao_thong, chay, no, xam_hai_tinh_duc, bao_luc_gia_dinh,
    tre_em, ma_tuy, kinh_te, moi_truong, lua_dao_truc_tuyen, duoi_nuoc
  severity: 1 to 5, or hanh_chinh, it_nghiem_trong, nghiem_trong, rat_nghiem_trong, dac_biet_nghiem_trong; a file
    without the column needs --severity-from, and a blank cell counts as 1 without that option
  status: recorded (the default), verified, closed, unfounded
  channel: 113, patrol, phone, portal, zalo, facebook, in_person, other (the default)
  precision: exact (the default of a point), street, hamlet, area (the default without a point)

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
  binhyen import incidents vu-viec.shp --encoding tcvn3 --where \"tinh=Quảng Nam\" --severity-from category
  binhyen import incidents vu-viec.gpkg --layer \"2024\" --map time=thoi_gian
  binhyen import incidents incidents.csv --time-zone utc --value \"category:trộm=trom_cap\" --dry-run
";

const MODELS: &str = "\
A model needs a position, or the code of its area with the edition.
  kind: those of rules.toml; built in are camera, keng_loa_an_ninh, to_tu_quan, khu_dan_cu_khong_te_nan, cum_giap_ranh,
    anh_sang_an_ninh, cong_truong_an_toan, doan_duong_tu_quan, to_lien_gia_pccc, to_hoa_giai
  edition: that of --edition where the row has none; needed only beside area_code
  origin: new (the default without a parent), replicated (the default with one)
  review: good, fair, weak, unclassified; with its day in reviewed_on
Ids stand in addresses: none of / \\ ? # %.

Examples:
  binhyen import models mo-hinh.csv --map kind=loai --rejects rejects.csv
  binhyen import models mo-hinh.kmz --layer Camera --map id=ma --ignore-column name
";

const MODEL_EVENTS: &str = "\
Values of the columns:
  event: built, replicated, kept, reviewed, adjusted, retired; each must fit the model it names
  result: of a review alone (reviewed), good, fair, weak, unclassified

Example:
  binhyen import model-events ra-soat.csv --map on=ngay_ra_soat
";

const CERTIFICATIONS: &str = "\
Values of the columns:
  unit_kind: residential_area, commune, agency, business, school
  window: those of certification in rules.toml: ANTT-2024-kdc for a residential_area, ANTT-2024-xa for all others
  registered, recognised: yes, true, 1, có, đạt; or no, false, 0, không, chưa đạt, không đạt
  edition: that of --edition where the row has none

Example:
  binhyen import certifications cong-nhan.csv --edition 2025-07
";

const RESIDENTIAL_AREAS: &str = "\
Values of the columns:
  label: what people call the place, never a person
  edition: that of --edition where the row has none

Example:
  binhyen import residential-areas khu-dan-cu.xlsx --sheet \"2025\" --edition 2025-07
";

const INSTITUTIONS: &str = "\
Values of the columns:
  unit_kind: agency, business, school
  form: micro, small, medium, large (of a business); kindergarten, primary, lower_secondary, upper_secondary, higher (of
    a school). Which forms need not register is said by the circular in force.
  label: what people call the place, never a person
  edition: that of --edition where the row has none

Example:
  binhyen import institutions don-vi.xlsx --edition 2025-07 --map unit_id=\"Mã\" --value \"unit_kind:trường=school\"
";

const DECISIONS: &str = "\
Values of the columns:
  unit_kind: residential_area, commune, agency, business, school
  window: those of certification in rules.toml: ANTT-2024-kdc for a residential_area, ANTT-2024-xa for all others
  recognised: yes, true, 1, có, đạt; or no, false, 0, không, chưa đạt, không đạt
  edition: that of --edition where the row has none

Example:
  binhyen import decisions quyet-dinh.xlsx --edition 2025-07
";

const DECLARATIONS: &str = "\
Values of the columns:
  unit_kind: residential_area, commune, agency, business, school
  window: those of certification in rules.toml: ANTT-2024-kdc for a residential_area, ANTT-2024-xa for all others
  criterion: of the circular in force at the end of the window, as 5.1.a
  met: yes, true, 1, có, đạt; or no, false, 0, không, chưa đạt, không đạt
  edition: that of --edition where the row has none

Example:
  binhyen import declarations tieu-chi.xlsx --edition 2025-07 --rejects rejects.csv
";

const MOVEMENT_GRADES: &str = "\
Values of the columns:
  window: those of certification of communes in rules.toml, such as ANTT-2024-xa
  grade: Xuất sắc, Khá, Trung bình, Yếu; or excellent, good, average, weak
  edition: that of --edition where the row has none

Example:
  binhyen import movement-grades phan-loai.xlsx --edition 2025-07
";

const POPULATION: &str = "\
Values of the columns:
  population: a whole number; 12.345 is read with --decimal comma
  edition: that of --edition where the row has none

Example:
  binhyen import population dan-so.csv --edition 2025-07
";

const EXPOSURES: &str = "\
Values of the columns:
  measure: visitors (mean number present per day), road_km (kilometres of public road)
  edition: that of --edition where the row has none
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
    use crate::domain::standard::certification::{Declared, UnitKind};
    use crate::texts::help::of_part;

    #[test]
    fn words_of_incidents_are_those_of_the_taxonomy_that_is_built_in() {
        let taxonomy = LoadedRules::from_files(&RuleFiles::embedded()).unwrap().taxonomy;
        let terms = [&taxonomy.severities, &taxonomy.statuses, &taxonomy.channels, &taxonomy.precisions];
        let terms = terms.into_iter().flatten().map(|term| term.id.as_str());
        let helps = helps::<Incidents<'static>>(INCIDENTS, "import-incidents");
        for word in taxonomy.categories.iter().map(|category| category.id.as_str()).chain(terms) {
            assert!(helps.iter().all(|help| says(help, word)), "{word}");
        }
    }

    /// The help of a kind of row in both languages.
    fn helps<K: RowKind>(english: &str, verb: &str) -> [String; 2] {
        let vietnamese = of_part(verb, "more").unwrap_or_else(|| panic!("{verb} has no Vietnamese help"));
        [help::<K>(english), format!("{}{vietnamese}", vietnamese_columns(verb).unwrap())]
    }

    fn says(help: &str, word: &str) -> bool {
        help.split([' ', ',', ':', ';', '.', '(', ')', '\n']).any(|said| said == word)
    }

    /// Fields that take only certain words, or that have a default, are explained; the others say what they are.
    #[test]
    fn every_field_of_words_or_with_a_default_is_explained() {
        fn check<K: RowKind>(english: &str, verb: &str) {
            const EXPLAINED: [&str; 20] = [
                "edition",
                "category",
                "severity",
                "status",
                "channel",
                "precision",
                "kind",
                "origin",
                "review",
                "event",
                "result",
                "unit_kind",
                "window",
                "registered",
                "recognised",
                "criterion",
                "met",
                "form",
                "grade",
                "measure",
            ];
            for text in helps::<K>(english, verb) {
                for field in K::FIELDS {
                    assert!(says(&text, field.name), "{verb}: {}", field.name);
                    let is_explained = text.lines().any(|line| {
                        line.strip_prefix("  ")
                            .and_then(|line| line.split_once(':'))
                            .is_some_and(|(names, _)| says(names, field.name))
                    });
                    assert!(
                        !EXPLAINED.contains(&field.name) || is_explained,
                        "{verb}: {} is not explained",
                        field.name
                    );
                }
            }
        }
        check::<Incidents<'static>>(INCIDENTS, "import-incidents");
        check::<Models<'static>>(MODELS, "import-models");
        check::<ModelEvents<'static>>(MODEL_EVENTS, "import-model-events");
        check::<Certifications<'static>>(CERTIFICATIONS, "import-certifications");
        check::<ResidentialAreas<'static>>(RESIDENTIAL_AREAS, "import-residential-areas");
        check::<Institutions<'static>>(INSTITUTIONS, "import-institutions");
        check::<Decisions<'static>>(DECISIONS, "import-decisions");
        check::<Declarations<'static>>(DECLARATIONS, "import-declarations");
        check::<MovementGrades<'static>>(MOVEMENT_GRADES, "import-movement-grades");
        check::<Populations<'static>>(POPULATION, "import-population");
        check::<Exposures<'static>>(EXPOSURES, "import-exposures");
    }

    #[test]
    fn words_of_units_and_models_are_those_that_are_read() {
        let rules = LoadedRules::from_files(&RuleFiles::embedded()).unwrap().rules;
        for help in helps::<Models<'static>>(MODELS, "import-models") {
            for kind in &rules.model_kinds {
                assert!(says(&help, &kind.id), "{}: {help}", kind.id);
            }
        }
        let of_units = [
            helps::<Certifications<'static>>(CERTIFICATIONS, "import-certifications"),
            helps::<Decisions<'static>>(DECISIONS, "import-decisions"),
            helps::<Declarations<'static>>(DECLARATIONS, "import-declarations"),
        ];
        for help in of_units.iter().flatten() {
            for kind in UnitKind::ALL {
                assert!(says(help, kind.as_str()), "{kind}: {help}");
            }
            for window in ["ANTT-2024-kdc", "ANTT-2024-xa"] {
                assert!(says(help, window) && rules.window(window).is_some(), "{window}: {help}");
            }
            let answers = help.lines().find(|line| line.contains("yes, true")).unwrap();
            let words = answers.split_once(": ").unwrap().1.split([',', ';']);
            for word in words.map(|word| word.trim().trim_start_matches("or ").trim_start_matches("hoặc ")) {
                assert!(Declared::parse(word).is_some(), "{word:?} is not read");
            }
        }
    }

    #[test]
    fn columns_are_those_of_the_kind_of_row() {
        let text = columns::<Populations<'static>>();
        assert_eq!(
            text.en,
            "Columns that every file needs: area_code (commune_code, ward_code, ma_xa); year; population (residents).\n\
             Columns that it may have: edition."
        );
        assert!(text.vi.starts_with("Cột mà mọi tệp cần: area_code"), "{}", text.vi);
    }
}
