//! Every parameter of the API, described once.
//!
//! Out: parameters by the key under which operations refer to them. The key is the name in the address but where the
//! same name means different things in different routes (`id`, `f` of incidents, and `edition` in a path).

use serde_json::Value;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Ref, Required};

use super::schemas::{any_number, count, count_from_one, list, number, one_of, text, text_like, whole_number};
use crate::export::client_style::client_themes;
use crate::export::map_image::{style_ids, themes};
use crate::http::layers::problem_kind::PROBLEM_KINDS;
use crate::http::routes::export;
use crate::service::answers::maps::tile_matrix_set::WEB_MERCATOR_QUAD;
use crate::service::features::items::coordinate_systems;

/// The most areas that one request names: every commune of a province.
const MOST_AREAS: usize = 300;
/// A year and a month, as editions are named.
const EDITION: &str = "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$";
/// A day, as the filter takes it.
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
/// The names of the tilesets.
const TILESETS: [&str; 7] = ["communes", "districts", "province", "labels", "models", "incidents", "map"];
/// The code of an area.
const AREA_CODE: &str = "^[0-9]{2,9}$";
/// What a width may be.
const WIDTH: &str = "Pixels; 1200 unless named. A PNG without a token is 200×200, 320×240, 300×300, 400×300, 400×400, \
                     600×400, 720×540, 800×600, 1200×630 or 1200×800.";
/// What a scale may be.
const SCALE: &str = "Width × height × scale² is 9,000,000 at most, 960,000 without a token.";

/// The keys of the parameters that make a filter.
pub(super) const FILTER: [&str; 6] = ["window", "from", "to", "categories", "min_severity", "scheme"];

/// Every parameter with its key.
pub(super) fn all() -> Vec<(&'static str, Parameter)> {
    let of_answers = [
        of_filters(),
        of_areas(),
        of_downloads(),
        of_comparisons(),
        of_tiles(),
        of_map_images(),
        of_others(),
        of_features(),
    ];
    [of_paths(), of_answers.concat(), of_styles(), of_reports(), of_writing()].concat()
}

/// The reference to a parameter.
pub(super) fn reference(key: &str) -> Ref {
    Ref::new(format!("#/components/parameters/{key}"))
}

/// A parameter and what is said of it.
struct Described {
    name: &'static str,
    schema: Schema,
    description: &'static str,
    example: Option<Value>,
}

impl Described {
    fn new(name: &'static str, schema: Schema, description: &'static str) -> Self {
        Self { name, schema, description, example: None }
    }

    fn example(self, example: impl Into<Value>) -> Self {
        Self { example: Some(example.into()), ..self }
    }

    fn builder(self, place: ParameterIn, required: Required) -> ParameterBuilder {
        ParameterBuilder::new()
            .name(self.name)
            .parameter_in(place)
            .required(required)
            .description(Some(self.description))
            .schema(Some(self.schema))
            .example(self.example)
    }

    fn in_query(self) -> (&'static str, Parameter) {
        (self.name, self.builder(ParameterIn::Query, Required::False).build())
    }

    fn in_query_as(self, key: &'static str) -> (&'static str, Parameter) {
        (key, self.builder(ParameterIn::Query, Required::False).build())
    }

    fn required_in_query(self) -> (&'static str, Parameter) {
        (self.name, self.builder(ParameterIn::Query, Required::True).build())
    }

    /// A list whose members are separated by commas.
    fn listed_in_query(self) -> (&'static str, Parameter) {
        let name = self.name;
        self.listed_in_query_as(name)
    }

    fn listed_in_query_as(self, key: &'static str) -> (&'static str, Parameter) {
        let builder = self.builder(ParameterIn::Query, Required::False);
        (key, builder.style(Some(ParameterStyle::Form)).explode(Some(false)).build())
    }

    fn in_path(self, key: &'static str) -> (&'static str, Parameter) {
        (key, self.builder(ParameterIn::Path, Required::True).build())
    }

    fn in_header(self, key: &'static str) -> (&'static str, Parameter) {
        (key, self.builder(ParameterIn::Header, Required::False).build())
    }
}

