//! `/comparison`: areas side by side, two periods of some areas, or an area and the rest of a group.

use axum::response::Response;

use super::chosen::Chosen;
use super::{Question, filter_and};
use crate::assessment::reference::{Group, members, rest};
use crate::domain::area::Level;
use crate::http::ask::Ask;
use crate::http::documents::comparison::{against, beside, two_periods};
use crate::http::documents::tables;
use crate::http::download::{Content, Form, Written, written};
use crate::http::error::{ApiError, names};
use crate::http::filter::AskedFilter;
use crate::http::query::Query;
use crate::http::state::Served;
use crate::snapshot::EditionPicture;

/// How many areas are compared at once; fifteen pairs are as many as a reader takes in.
const AREAS: std::ops::RangeInclusive<usize> = 2..=6;
/// How many areas are followed from one period to another: every commune of a province.
const AREAS_IN_TWO_PERIODS: std::ops::RangeInclusive<usize> = 1..=300;

/// A comparison, of the kind that the parameters ask for.
pub(in crate::http) async fn areas(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition", "areas", "periods", "with", "f", "lang"]))?;
    match (query.value("periods"), query.value("with")) {
        (None, None) => areas_beside(&ask, &query).await,
        (Some(text), None) => areas_in_two_periods(&ask, &query, text).await,
        (None, Some(text)) => area_against(&ask, &query, text).await,
        (Some(_), Some(_)) => Err(ApiError::ConflictingParameters {
            what: names(
                "Chỉ dùng “periods” hoặc “with”, không dùng cả hai.",
                "Give either \"periods\" or \"with\", not both.",
            ),
        }),
    }
}

/// Some areas and the differences between them.
async fn areas_beside(ask: &Ask, query: &Query) -> Result<Response, ApiError> {
    let served = ask.served()?;
    let asked = AskedFilter::resolved(query, &served, ask.role())?;
    let picture = picture(&served, &asked)?;
    let chosen = Chosen::of(picture, query, AREAS)?;
    let name = vec!["comparison".to_owned(), chosen.file_name(picture), asked.file_name()];
    let question = Question::new(ask, &served, asked);
    let key = question.key() + &chosen.key();
    let form = Written::asked(ask, query, key, name)?;
    written(ask, &served, form, move |form| {
        let assessed = question.assessed(chosen.level)?;
        Ok(match form {
            Form::Json => Content::Document(beside::document(&assessed, &chosen.places)),
            Form::Csv | Form::Xlsx => Content::table(tables::beside(&assessed, &chosen.places)),
        })
    })
    .await
}

/// Some areas in two periods.
async fn areas_in_two_periods(ask: &Ask, query: &Query, text: &str) -> Result<Response, ApiError> {
    let served = ask.served()?;
    let [first, second] = periods(ask, query, text, &served)?;
    let picture = picture(&served, &first)?;
    let chosen = Chosen::of(picture, query, AREAS_IN_TWO_PERIODS)?;
    let name = ["comparison".to_owned(), chosen.file_name(picture), first.file_name(), second.file_name()].to_vec();
    let questions = [first, second].map(|asked| Question::new(ask, &served, asked));
    let key = format!("{}&then={}{}", questions[0].key(), questions[1].key(), chosen.key());
    let form = Written::asked(ask, query, key, name)?;
    written(ask, &served, form, move |form| {
        let [first, second] = &questions;
        let both = (&first.assessed(chosen.level)?, &second.assessed(chosen.level)?);
        Ok(match form {
            Form::Json => Content::Document(two_periods::document(both, &chosen.places)),
            Form::Csv | Form::Xlsx => Content::table(tables::two_periods(both, &chosen.places)),
        })
    })
    .await
}

