# Collections of features (OGC API), their pages, and what is wrong with a filter in CQL2.

features-map = The map
features-landing-about = Ratings of safety by area with their uncertainty, as collections of features. Without a token everything that is released to the public can be read; a token opens what its role may see.
features-openapi-3-0 = Description of the interface, OpenAPI 3.0
features-openapi-3-1 = Description of the interface, OpenAPI 3.1
features-openapi-page = The interface
features-conformance = Conformance
features-conformance-about = The classes of requirements of OGC standards that this server meets.
features-collections = Collections
features-queryables = What can be asked
features-schema = What stands in a feature
features-items = Features
features-extent = Extent
features-systems = Reference systems
features-way = Way
features-next = Next page
features-shown = { $shown ->
    [one] 1 feature
   *[other] { $shown } features
} of { $matched }.
features-column-name = Name
features-column-title = Title
features-column-type = Type
features-column-description = Meaning
features-column-edition = Edition
features-column-main-component = Main component
features-communes = Communes, edition { $edition }
features-districts = Districts, edition { $edition }
features-province = Province, edition { $edition }
features-areas-about = The areas of a level with their boundaries and all that is said of them for a period: the default one unless window, from and to name another.
features-labels = Names on the map
features-labels-about = The points at which the names of the areas of an edition stand.
features-gazetteer = Gazetteer
features-gazetteer-about = Every area of every edition by its name.
features-models = Community models
features-models-about = Single community models with their lives; datetime asks for those active at some time.
features-incidents = Incidents
features-incidents-about = Single incidents that may be shown as points, of all days unless a period is named. Every look is written to the audit log.
features-incident-squares = Incidents in squares
features-incident-squares-about = Squares of 500 m with enough incidents, for released windows and components.
features-no-collection = There is no collection "{ $id }".
features-no-feature = There is no feature "{ $id }" in the collection { $collection }.
features-expected-box = four or six numbers in the order of the axes of bbox-crs, for example 107,15,109,16
features-expected-time = a day, a moment with its offset from UTC, or an interval of these, for example 2024-01-01/2024-12-31 or ../2024-12-31
features-expected-order = some of { $known }, separated by commas, each after + or -
cql2-expected-at = CQL2 with { $expected } at character { $letter }
cql2-expected-json = CQL2 as JSON: { $expected }
cql2-too-long = a filter of at most { $most } bytes
cql2-too-deep = a filter of at most { $most } levels
cql2-too-large = a filter of at most { $most } parts
cql2-too-many-corners = geometries of at most { $most } corners together
cql2-no-property = another property than "{ $name }": one of { $known }
cql2-types = values of the same type on both sides of a comparison, and texts where texts are compared
cql2-geometry = a geometry of which every coordinate lies in the range of filter-crs
cql2-no-geometry = the property geometry in place of "{ $name }"
features-tilesets = Tilesets
features-tiling-schemes = Tiling schemes
features-styles = Styles
cql2-no-function = a function or an operator that is offered in place of "{ $name }"
cql2-a-number = a number
cql2-a-text = a text between apostrophes
cql2-a-name = a name
cql2-a-name-or-value = a name or a value
cql2-a-name-value-sign = a name, a value or a sign
cql2-a-closing-mark = a closing quotation mark
cql2-and-or-end = AND, OR or the end
cql2-a-geometry = a geometry, for example POINT(108.2 15.6), or BBOX
cql2-a-box = west, south, east, north
cql2-a-comparison = a comparison
cql2-a-condition = a comparison, LIKE, BETWEEN, IN or IS NULL
cql2-a-time = a day as 2025-06-30 or a moment as 2025-06-30T00:00:00Z
cql2-an-interval = two days, moments or names in order, or '..'
cql2-valid-json = valid JSON
cql2-op-and-args = an object with op and a list args
cql2-arguments = { $count ->
    [one] 1 argument
   *[other] { $count } arguments
}
cql2-arguments-of = the arguments of "{ $name }"
cql2-an-operand = a property, a text, a number, true, false or a time
cql2-property-and-geometry = a property and a geometry
cql2-coordinates = coordinates