fn of_paths() -> Vec<(&'static str, Parameter)> {
    let styles = style_ids().into_iter().chain(["surroundings.geojson".to_owned()]);
    vec![
        Described::new("tileset", one_of(TILESETS), "A tileset. `incidents` is for planners and above.")
            .example("map")
            .in_path("tileset"),
        Described::new("z", whole_number(0, 16), "Zoom; deeper ones are drawn from 16.").example(9).in_path("z"),
        Described::new("x", whole_number(0, 65_535), "Column of the tile, below 2 to the power of `z`.")
            .example(410)
            .in_path("x"),
        Described::new("y", whole_number(0, 65_535), "Row of the tile from the north, below 2 to the power of `z`.")
            .example(233)
            .in_path("y"),
        Described::new("format", one_of(export::names()), "The format of the file.")
            .example("geojson")
            .in_path("fileFormat"),
        Described::new("id", one_of(styles), "A style, or a file that styles draw from.")
            .example("light")
            .in_path("styleId"),
        Described::new("edition", text_like(EDITION), "An edition of boundaries; `/meta` lists them.")
            .example("2025-07")
            .in_path("editionOfArea"),
        Described::new("code", text_like(AREA_CODE), "The official code of an area.").example("49").in_path("code"),
        Described::new("id", text(), "The id of a community model.").in_path("modelId"),
        Described::new(
            "id",
            text_like("^[A-Za-z0-9_-]*$"),
            "The view: the fragment of the page as base64url without padding, at most 1,024 bytes.",
        )
        .example("bGFuZz1lbg")
        .in_path("viewId"),
        Described::new("kind", one_of(PROBLEM_KINDS.iter().map(|kind| kind.name)), "A kind of problem.")
            .example("unknown-parameter")
            .in_path("problemKind"),
        Described::new("number", count(), "The number of an alert.").example("12").in_path("alertNumber"),
    ]
}

fn of_filters() -> Vec<(&'static str, Parameter)> {
    vec![
        Described::new(
            "window",
            text(),
            "The id of a named period; `/meta` lists those that the role may ask for. Not together with `from` and `to`.",
        )
        .example("3N-2025")
        .in_query(),
        Described::new(
            "from",
            text_like(DAY),
            "First day of a period in Asia/Ho_Chi_Minh, together with `to`. For planners and above.",
        )
        .in_query(),
        Described::new("to", text_like(DAY), "The first day after the period. For planners and above.").in_query(),
        Described::new(
            "categories",
            list(text(), 1, 64),
            "The categories that count; without it all but those found by police work. For planners and above.",
        )
        .listed_in_query(),
        Described::new("min_severity", whole_number(1, 5), "The least severity that counts. For planners and above.")
            .in_query(),
        Described::new("scheme", text(), "The id or the hash of a rating scheme; `/meta` lists them.").in_query(),
        Described::new(
            "edition",
            text_like(EDITION),
            "An edition of boundaries; the newest one in force where none is named.",
        )
        .example("2025-07")
        .in_query(),
    ]
}

fn of_areas() -> Vec<(&'static str, Parameter)> {
    vec![
        Described::new(
            "level",
            one_of(["commune", "district", "province"]),
            "A level of areas; communes unless named.",
        )
        .example("province")
        .in_query(),
        Described::new(
            "shape",
            one_of(["circle", "ellipse"]),
            "The outlines of the zones that are scanned; circles unless named.",
        )
        .example("ellipse")
        .in_query(),
        Described::new("days", one_of(["1", "7", "28"]), "How many last days are looked at; seven unless named.")
            .example("28")
            .in_query(),
        Described::new(
            "geometry",
            one_of(["none", "label", "simplified", "full"]),
            "How much of the boundaries is wanted; `simplified` unless named.",
        )
        .example("none")
        .in_query(),
        Described::new(
            "areas",
            list(text_like(AREA_CODE), 1, MOST_AREAS),
            "Different codes of areas of one level: 2 to 6 for pairs, 1 for an area and its group, 1 to 300 else.",
        )
        .listed_in_query(),
    ]
}