/// The filters of two periods, each a window or a pair of days.
fn periods(ask: &Ask, query: &Query, text: &str, served: &Served) -> Result<[AskedFilter; 2], ApiError> {
    const ONE_PERIOD: [&str; 3] = ["window", "from", "to"];
    if query.first_of(&ONE_PERIOD).is_some() {
        let what = names(
            "“periods” đã cho hai kỳ: không dùng thêm “window”, “from”, “to”.",
            "\"periods\" gives both periods: leave \"window\", \"from\" and \"to\" out.",
        );
        return Err(ApiError::ConflictingParameters { what });
    }
    let (first, second) = text.split_once(',').ok_or_else(|| not_two_periods(text))?;
    let asked = |one: &str| {
        let instead = match one.split_once("..") {
            Some((from, to)) => query.with_instead(&[], &[("from", from), ("to", to)]),
            None => query.with_instead(&[], &[("window", one)]),
        };
        AskedFilter::resolved(&instead, served, ask.role())
    };
    let (first, second) = (asked(first)?, asked(second)?);
    if first.filter.period.overlaps(second.filter.period) {
        let what = names(
            "Hai kỳ trùng ngày nhau: một vụ sẽ nằm ở cả hai bên, nên không so sánh được.",
            "The two periods share days: an incident would stand on both sides, so they cannot be compared.",
        );
        return Err(ApiError::ConflictingParameters { what });
    }
    Ok([first, second])
}

fn not_two_periods(text: &str) -> ApiError {
    let expected = names(
        "hai kỳ cách bằng dấu phẩy, như TK-2023,TK-2024 hoặc 2023-01-01..2023-07-01,2024-01-01..2024-07-01",
        "two periods with a comma between, like TK-2023,TK-2024 or 2023-01-01..2023-07-01,2024-01-01..2024-07-01",
    );
    ApiError::invalid("periods", text, expected)
}

/// One area and the others of a group.
async fn area_against(ask: &Ask, query: &Query, text: &str) -> Result<Response, ApiError> {
    let group = group(text)?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(query, &served, ask.role())?;
    let picture = picture(&served, &asked)?;
    let chosen = Chosen::of(picture, query, 1..=1)?;
    let place = chosen.places.first().copied().unwrap_or_default();
    let members = members(&served.snapshot, group, picture, chosen.level, place);
    let members = members.ok_or_else(|| without_group(group, chosen.level))?;
    let name = ["comparison", &chosen.file_name(picture), group.as_str(), &asked.file_name()].map(str::to_owned);
    let question = Question::new(ask, &served, asked);
    let key = format!("{}{}&with={}", question.key(), chosen.key(), group.as_str());
    let form = Written::asked(ask, query, key, name.to_vec())?;
    written(ask, &served, form, move |form| {
        let assessed = question.assessed(chosen.level)?;
        let rest = rest(&assessed.assessment, &members, place);
        let rest = rest.ok_or_else(|| without_group(group, chosen.level))?;
        let made = match form {
            Form::Json => against::document(&assessed, place, &members, &rest).map(Content::Document),
            Form::Csv | Form::Xlsx => tables::against(&assessed, place, &members, &rest).map(Content::table),
        };
        made.ok_or_else(|| ApiError::internal(&"an area without its row"))
    })
    .await
}

fn group(text: &str) -> Result<Group, ApiError> {
    let named = Group::ALL.into_iter().find(|group| group.as_str() == text);
    let known = || Group::ALL.iter().map(|group| group.as_str().to_owned()).collect();
    named.ok_or_else(|| ApiError::none_of("with", text, known()))
}

fn without_group(group: Group, level: Level) -> ApiError {
    let what = names(
        format!("Khu vực cấp “{level}” này không có khu vực nào khác trong nhóm “{}”.", group.as_str()),
        format!("This area of level {level} has no other area in the group \"{}\".", group.as_str()),
    );
    ApiError::ConflictingParameters { what }
}

fn picture<'a>(served: &'a Served, asked: &AskedFilter) -> Result<&'a EditionPicture, ApiError> {
    let picture = served.snapshot.edition(asked.filter.edition);
    picture.ok_or_else(|| ApiError::internal(&"a filter without its edition"))
}
