//! The requirements of the standards that are claimed, each in a few words of ours, with the test that shows it.

use std::collections::BTreeSet;

/// A requirement: its id in the standard, what it wants, the test.
type Requirement = (&'static str, &'static str, &'static str);

/// OGC 17-069r4.
const PART_1: &[Requirement] = &[
    ("core/root-op", "the root answers GET", "landing_page_leads_to_every_document"),
    ("core/root-success", "200, with links to API, conformance and data", "landing_page_leads_to_every_document"),
    ("core/api-definition-op", "the linked API definition answers GET", "landing_page_leads_to_every_document"),
    ("core/api-definition-success", "200, in the form that Accept chooses", "api_is_described_in_both_versions"),
    ("core/conformance-op", "/conformance answers GET", "conformance_names_every_claimed_class"),
    ("core/conformance-success", "200, with the classes that are met", "conformance_names_every_claimed_class"),
    ("core/http", "HTTP/1.1 with its codes and headers", "public_answers_are_kept_by_tag_and_others_by_nobody"),
    (
        "core/query-param-unknown",
        "an unknown parameter is 400",
        "unknown_parameters_are_refused_and_form_is_tolerated_everywhere",
    ),
    (
        "core/query-param-invalid",
        "a wrong value is 400",
        "limit_above_the_most_is_the_most_and_what_is_no_number_is_refused",
    ),
    ("core/crs84", "coordinates are CRS84 unless asked otherwise", "features_are_geojson_with_counts_and_links"),
    ("core/fc-md-op", "/collections answers GET", "collections_are_those_of_the_role"),
    ("core/fc-md-success", "200, with the collections", "collections_are_those_of_the_role"),
    ("core/fc-md-links", "a link to itself and to its other forms", "every_document_is_a_page_in_two_languages"),
    ("core/fc-md-items", "every collection is listed", "collections_are_those_of_the_role"),
    ("core/fc-md-items-links", "each with a link to its items", "collections_are_those_of_the_role"),
    ("core/fc-md-extent", "an extent that holds all features", "collections_are_those_of_the_role"),
    ("core/sfc-md-op", "/collections/{id} answers GET", "collections_are_those_of_the_role"),
    ("core/sfc-md-success", "200, with what /collections says", "collections_are_those_of_the_role"),
    ("core/fc-op", "items answers GET", "features_are_geojson_with_counts_and_links"),
    (
        "core/fc-limit-definition",
        "limit, from 1, with a default and a most",
        "limit_above_the_most_is_the_most_and_what_is_no_number_is_refused",
    ),
    (
        "core/fc-limit-response-1",
        "no more than limit; above the most the most",
        "limit_above_the_most_is_the_most_and_what_is_no_number_is_refused",
    ),
    ("core/fc-bbox-definition", "bbox of four or six numbers", "boxes_and_times_choose_features"),
    (
        "core/fc-bbox-response",
        "features that meet the box, over the antimeridian too",
        "boxes_and_times_choose_features",
    ),
    ("core/fc-time-definition", "datetime, an instant or an interval", "boxes_and_times_choose_features"),
    ("core/fc-time-response", "features that meet the time, and those of no time", "incidents_are_chosen_by_time"),
    ("core/fc-response", "the features that all parameters hold", "filters_choose_features_as_text_and_as_json"),
    ("core/fc-links", "a link to itself and its other forms", "features_are_geojson_with_counts_and_links"),
    ("core/fc-rel-type", "each link has rel and type", "features_are_geojson_with_counts_and_links"),
    ("core/fc-numberMatched", "as many as the question holds", "pages_follow_on_each_other_until_all_are_given"),
    ("core/fc-numberReturned", "as many as stand on the page", "features_are_geojson_with_counts_and_links"),
    ("core/f-op", "a feature answers GET", "one_feature_has_its_own_address"),
    ("core/f-success", "200, with the feature", "one_feature_has_its_own_address"),
    ("core/f-links", "links to itself, its other form and its collection", "one_feature_has_its_own_address"),
    ("geojson/definition", "features can be asked for as GeoJSON", "features_are_geojson_with_counts_and_links"),
    ("geojson/content", "a FeatureCollection, or a Feature, with links", "one_feature_has_its_own_address"),
    ("html/definition", "everything can be asked for as HTML", "every_document_is_a_page_in_two_languages"),
    ("html/content", "with links that can be followed", "links_of_a_page_lead_somewhere"),
    ("oas30/oas-definition-1", "the API definition is OpenAPI 3.0", "api_is_described_in_both_versions"),
    ("oas30/oas-impl", "and what it says is so", "api_is_described_in_both_versions"),
];

/// OGC 18-058r1.
const PART_2: &[Requirement] = &[
    ("crs/crs-uri", "a system is named by its URI", "unknown_systems_are_refused"),
    ("crs/fc-md-crs-list", "each collection lists its systems", "collection_lists_its_systems"),
    ("crs/fc-md-storageCrs-valid-value", "the stored one is among them", "collection_lists_its_systems"),
    ("crs/fc-bbox-crs-definition", "bbox-crs", "boxes_and_filters_are_read_in_their_systems"),
    ("crs/fc-bbox-crs-valid-value", "an unknown one is 400", "unknown_systems_are_refused"),
    ("crs/bbox-crs-action", "the box is read in it", "boxes_and_filters_are_read_in_their_systems"),
    ("crs/fc-crs-definition", "crs", "coordinates_are_written_in_the_system_asked_for"),
    ("crs/fc-crs-valid-value", "an unknown one is 400", "unknown_systems_are_refused"),
    ("crs/fc-crs-default", "CRS84 where none is named", "features_are_geojson_with_counts_and_links"),
    (
        "crs/crs-action",
        "coordinates in it, in the order of its axes",
        "coordinates_are_written_in_the_system_asked_for",
    ),
    (
        "crs/ogc-crs-header",
        "Content-Crs on every answer with features",
        "coordinates_are_written_in_the_system_asked_for",
    ),
    ("crs/ogc-crs-header-value", "its URI in angle brackets", "coordinates_are_written_in_the_system_asked_for"),
    ("crs/geojson", "GeoJSON in another system too", "coordinates_are_written_in_the_system_asked_for"),
];

/// OGC 19-079r2 and OGC 21-065r2.
const PART_3: &[Requirement] = &[
    (
        "queryables/queryables-link",
        "each collection leads to its queryables",
        "queryables_are_the_properties_of_the_role",
    ),
    ("queryables/get-queryables-uris", "they answer GET", "queryables_are_the_properties_of_the_role"),
    ("queryables/get-queryables-response", "200, as JSON Schema", "queryables_are_the_properties_of_the_role"),
    ("filter/filter-param", "filter", "filters_choose_features_as_text_and_as_json"),
    ("filter/filter-lang-param", "filter-lang, text unless named", "filters_choose_features_as_text_and_as_json"),
    ("filter/filter-crs-param", "filter-crs, CRS84 unless named", "boxes_and_filters_are_read_in_their_systems"),
    (
        "filter/mixing-expressions",
        "filter and other parameters hold together",
        "filters_choose_features_as_text_and_as_json",
    ),
    ("filter/response", "the features of which the filter is true", "public_filter_decides_by_what_is_shown"),
    ("features-filter/filter-param", "at items", "filters_choose_features_as_text_and_as_json"),
    ("cql2-text", "CQL2 as text", "both_writings_mean_the_same"),
    ("cql2-json", "CQL2 as JSON", "both_writings_mean_the_same"),
    ("basic-cql2", "AND, OR, NOT, comparisons, IS NULL", "what_is_not_known_is_neither_true_nor_false"),
    ("advanced-comparison-operators", "LIKE, BETWEEN, IN", "texts_and_numbers_are_compared"),
    ("case-insensitive-comparison", "CASEI", "case_and_accents_can_be_left_out"),
    ("accent-insensitive-comparison", "ACCENTI", "case_and_accents_can_be_left_out"),
    ("basic-spatial-functions", "S_INTERSECTS with points and boxes", "places_are_compared"),
    ("basic-spatial-functions-plus", "S_INTERSECTS with lines and polygons", "places_are_compared"),
    ("temporal-functions", "the fifteen relations of times", "allen_relations_tell_every_pair_apart"),
    ("property-property", "a property beside a property", "texts_and_numbers_are_compared"),
];

/// The sources in which the named tests stand.
const SOURCES: [&str; 7] = [
    include_str!("core.rs"),
    include_str!("crs.rs"),
    include_str!("filter.rs"),
    include_str!("disclosure.rs"),
    include_str!("pages.rs"),
    include_str!("../../../../src/features/predicate/tests.rs"),
    include_str!("../../../../src/features/cql2/tests.rs"),
];

#[test]
fn every_requirement_stands_once_and_has_its_test() {
    let all: Vec<&Requirement> = [PART_1, PART_2, PART_3].into_iter().flatten().collect();
    let ids: BTreeSet<&str> = all.iter().map(|(id, ..)| *id).collect();
    assert_eq!(ids.len(), all.len());
    for (id, wanted, test) in all {
        assert!(!wanted.is_empty());
        let declared = format!("fn {test}()");
        assert!(SOURCES.iter().any(|source| source.contains(&declared)), "{id} has no test {test}");
    }
}