fn of_downloads() -> Vec<(&'static str, Parameter)> {
    vec![
        Described::new("f", one_of(["json", "csv", "xlsx"]), "The form of the answer; goes before `Accept`.")
            .in_query(),
        Described::new("lang", one_of(["vi", "en"]), "The language of texts; goes before `Accept-Language`.")
            .example("en")
            .in_query(),
        Described::new("Accept-Language", text(), "The languages wanted: Vietnamese or English.")
            .in_header("acceptLanguage"),
        Described::new("If-None-Match", text(), "The entity tags that the client has already.")
            .in_header("ifNoneMatch"),
    ]
}

fn of_reports() -> Vec<(&'static str, Parameter)> {
    vec![
        Described::new("number", text_like("^[0-9A-Za-z -]{10,13}$"), "The number on the receipt of a report.")
            .example("K7P2M9Q4XT")
            .in_path("reportNumber"),
        Described::new("channel", text_like("^[a-z0-9_-]{1,32}$"), "A channel that the configuration names.")
            .example("zalo")
            .in_path("hookChannel"),
        Described::new("view", one_of(["open", "judged"]), "Reports to be judged, as unless named, or judged ones.")
            .in_query(),
        Described::new("limit", whole_number(1, 200), "How many reports a page has; 50 unless named.")
            .in_query_as("limitOfReports"),
        Described::new("cursor", text(), "Where the page begins: `next` of the page before.")
            .in_query_as("cursorOfReports"),
        Described::new("If-Match", text(), "The version of the report that was seen, as its `ETag` names it.")
            .in_header("ifMatch"),
        Described::new("hub.mode", one_of(["subscribe"]), "What Facebook asks.").in_query(),
        Described::new("hub.verify_token", text(), "The word that the configuration names.").in_query(),
        Described::new("hub.challenge", text(), "What is given back.").in_query(),
        Described::new("X-Binhyen-Timestamp", text_like("^[0-9]+$"), "Seconds since 1970 UTC, within five minutes.")
            .in_header("hookTimestamp"),
        Described::new(
            "X-Binhyen-Signature",
            text_like("^sha256=[0-9a-f]{64}$"),
            "The HMAC-SHA256 of the timestamp, a full stop and the raw body.",
        )
        .in_header("hookSignature"),
    ]
}

fn of_styles() -> Vec<(&'static str, Parameter)> {
    let sprites = style_ids().into_iter().flat_map(|id| {
        ["", "@2x"].into_iter().flat_map(move |scale| [format!("{id}{scale}.json"), format!("{id}{scale}.png")])
    });
    vec![
        Described::new("id", one_of(style_ids()), "A style.").example("light").in_path("describedStyleId"),
        Described::new(
            "tileset",
            text_like("^(communes|districts|province|labels|models|incidents|map)(-[0-9]{4}-[0-9]{2})?$"),
            "A collection: a tileset, alone, or with the edition of its areas, which is then no parameter.",
        )
        .example("communes")
        .in_path("tilesOfCollection"),
        Described::new("tileMatrixSetId", one_of([WEB_MERCATOR_QUAD]), "The scheme of the tiles.")
            .example(WEB_MERCATOR_QUAD)
            .in_path("tileMatrixSetId"),
        Described::new("fontstack", text(), "Names of fonts parted by commas; the first known one is taken.")
            .example("Be Vietnam Pro")
            .in_path("fontstack"),
        Described::new(
            "range",
            text_like("^([0-9]+-[0-9]+(\\.pbf)?|[46]00\\.(css|ttf))$"),
            "256 signs from a multiple of 256, up to 65535; those without a glyph are left out.",
        )
        .example("7680-7935.pbf")
        .in_path("range"),
        Described::new("sprite", one_of(sprites), "The style, the scale and the kind of file.")
            .example("light@2x.json")
            .in_path("sprite"),
        Described::new("layer", one_of(client_themes("light")), "What the colours say; `grade` unless named.")
            .example("rate")
            .in_query_as("layerOfStyle"),
        Described::new(
            "simple",
            one_of(["false", "true"]),
            "Plain colours by one attribute and no images, for programs that know few expressions.",
        )
        .in_query(),
        Described::new("f", one_of(["json", "pjson", "mapbox", "qml"]), "The form of the style.")
            .in_query_as("formOfStyle"),
        Described::new("f", one_of(["json", "pjson"]), "JSON, which some programs name at every address.")
            .in_query_as("jsonForm"),
        Described::new("f", one_of(["json", "pjson", "html"]), "The form of the document; goes before `Accept`.")
            .in_query_as("formOfLinks"),
        Described::new("f", one_of(["mvt", "pbf"]), "The one form that a tile has.").in_query_as("formOfTile"),
    ]
}

fn of_comparisons() -> Vec<(&'static str, Parameter)> {
    vec![
        Described::new(
            "periods",
            list(text(), 2, 2),
            "Two periods that share no day, each the id of a window or `from..to`. Not with `with`, `window`, `from`, `to`.",
        )
        .listed_in_query(),
        Described::new(
            "with",
            one_of(["district", "peers", "province"]),
            "The group that one area is held against, the area itself left out.",
        )
        .in_query(),
        Described::new(
            "by",
            one_of(["day", "week", "month", "quarter", "year"]),
            "The length of a step; years of statistics unless named.",
        )
        .in_query(),
    ]
}

fn of_tiles() -> Vec<(&'static str, Parameter)> {
    vec![
        Described::new(
            "properties",
            list(text(), 1, 64),
            "The attributes of areas that the tile carries (those of TileJSON `fields`); all where none is named.",
        )
        .listed_in_query(),
        Described::new(
            "epoch",
            count(),
            "The epoch that the client knows; the current one makes the answer immutable.",
        )
        .in_query(),
        Described::new("revision", text(), "The revision that the client knows.").in_query(),
        Described::new("tileset", one_of(TILESETS), "The tileset of an archive; `map` unless named.")
            .in_query_as("archivedTileset"),
        Described::new(
            "max_zoom",
            whole_number(0, export::DEEPEST_ZOOM.into()),
            "The last zoom of an archive; 12 unless named.",
        )
        .example(9)
        .in_query_as("maxZoom"),
        Described::new("hours", count(), "For how many hours signed addresses are good; as long as the server allows.")
            .in_query(),
        Described::new(
            "signature",
            text(),
            "What opens the tile to a program that sends no token, as a template has it.",
        )
        .in_query(),
    ]
}

fn of_map_images() -> Vec<(&'static str, Parameter)> {
    let sizes = || whole_number(200, 2400);
    let layers = themes("light").into_iter().chain(["clusters".to_owned()]);
    vec![
        Described::new(
            "layer",
            one_of(layers),
            "What the map shows; `grade` unless named; `clusters` for planners and above.",
        )
        .example("rate")
        .in_query(),
        Described::new("area", text_like(AREA_CODE), "The code of an area to point out.").in_query(),
        Described::new("fit", one_of(["edition", "area"]), "What fills the map; `area` needs one.").in_query(),
        Described::new("theme", one_of(style_ids()), "The style; `light` unless named.").in_query(),
        Described::new("width", sizes(), WIDTH).example(320).in_query(),
        Described::new("height", sizes(), "Pixels; 800 unless named.").example(240).in_query(),
        Described::new("legend", one_of(["full", "none"]), "Whether there is a legend; `full` unless named.")
            .in_query(),
        Described::new("text", one_of(["letters", "paths"]), "Letters to search and edit, or outlines of our font.")
            .in_query(),
        Described::new("scale", whole_number(1, 3), SCALE).in_query(),
    ]
}

fn of_writing() -> Vec<(&'static str, Parameter)> {
    vec![
        Described::new("id", text(), "The id of an incident.").in_path("incidentId"),
        Described::new(
            "partial",
            one_of(["false", "true"]),
            "Whether the features that can be taken are, without the others.",
        )
        .in_query(),
        Described::new("reason", text(), "Why, in 3 to 500 characters.").required_in_query(),
        Described::new("If-Match", text(), "The entity tag of the incident as it is known, or `*`.")
            .in_header("ifMatch"),
        Described::new(
            "Idempotency-Key",
            text(),
            "A key of at most 128 visible characters; the same request sent again under it within a day is done once.",
        )
        .in_header("idempotencyKey"),
        Described::new("Last-Event-ID", text(), "The id of the last event that is known.").in_header("lastEventId"),
    ]
}

fn of_features() -> Vec<(&'static str, Parameter)> {
    let systems = || one_of(coordinate_systems());
    vec![
        Described::new("collection", text(), "The id of a collection; `/collections` lists those of the role.")
            .example("gazetteer")
            .in_path("collection"),
        Described::new("feature", text(), "The id of a feature within its collection.").in_path("feature"),
        Described::new("f", one_of(["json", "geojson", "html"]), "The form of the answer; goes before `Accept`.")
            .in_query_as("formOfDocument"),
        Described::new("f", one_of(["json", "openapi31", "openapi30", "html"]), "The version, or the page; goes before `Accept`.")
            .in_query_as("formOfApi"),
        Described::new("limit", count_from_one(), "How many features a page has: 1,000 unless named, 10,000 at most.")
            .example(10)
            .in_query_as("limitOfFeatures"),
        Described {
            name: "bbox",
            schema: list(any_number(), 4, 6),
            description: "Least and greatest coordinates, with or without heights, in the order of the axes of `bbox-crs`.",
            example: None,
        }
        .listed_in_query_as("bboxOfFeatures"),
        Described::new("bbox-crs", systems(), "The reference system of `bbox`; CRS84 unless named.").in_query(),
        Described::new("crs", systems(), "The reference system of the answer; CRS84 unless named.").in_query(),
        Described::new("datetime", text(), "A day, a moment or an interval; either end may be open (`..`).").in_query(),
        Described::new("properties", list(text(), 1, 64), "The properties that the answer shows; all where none is named.")
            .listed_in_query_as("propertiesOfFeatures"),
        Described::new("sortby", list(text(), 1, 8), "Properties to sort by, each after `+` or `-`; then by id.")
            .listed_in_query(),
        Described::new("filter", text(), "A condition in CQL2, at most 16,384 bytes, 32 levels and 512 parts.").in_query(),
        Described::new("filter-lang", one_of(["cql2-text", "cql2-json"]), "How the filter is written; as text unless named.")
            .in_query(),
        Described::new("filter-crs", systems(), "The reference system of geometries in the filter; CRS84 unless named.")
            .in_query(),
    ]
}

fn of_others() -> Vec<(&'static str, Parameter)> {
    vec![
        Described::new(
            "bbox",
            list(number(-180, 180), 4, 4),
            "West, south, east, north in degrees. Commander and above.",
        )
        .listed_in_query(),
        Described::new("limit", whole_number(1, 10_000), "How many incidents a page has; 1,000 unless named.")
            .in_query(),
        Described::new(
            "located",
            one_of(["true", "false"]),
            "Incidents at a point, as unless named, or those known by an area alone or nowhere (`geometry` is null).",
        )
        .in_query(),
        Described::new(
            "shape",
            one_of(["points", "squares"]),
            "Single incidents, as unless named, or squares of 1 km.",
        )
        .in_query(),
        Described::new("f", one_of(["json", "csv"]), "The form of the answer; goes before `Accept`. A CSV is whole.")
            .in_query_as("formOfIncidents"),
        Described::new("cursor", text(), "Where the page begins, from the link `next` of the page before.").in_query(),
        Described::new("url", text(), "An address of this site: the map, its frame or a shared view.")
            .required_in_query(),
        Described::new("maxwidth", count(), "The frame is no wider; 320 at least.").in_query(),
        Described::new("maxheight", count(), "The frame is no higher; 240 at least.").in_query(),
        Described::new("format", one_of(["json"]), "The form of the answer; only `json` is offered.").in_query(),
    ]
}
